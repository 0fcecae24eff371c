import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FastestMean } from './fastest-mean'

/** Adds a block every so often, from one time until before another. */
function flow(mean: FastestMean, fromMs: number, untilMs: number, everyMs: number, bytes: number): void {
  for (let now = fromMs; now < untilMs; now += everyMs) mean.add(bytes, now)
}

describe('fastest mean', () => {
  it('[REPORT-2] is that of the best 5 s, not of the whole', () => {
    const mean = new FastestMean()
    flow(mean, 0, 20_000, 100, 1_000)
    flow(mean, 20_000, 26_000, 100, 3_000)
    flow(mean, 26_000, 60_000, 100, 500)
    expect(mean.bytesPerSecond).toBeGreaterThan(29_000)
    expect(mean.bytesPerSecond).toBeLessThanOrEqual(30_000)
  })

  it('[REPORT-2] never passes the most that came within any 5 s, once a flow has lasted so long', () => {
    const steps = fc.array(fc.record({ afterMs: fc.integer({ min: 1, max: 900 }), bytes: fc.nat(100_000) }), {
      minLength: 40,
    })
    fc.assert(
      fc.property(steps, (blocks) => {
        const mean = new FastestMean()
        let now = 0
        const added = blocks.map(({ afterMs, bytes }) => {
          now += afterMs
          mean.add(bytes, now)
          return { at: now, bytes }
        })
        fc.pre(now - (added[0]?.at ?? 0) > 5_000)
        const within5s = added.map(({ at: end }) =>
          added.filter(({ at }) => at > end - 5_000 && at <= end).reduce((sum, { bytes }) => sum + bytes, 0),
        )
        expect(mean.bytesPerSecond).toBeLessThanOrEqual(Math.max(...within5s) / 5 + 1e-6)
      }),
    )
  })

  it('[REPORT-2] takes a short flow by what came after its first bytes', () => {
    const mean = new FastestMean()
    flow(mean, 0, 1_001, 100, 1_000)
    expect(mean.bytesPerSecond).toBe(10_000)
  })

  it('[REPORT-2] cannot tell from one block, and does not take a burst for a rate', () => {
    const mean = new FastestMean()
    mean.add(65_536, 7)
    expect(mean.bytesPerSecond).toBe(0)
    mean.add(1_000, 8)
    expect(mean.bytesPerSecond).toBe(20_000)
  })

  it('[REPORT-2] remembers a short flow when a slower one follows', () => {
    const mean = new FastestMean()
    flow(mean, 0, 1_001, 100, 1_000)
    flow(mean, 60_000, 80_000, 100, 100)
    expect(mean.bytesPerSecond).toBe(10_000)
  })
})
