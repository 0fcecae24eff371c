import { describe, expect, it } from 'vitest'
import { EventLoop } from '../testing/event-loop'
import { ChannelBundle } from './channel-bundle'
import { Pipe } from './pipe'
import { seededRandom } from './seeded-random'

function connect(lossShare = 0) {
  const loop = new EventLoop()
  const lay = () =>
    new Pipe({ bytesPerSecond: 1_000_000, queueBytes: 100_000, delayMs: 20, lossShare }, seededRandom(1))
  const received: { message: number; lane: number; at: number }[] = []
  const drained: number[] = []
  const [from, to] = ChannelBundle.pair<number>(
    loop,
    { there: [lay()], back: [lay()] },
    { received() {}, drained: (bytes) => drained.push(bytes) },
    { received: (message, lane) => received.push({ message, lane, at: loop.now }), drained() {} },
  )
  return { loop, from, to, received, drained }
}

describe('several channels between two peers', () => {
  it('[SIM-17] carry each message by the one that is named, in order in each', () => {
    const { loop, from, received } = connect(0.05)
    from.open(1)
    for (let i = 0; i < 40; i++) from.send(i, 3_000, i % 2)
    expect(loop.run(60_000, () => received.length === 40)).toBe(true)
    for (const lane of [0, 1]) {
      const messages = received.filter((one) => one.lane === lane).map(({ message }) => message)
      expect(messages).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i + lane))
    }
    // What is lost in one does not hold up the other.
    expect(received.map(({ message }) => message)).not.toEqual([...received.keys()])
  })

  it('[SIM-17] share the path, and are as slow together as one', () => {
    const { loop, from, received } = connect()
    from.open(1)
    for (let i = 0; i < 50; i++) from.send(i, 20_000, i % 2)
    loop.run(60_000, () => received.length === 50)
    expect(loop.now).toBeGreaterThan(1_000)
  })

  it('[SIM-17] tell what waits in all of them', () => {
    const { loop, from, drained } = connect()
    from.open(1)
    from.lowMarkBytes = 40_000
    from.send(1, 100_000, 0)
    from.send(2, 100_000, 1)
    expect(from.bufferedBytes).toBeGreaterThan(150_000)
    loop.run(5_000)
    expect(drained.length).toBeGreaterThan(0)
    expect(drained.at(-1)).toBeLessThanOrEqual(40_000)
    expect(from.bufferedBytes).toBe(0)
  })

  it('[SIM-17] are opened and closed at both sides, and numbered by the least number that is free', () => {
    const { loop, from, to, received } = connect()
    expect(to.nextLane).toBe(1)
    to.open(1)
    to.open(2)
    expect([from.nextLane, to.nextLane]).toEqual([3, 3])
    from.send(1, 1_000, 1)
    from.send(2, 1_000, 2)
    loop.run(15)
    from.close(1)
    expect([from.nextLane, to.nextLane]).toEqual([1, 1])
    from.send(3, 1_000, 1)
    loop.run(5_000)
    expect(received.map(({ message }) => message)).toEqual([2])
    from.closeAll()
    to.closeAll()
    from.send(4, 1_000, 2)
    loop.run(60_000)
    expect(received).toHaveLength(1)
    expect(loop.isIdle).toBe(true)
  })
})
