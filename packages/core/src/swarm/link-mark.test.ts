// A link holds about a second of what it drains, whatever it drains.
import { describe, expect, it } from 'vitest'
import { LinkMark } from './link-mark'

const BLOCK = 16_384

/**
 * Feeds a link, as the swarm does, that drains at this rate for 40 s: the most that waited in the last 10 s, and the
 * mark.
 */
function feed(bytesPerSecond: number, laterBytesPerSecond = bytesPerSecond) {
  const mark = new LinkMark(1_000)
  let waiting = 0
  let reported = 0
  let lowMark = 32_768
  let most = 0
  for (let now = 0; now <= 40_000; now++) {
    const before = waiting
    waiting = Math.max(0, waiting - (now < 10_000 ? bytesPerSecond : laterBytesPerSecond) / 1_000)
    // As a data channel does: one word as it falls to its low mark.
    if (before > lowMark && waiting <= lowMark) {
      lowMark = mark.drained(reported - waiting, waiting, now) ?? lowMark
      reported = waiting
    }
    while (reported < mark.bytes && waiting <= mark.bytes) {
      reported += BLOCK
      waiting += BLOCK
      mark.queued(reported, now)
    }
    if (now > 30_000) most = Math.max(most, waiting)
  }
  return { most, mark }
}

describe('the mark of a link', () => {
  it.each([30_000, 100_000, 500_000])(
    '[SERVE-5] lets no more than 2 s wait on a link that drains %i bytes a second',
    (rate) => {
      const { most } = feed(rate)
      expect(most / rate).toBeLessThan(2)
      expect(most / rate).toBeGreaterThan(0.5)
    },
  )

  it('[SERVE-5] holds two small blocks on the slowest link, so that it never runs dry', () => {
    const { most } = feed(2_000)
    expect(most).toBeGreaterThan(BLOCK)
    expect(most).toBeLessThan(3 * BLOCK)
  })

  it.each([2_000_000, 100_000_000])('[SERVE-5] holds 1 MiB on a link that drains %i bytes a second', (rate) => {
    expect(feed(rate).mark.bytes).toBe(1_048_576)
  })

  it('[SERVE-5] holds 256 KiB at once on a fast link, and more only as it has been busy for longer', () => {
    const markAfter = (ms: number) => {
      const mark = new LinkMark(1_000)
      for (let now = 0; now <= ms; now++) {
        mark.queued(mark.bytes, now)
        mark.drained(20_000, mark.bytes, now)
      }
      return mark.bytes
    }
    expect(markAfter(10) / 262_144).toBeCloseTo(1, 1)
    expect(markAfter(1_000) / 262_144).toBeCloseTo(Math.exp(0.5), 1)
    expect(markAfter(4_000)).toBe(1_048_576)
  })

  it('[SERVE-5] follows a link that becomes slow, and one that becomes fast again', () => {
    expect(feed(10_000_000, 30_000).mark.bytes).toBeLessThan(40_000)
    expect(feed(30_000, 10_000_000).mark.bytes).toBe(1_048_576)
  })

  it('[SERVE-5] learns nothing from a link that is fed slowly: it waits for us, not we for it', () => {
    const { mark } = feed(10_000_000)
    for (let now = 50_000; now < 80_000; now += 1_000) {
      mark.queued(BLOCK, now)
      mark.drained(0, BLOCK, now)
      mark.drained(BLOCK, 0, now + 900)
    }
    expect(mark.bytes).toBe(1_048_576)
  })

  it('[DRIVER-3] says where to report when its mark has changed by a quarter, and not for less', () => {
    const mark = new LinkMark(1_000)
    mark.queued(100_000, 0)
    expect(mark.drained(90_000, 10_000, 1_000)).toBe(45_000)
    mark.queued(100_000, 1_000)
    expect(mark.drained(90_000, 10_000, 1_900)).toBeUndefined()
  })
})
