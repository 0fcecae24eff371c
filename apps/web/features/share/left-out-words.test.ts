import { expect, it } from 'vitest'
import { leftOutReasons, leftOutTitle } from './left-out-words'

const file = (path: string, why: 'denied' | 'gone' | 'unreadable' = 'denied') => ({ path, why, folder: false })
const folder = (path: string) => ({ path, why: 'denied' as const, folder: true })

it('[F1] says how many are left out of how many, as far as that is known', () => {
  expect(leftOutTitle([file('a')], 20)).toBe('1 of 20 files was left out')
  expect(leftOutTitle([file('a'), file('b')], 1_200)).toBe('2 of 1,200 files were left out')
  expect(leftOutTitle([folder('p')], 20)).toBe('1 folder was left out')
  expect(leftOutTitle([file('a'), folder('p')], 20)).toBe('1 file and 1 folder were left out')
})

it('[F1] names the first few by their reason', () => {
  expect(leftOutReasons([file('trip/locked.txt')])).toBe('“trip/locked.txt” cannot be opened: check its permissions.')
  expect(leftOutReasons([file('a', 'gone'), file('b', 'unreadable'), file('c', 'gone')])).toBe(
    '“a” and “c” are no longer there. “b” could not be read: it was changed or deleted just now, or cannot be opened.',
  )
  expect(leftOutReasons(['a', 'b', 'c', 'd', 'e'].map((path) => file(path)))).toBe(
    '“a”, “b”, “c” and 2 more cannot be opened: check their permissions.',
  )
})
