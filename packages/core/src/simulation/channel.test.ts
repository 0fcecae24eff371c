// The model of a data channel, against what bare channels of Chromium do on such paths.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventLoop } from '../testing/event-loop'
import { ChannelEnd } from './channel'
import { Pipe, type PipeOptions } from './pipe'
import { PAYLOAD_SHARE } from './sctp-packets'
import { seededRandom } from './seeded-random'

const MESSAGE_BYTES = 16_384
const line = PAYLOAD_SHARE * 2_500_000

type Bare = {
  path: PipeOptions
  /** Connections that share the bytes. */
  channels?: number
  /** The most bytes, of all together, that are sent and not acknowledged by the receiving page. */
  windowBytes?: number
  fileBytes?: number
}

/** Bare channels bring a file as fast as they take bytes, or with a window. */
function bare({ path, channels = 1, windowBytes = Number.POSITIVE_INFINITY, fileBytes = 16 * 1_048_576 }: Bare) {
  const loop = new EventLoop()
  const random = seededRandom(1)
  const [there, back] = [new Pipe(path, random), new Pipe(path, random)]
  let left = fileBytes
  let received = 0
  for (let i = 0; i < channels; i++) {
    let open = 0
    const feed = () => {
      while (left > 0 && from.bufferedBytes < 524_288 && open < windowBytes / channels) {
        left -= MESSAGE_BYTES
        open += MESSAGE_BYTES
        from.send(MESSAGE_BYTES, MESSAGE_BYTES)
      }
    }
    const acknowledged = (bytes: number) => {
      open -= bytes
      feed()
    }
    const arrived = (bytes: number) => {
      received += bytes
      to.send(bytes, 10)
    }
    const [from, to] = ChannelEnd.pair<number>(
      loop,
      { there: [there], back: [back] },
      { received: acknowledged, drained: feed },
      { received: arrived, drained() {} },
    )
    from.lowMarkBytes = 262_144
    feed()
  }
  loop.run(300_000, () => received >= fileBytes)
  return { bytesPerSecond: (received * 1000) / loop.now, dropped: there.counts.droppedPackets }
}

const long: PipeOptions = { bytesPerSecond: 2_500_000, queueBytes: 250_000, delayMs: 50 }
const lossy: PipeOptions = { ...long, lossShare: 0.005 }

