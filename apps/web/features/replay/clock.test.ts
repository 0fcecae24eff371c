import { expect, it } from 'vitest'
import { clockWords } from './clock'

it.each([
  [0, 18.84, '0.0 of 18.8\u00a0s'],
  [33.9, 1_038, '0:33 / 17:18'],
  [100, 100, '1:40 / 1:40'],
  [3_725, 7_200, '1:02:05 / 2:00:00'],
])('a clock at %d of %d seconds reads %s', (at, end, words) => {
  expect(clockWords(at, end)).toBe(words)
})
