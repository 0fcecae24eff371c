import { expect, it } from 'vitest'
import { safetyOf } from './safety'

const seed = { complete: true, chunksHeld: 4 }
const half = { complete: false, chunksHeld: 2 }
const fresh = { complete: false, chunksHeld: 0 }
const copies = (...counts: number[]) => ({ copies: Uint16Array.from(counts) })

it('is not safe while nobody is there', () =>
  expect(safetyOf([], copies(0, 0))).toEqual({ safe: false, holders: 0, fetching: 0 }))

it('is safe once one person has everything', () =>
  expect(safetyOf([seed, fresh], copies(1, 1, 1, 1))).toEqual({ safe: true, holders: 1, fetching: 1 }))

it('is safe once people have everything between them', () =>
  expect(safetyOf([half, half], copies(1, 1, 1, 1))).toEqual({ safe: true, holders: 2, fetching: 2 }))

it('is not safe while one part is only here', () => expect(safetyOf([half, half], copies(1, 2, 0, 1)).safe).toBe(false))

it('takes an empty file for safe only when somebody has it', () => {
  expect(safetyOf([fresh], copies()).safe).toBe(false)
  expect(safetyOf([{ complete: true, chunksHeld: 0 }], copies()).safe).toBe(true)
})
