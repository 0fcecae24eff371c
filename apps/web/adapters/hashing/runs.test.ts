// The plan of runs, as properties.
import { layoutOf } from '@swarmdrop/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { planRuns } from './runs'

it('covers every byte once and in order, a whole number of chunks at a time', () => {
  const sizes = fc.record({ bytes: fc.nat(5_000_000), chunk: fc.integer({ min: 1_000, max: 300_000 }) })
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 8 }), ({ bytes, chunk }, workers) => {
      let next = 0
      for (const { first, start, end } of planRuns(layoutOf(bytes, chunk), workers)) {
        expect(start).toBe(next)
        expect(start).toBe(first * chunk)
        expect(end).toBeGreaterThan(start)
        expect(end - start).toBeLessThanOrEqual(128 * chunk)
        next = end
      }
      expect(next).toBe(bytes)
    }),
  )
})

it('has nothing to do for a content without a byte', () => {
  expect(planRuns(layoutOf(0, 1000), 4)).toEqual([])
})

it('gives every worker something to do when there are chunks for it', () => {
  expect(planRuns(layoutOf(4_000, 1000), 4)).toHaveLength(4)
})
