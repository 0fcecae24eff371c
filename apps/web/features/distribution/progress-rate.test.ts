import { describe, expect, it } from 'vitest'
import { ProgressRate } from './progress-rate'

const lookingAt = (...samples: [atMs: number, left: number][]) => {
  const rate = new ProgressRate()
  for (const [atMs, left] of samples) rate.add(left, atMs)
  return rate.secondsLeft
}

describe('what is left', () => {
  it('falls at the rate of the last seconds', () => {
    expect(lookingAt([0, 1_000], [1_000, 900], [2_000, 800])).toBe(8)
    // 100 a second for long, then 200.
    expect(lookingAt([0, 5_000], [10_000, 4_000], [14_000, 3_200], [18_000, 2_400])).toBe(12)
  })

  it('is not known too early, nor where nothing moves', () => {
    expect(lookingAt()).toBeUndefined()
    expect(lookingAt([0, 1_000], [1_000, 500])).toBeUndefined()
    expect(lookingAt([0, 1_000], [5_000, 1_000])).toBeUndefined()
  })

  it('begins again when somebody joins', () => {
    expect(lookingAt([0, 1_000], [3_000, 700], [3_500, 1_700])).toBeUndefined()
    expect(lookingAt([0, 1_000], [3_000, 700], [4_000, 1_700], [6_000, 1_500])).toBe(15)
  })

  it('is nothing once all have it', () => expect(lookingAt([0, 1_000], [4_000, 0])).toBe(0))
})
