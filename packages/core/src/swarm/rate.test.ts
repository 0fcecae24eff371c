import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Rate } from './rate'

const WINDOW_MS = 20_000
const SLOT_MS = 1_000
const rateOf20s = () => new Rate(WINDOW_MS, WINDOW_MS / SLOT_MS)

describe('rate', () => {
  it('[CHOKE-2] counts the bytes of the last 20 s, exact to a slot', () => {
    const steps = fc.array(fc.record({ afterMs: fc.nat(6_000), bytes: fc.nat(1_000_000) }), { minLength: 1 })
    fc.assert(
      fc.property(steps, fc.nat(30_000), (flow, lookAfterMs) => {
        const rate = rateOf20s()
        const added: { at: number; bytes: number }[] = []
        let now = 0
        for (const { afterMs, bytes } of flow) {
          now += afterMs
          rate.add(bytes, now)
          added.push({ at: now, bytes })
        }
        now += lookAfterMs
        const since = (ms: number) => added.filter(({ at }) => at > now - ms).reduce((sum, { bytes }) => sum + bytes, 0)
        const total = rate.total(now)
        expect(total).toBeGreaterThanOrEqual(since(WINDOW_MS - SLOT_MS))
        expect(total).toBeLessThanOrEqual(since(WINDOW_MS + SLOT_MS))
      }),
    )
  })

  it('[WINDOW-1] gives the mean over the window', () => {
    const rate = rateOf20s()
    for (let now = 0; now < 60_000; now += 100) rate.add(500, now)
    expect(rate.bytesPerSecond(60_000)).toBeGreaterThan(4_700)
    expect(rate.bytesPerSecond(60_000)).toBeLessThan(5_100)
  })

  it('[WINDOW-1] measures a flow that has just begun over the time since it began, half a second at least', () => {
    const rate = rateOf20s()
    rate.add(1_000, 50_000)
    expect(rate.bytesPerSecond(50_000)).toBe(2_000)
    rate.add(1_000, 51_000)
    expect(rate.bytesPerSecond(52_000)).toBe(1_000)
  })

  it('[WINDOW-1] forgets a flow that has stopped, and begins the next one afresh', () => {
    const rate = rateOf20s()
    rate.add(1_000_000, 0)
    expect(rate.bytesPerSecond(WINDOW_MS + SLOT_MS)).toBe(0)
    rate.add(3_000, 500_000)
    expect(rate.bytesPerSecond(501_000)).toBe(3_000)
  })
})