describe('a data channel', () => {
  it('[SIM-17] overshoots the queue of a long path, loses a window’s worth, and takes many seconds to recover', () => {
    const { bytesPerSecond, dropped } = bare({ path: long })
    expect(dropped).toBeGreaterThan(50)
    expect(bytesPerSecond).toBeLessThan(0.3 * line)
  })

  it.each([300_000, 400_000])(
    '[SIM-17] fills that path with at most %i bytes under way, and loses nothing',
    (bytes) => {
      const { bytesPerSecond, dropped } = bare({ path: long, windowBytes: bytes })
      expect(dropped).toBe(0)
      expect(bytesPerSecond).toBeGreaterThan(0.85 * line)
    },
  )

  it('[SIM-17] is held back by a window smaller than the path', () => {
    expect(bare({ path: long, windowBytes: 125_000 }).bytesPerSecond).toBeLessThan(0.6 * line)
  })

  it('[SIM-17] is halved again and again by losses of chance: 0.5 % on 100 ms leave it a tenth of the line', () => {
    const { bytesPerSecond } = bare({ path: lossy, windowBytes: 400_000, fileBytes: 4 * 1_048_576 })
    expect(bytesPerSecond).toBeGreaterThan(120_000)
    expect(bytesPerSecond).toBeLessThan(320_000)
  })

  it('[SIM-17] with three others brings about four times as much there', () => {
    const fileBytes = 8 * 1_048_576
    const one = bare({ path: lossy, windowBytes: 400_000, fileBytes })
    const four = bare({ path: lossy, windowBytes: 500_000, fileBytes, channels: 4 })
    const times = four.bytesPerSecond / one.bytesPerSecond
    expect(times).toBeGreaterThan(3)
    expect(times).toBeLessThan(6)
  })

  it('[SIM-17] brings every message once and in order, whatever is lost', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 0.3, noNaN: true }), fc.nat(), (messages, lossShare, seed) => {
        const loop = new EventLoop()
        const path = { bytesPerSecond: 1_000_000, queueBytes: 10_000, delayMs: 10, lossShare }
        const random = seededRandom(seed)
        const routes = { there: [new Pipe(path, random)], back: [new Pipe(path, random)] }
        const received: number[] = []
        const ends = { received: (message: number) => received.push(message), drained() {} }
        const [from] = ChannelEnd.pair<number>(loop, routes, ends, ends)
        for (const [i, bytes] of messages.entries()) from.send(i, bytes)
        expect(loop.run(3_600_000, () => received.length === messages.length)).toBe(true)
        expect(received).toEqual([...messages.keys()])
        expect(from.bufferedBytes).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  it('[SIM-17] tells once that what waits has fallen to the low mark', () => {
    const loop = new EventLoop()
    const routes = { there: [new Pipe(long, Math.random)], back: [new Pipe(long, Math.random)] }
    const drained: number[] = []
    const none = { received() {}, drained() {} }
    const hears = { received() {}, drained: (bytes: number) => drained.push(bytes) }
    const [from] = ChannelEnd.pair<number>(loop, routes, hears, none)
    from.lowMarkBytes = 100_000
    from.send(1, 200_000)
    loop.run(10_000)
    expect(drained).toHaveLength(1)
    expect(drained[0]).toBeLessThanOrEqual(100_000)
    expect(drained[0]).toBeGreaterThan(90_000)
  })

  it('[SIM-17] sends again what nobody answers, after the round trip and its least spread, then twice as long, and so on', () => {
    const loop = new EventLoop()
    let isCut = false
    const there = new Pipe({ ...long, lossShare: 0.5 }, () => (isCut ? 0 : 1))
    const back = new Pipe(long, Math.random)
    const received: number[] = []
    const ends = { received: () => received.push(loop.now), drained() {} }
    const [from] = ChannelEnd.pair<number>(loop, { there: [there], back: [back] }, ends, ends)
    // Two packets are answered at once: the round trip is 100 ms.
    from.send(1, 2_000)
    loop.run(1_000)
    isCut = true
    from.send(2, 1_000)
    const sentAt: number[] = []
    for (let packets = there.counts.packets; sentAt.length < 3; packets = there.counts.packets) {
      loop.run(60_000, () => there.counts.packets > packets)
      sentAt.push(loop.now)
    }
    const waits = [1_000, ...sentAt].flatMap((at, i) => (i === 0 ? [] : [at - ([1_000, ...sentAt][i - 1] as number)]))
    expect(waits[0]).toBeGreaterThanOrEqual(400)
    expect(waits[0]).toBeLessThan(450)
    expect(waits[1]).toBeCloseTo(2 * (waits[0] as number), 3)
    expect(waits[2]).toBeCloseTo(4 * (waits[0] as number), 3)
    expect(received).toHaveLength(1)
    isCut = false
    expect(loop.run(60_000, () => received.length === 2)).toBe(true)
  })

  it('[SIM-17] is silent once it is closed', () => {
    const loop = new EventLoop()
    const [there, back] = [new Pipe(long, Math.random), new Pipe(long, Math.random)]
    const received: number[] = []
    const ends = { received: (message: number) => received.push(message), drained() {} }
    const [from, to] = ChannelEnd.pair<number>(loop, { there: [there], back: [back] }, ends, ends)
    from.send(1, 100_000)
    loop.run(60)
    from.close()
    to.close()
    const { packets } = there.counts
    expect(packets).toBeGreaterThan(0)
    loop.run(600_000)
    expect(loop.isIdle).toBe(true)
    expect(received).toEqual([])
    expect(there.counts.packets).toBe(packets)
  })
})
