import { expect, it } from 'vitest'
import { estimateWords, ratioWords } from './repeat-words'

const plain = (words: string) => words.replaceAll('\u00a0', ' ')
const ratio = (times: number, low: number, high: number, count = 10) => ({ times, interval: { low, high }, count })

it.each([
  [ratio(1.41, 1.2, 1.62), 'Rarest first is 1.4 times as fast (1.2 to 1.6, 10 runs).'],
  [ratio(0.5, 0.4, 0.625, 3), 'In file order is 2 times as fast (1.6 to 2.5, 3 runs).'],
  [ratio(1.02, 0.94, 1.11), 'No difference can be seen (0.94 to 1.1 times as fast, 10 runs).'],
  [ratio(1.03, 1.01, 1.05), 'Rarest first is 1.03 times as fast (1.01 to 1.05, 10 runs).'],
  [ratio(24.2, 20.4, 30, 30), 'Rarest first is 24 times as fast (20 to 30, 30 runs).'],
])('says which is quicker, or that none is: %j', (of, words) => {
  expect(ratioWords('rarest first', 'in file order', of)).toBe(words)
})

it('says a mean with its interval, where there is one', () => {
  expect(plain(estimateWords({ mean: 12.91, count: 5, interval: { low: 12.68, high: 13.14 } }))).toBe(
    '12.9 s (12.7 to 13.1)',
  )
  expect(plain(estimateWords({ mean: 12.91, count: 1, interval: undefined }))).toBe('12.9 s')
})
