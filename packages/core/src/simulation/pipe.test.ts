import { describe, expect, it } from 'vitest'
import { steadyTraffic } from '../testing/cross-traffic'
import { EventLoop } from '../testing/event-loop'
import { carry, Pipe } from './pipe'
import { seededRandom } from './seeded-random'

const lay = (options: Partial<ConstructorParameters<typeof Pipe>[0]> = {}) =>
  new Pipe({ bytesPerSecond: 100_000, queueBytes: 5_000, delayMs: 20, ...options }, seededRandom(1))

describe('a bottleneck', () => {
  it('[SIM-16] sends packets one after another at its rate, and each arrives a delay later', () => {
    const pipe = lay()
    expect([pipe.carry(1_000, 0), pipe.carry(1_000, 0), pipe.carry(1_000, 100)]).toEqual([30, 40, 130])
  })

  it('[SIM-16] drops what finds its queue full, and nothing else', () => {
    const pipe = lay()
    const arrivals = Array.from({ length: 7 }, () => pipe.carry(1_000, 0))
    expect(arrivals).toEqual([30, 40, 50, 60, 70, undefined, undefined])
    expect(pipe.carry(1_000, 10)).toBe(80)
    expect(pipe.counts).toMatchObject({ packets: 6, droppedPackets: 2, longestWaitMs: 40 })
  })

  it('[SIM-16] loses a share by chance, which takes its time all the same', () => {
    const pipe = lay({ lossShare: 0.1 })
    let lost = 0
    for (let i = 0; i < 10_000; i++) if (pipe.carry(1_000, i * 10) === undefined) lost++
    expect(lost).toBe(pipe.counts.lostByChance)
    expect(lost).toBeGreaterThan(900)
    expect(lost).toBeLessThan(1_100)
  })

  it('[SIM-16] sends what waits at another rate from when it changes', () => {
    const pipe = lay()
    pipe.carry(4_000, 0)
    pipe.setRate(50_000, 20)
    expect(pipe.waitMs(20)).toBe(40)
    expect(pipe.carry(500, 20)).toBe(20 + 40 + 10 + 20)
  })

  it('[SIM-16] lets no packet overtake another where the path grows shorter', () => {
    const pipe = lay({ delayMs: 100 })
    expect(pipe.carry(1_000, 0)).toBe(110)
    pipe.delayMs = 20
    expect(pipe.carry(1_000, 10)).toBe(110)
    expect(pipe.carry(1_000, 200)).toBe(230)
  })

  it('[SIM-16] says what a ping alongside its packets waits: half of the longest wait, where a queue comes and goes', () => {
    const pipe = lay()
    for (const at of [0, 50, 100]) pipe.carry(5_000, at)
    expect(pipe.meanWaitMs(150)).toBe(25)
    expect(pipe.meanWaitMs(300)).toBe(12.5)
  })
})

describe('a route', () => {
  it('[SIM-16] takes a packet through one bottleneck after another, each with a queue of its own', () => {
    const loop = new EventLoop()
    const route = [lay({ delayMs: 10 }), lay({ bytesPerSecond: 50_000, delayMs: 30 })]
    const arrivals: number[] = []
    for (let i = 0; i < 3; i++) carry(loop, route, 1_000, () => arrivals.push(loop.now))
    loop.run(1_000)
    expect(arrivals).toEqual([70, 90, 110])
  })

  it('[SIM-16] is shared by all that goes over it', () => {
    const loop = new EventLoop()
    const pipe = lay()
    const end = steadyTraffic(loop, pipe, 50_000)
    loop.run(10_000)
    end()
    expect((pipe.counts.packets * 1_250) / 10).toBeCloseTo(50_000, -3)
    expect(pipe.counts.droppedPackets).toBe(0)
  })
})
