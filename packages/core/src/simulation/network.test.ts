import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Host, type Link, latencyBetween, openHost, takeIn, transmitBlock, transmitControl } from './network'

const quick = () => openHost(1e9, 1e9, 0)
const linkBetween = (from: Host, to: Host): Link => ({ latencyMs: latencyBetween(from, to), sentAt: 0, blocks: [] })
const link = () => linkBetween(quick(), quick())

describe('uplink', () => {
  it('[SIM-3] sends blocks one after another at its rate, whatever their links', () => {
    const from = openHost(1_000, 1e9, 0)
    expect(transmitBlock(from, link(), 500, 0).sentAt).toBe(500)
    expect(transmitBlock(from, link(), 250, 100).sentAt).toBe(750)
    expect(transmitBlock(from, link(), 1_000, 2_000).sentAt).toBe(3_000)
  })

  it('[SIM-3] lets a small message pass the blocks of other links, and not those of its own', () => {
    const from = openHost(100_000, 1e9, 0)
    const busy = link()
    transmitBlock(from, busy, 100_000, 0)
    expect(transmitControl(from, link(), 100, 0).sentAt).toBe(1)
    expect(transmitControl(from, busy, 100, 0).sentAt).toBe(1_001)
    // Both took their time from the uplink.
    expect(transmitBlock(from, link(), 100_000, 0).sentAt).toBe(2_002)
  })

  it('[SIM-3] carries small messages even where no block may use it', () => {
    expect(transmitControl(openHost(0, 1e9, 0), link(), 20, 0).sentAt).toBe(1)
  })
})

describe('a pair', () => {
  it('[SIM-4] is as far apart as the mean of both latencies', () => {
    const from = openHost(1_000, 1e9, 20)
    const to = openHost(1e9, 1e9, 100)
    expect(transmitBlock(from, linkBetween(from, to), 500, 0)).toEqual({ sentAt: 500, beginsAt: 60, reachesAt: 560 })
  })

  it('[SIM-4] gets its messages in the order in which they were sent', () => {
    const message = fc.record({
      isBlock: fc.boolean(),
      bytes: fc.integer({ min: 1, max: 100_000 }),
      pauseMs: fc.oneof(fc.constant(0), fc.nat(2_000)),
      isOther: fc.boolean(),
    })
    const rate = fc.integer({ min: 1_000, max: 1_000_000 })
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), rate, rate, (messages, up, down) => {
        const from = openHost(up, 1e9, 30)
        const to = openHost(1e9, down, 50)
        const [own, others] = [linkBetween(from, to), link()]
        let now = 0
        let last = 0
        for (const { isBlock, bytes, pauseMs, isOther } of messages) {
          now += pauseMs
          const transmit = isBlock ? transmitBlock : transmitControl
          if (isOther) transmit(from, others, bytes, now)
          else {
            const { beginsAt, reachesAt } = transmit(from, own, bytes, now)
            const inAt = takeIn(to, bytes, beginsAt, reachesAt)
            expect(inAt).toBeGreaterThanOrEqual(Math.max(last, reachesAt))
            last = inAt
          }
        }
      }),
    )
  })
})

describe('downlink', () => {
  it('[SIM-5] costs no time of its own where it is the faster', () => {
    const { beginsAt, reachesAt } = transmitBlock(openHost(1_000, 1e9, 0), link(), 500, 0)
    expect(takeIn(openHost(1e9, 2_000, 0), 500, beginsAt, reachesAt)).toBe(500)
  })

  it('[SIM-5] takes the time of its own rate where it is the slower', () => {
    const { beginsAt, reachesAt } = transmitBlock(openHost(1_000, 1e9, 0), link(), 500, 0)
    expect(takeIn(openHost(1e9, 500, 0), 500, beginsAt, reachesAt)).toBe(1_000)
  })

  it('[SIM-5] never takes in more than its rate allows, however long it was idle before', () => {
    const message = fc.record({
      bytes: fc.integer({ min: 1, max: 50_000 }),
      pauseMs: fc.oneof(fc.constant(0), fc.nat(60_000)),
    })
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 30 }), (messages) => {
        const to = openHost(1e9, 10_000, 0)
        let now = 0
        const taken: { beginsAt: number; inAt: number; bytes: number }[] = []
        for (const { bytes, pauseMs } of messages) {
          now += pauseMs
          const { beginsAt, reachesAt } = transmitBlock(quick(), link(), bytes, now)
          taken.push({ beginsAt, inAt: takeIn(to, bytes, beginsAt, reachesAt), bytes })
        }
        taken.forEach((first, from) => {
          let bytes = 0
          for (const last of taken.slice(from)) {
            bytes += last.bytes
            expect(last.inAt - first.beginsAt).toBeGreaterThanOrEqual((bytes / 10_000) * 1_000 - 1e-6)
          }
        })
      }),
    )
  })
})
