// Student's t, against its printed tables, and what is made of it.
import { seededRandom } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { estimateOf, ratioOf, studentQuantile } from './statistics'

describe('Student’s t at 95 %', () => {
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [9, 2.262],
    [29, 2.045],
    [120, 1.98],
    [1_000, 1.962],
  ])('with %d degrees of freedom is %d', (freedom, value) => {
    expect(studentQuantile(freedom)).toBeCloseTo(value, 3)
  })

  it('lies between those of whole degrees', () => {
    expect(studentQuantile(2.5)).toBeLessThan(4.3)
    expect(studentQuantile(2.5)).toBeGreaterThan(3.2)
  })
})

describe('an estimate', () => {
  it('is the mean, with the interval of the textbook', () => {
    // Mean 5, standard deviation √2.5: 5 ± 2.776 · √(2.5 / 5).
    const { mean, count, interval } = estimateOf([3, 4, 5, 6, 7]) ?? {}
    expect([mean, count]).toEqual([5, 5])
    expect(interval?.low).toBeCloseTo(3.037, 3)
    expect(interval?.high).toBeCloseTo(6.963, 3)
  })

  it('of one value has no interval, and of none there is no estimate', () => {
    expect(estimateOf([3])).toEqual({ mean: 3, count: 1, interval: undefined })
    expect(estimateOf([])).toBeUndefined()
  })

  it('holds the true mean in 95 of 100 series', () => {
    const random = seededRandom(1)
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const series = 2_000
    let held = 0
    for (let i = 0; i < series; i++) {
      const { interval } = estimateOf(Array.from({ length: 5 }, () => 10 + normal())) ?? {}
      if (interval && interval.low <= 10 && interval.high >= 10) held++
    }
    expect(held / series).toBeGreaterThan(0.935)
    expect(held / series).toBeLessThan(0.965)
  })
})

describe('a ratio', () => {
  it('is of geometric means, and its interval is as wide as the values vary', () => {
    const ratio = ratioOf([14, 14.1, 13.9], [10, 10.1, 9.9])
    expect(ratio?.times).toBeCloseTo(1.4, 2)
    expect(ratio?.interval.low).toBeGreaterThan(1.37)
    expect(ratio?.interval.high).toBeLessThan(1.43)
    const wide = ratioOf([14, 20, 9], [10, 15, 7])
    expect(wide?.interval.low).toBeLessThan(1)
    expect(wide?.interval.high).toBeGreaterThan(1)
  })

  it('the other way round is its inverse', () => {
    const [one, other] = [ratioOf([14, 20, 9], [10, 15, 7, 9]), ratioOf([10, 15, 7, 9], [14, 20, 9])]
    expect(one?.times).toBeCloseTo(1 / (other?.times ?? 0), 9)
    expect(one?.interval.low).toBeCloseTo(1 / (other?.interval.high ?? 0), 9)
  })

  it('of runs that never vary is exact, and of single ones there is none', () => {
    expect(ratioOf([4, 4], [2, 2])).toEqual({ times: 2, interval: { low: 2, high: 2 }, count: 2 })
    expect(ratioOf([4], [2, 2])).toBeUndefined()
  })
})
