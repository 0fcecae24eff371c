import { expect, it } from 'vitest'
import { safetyOf } from './safety'

const seed = { complete: true, chunksHeld: 4, serves: true }
const half = { complete: false, chunksHeld: 2, serves: true }
const fresh = { complete: false, chunksHeld: 0, serves: true }
const of = (neighbours: (typeof seed)[], othersHoldAll: boolean, chunkCount = 4) =>
  safetyOf({ neighbours, othersHoldAll, chunkCount })

it('is not safe while nobody is there', () => expect(of([], false)).toEqual({ safe: false, holders: 0, fetching: 0 }))

it('is safe once one person has everything', () =>
  expect(of([seed, fresh], true)).toEqual({ safe: true, holders: 1, fetching: 1 }))

it('is safe once people have everything between them', () =>
  expect(of([half, half], true)).toEqual({ safe: true, holders: 2, fetching: 2 }))

it('is not safe while one part is only here', () => expect(of([half, half], false).safe).toBe(false))

it('is not safe with those who pass nothing on', () => {
  const keeps = { ...seed, serves: false }
  expect(of([keeps], false)).toEqual({ safe: false, holders: 0, fetching: 0 })
  expect(of([keeps, half], false)).toEqual({ safe: false, holders: 1, fetching: 1 })
  expect(of([keeps, seed], true)).toEqual({ safe: true, holders: 1, fetching: 0 })
})

it('takes an empty file for safe only when somebody has it', () => {
  expect(of([fresh], true, 0).safe).toBe(false)
  expect(of([{ ...seed, chunksHeld: 0 }], true, 0).safe).toBe(true)
})
