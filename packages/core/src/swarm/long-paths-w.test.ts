// What the request window makes of long paths: bottlenecks with a queue, other traffic, paths that change, slow ones.
import { describe, expect, it } from 'vitest'
import { greedyTraffic, steadyTraffic } from '../testing/cross-traffic'
import { LongPath, type Path, PathSwarm } from '../testing/path-swarm'

const MIB = 1_048_576
/** A queue that grows this much beyond the idle round trip is still no trouble to who plays or calls beside it. */
const SLACK_MS = 50

const near: Path = { delayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000 }
const far: Path = { ...near, delayMs: 50 }
const farther: Path = { delayMs: 100, bytesPerSecond: 1_250_000, queueBytes: 125_000 }
const mobile: Path = { delayMs: 20, bytesPerSecond: 100_000, queueBytes: 30_000 }
const slow: Path = { delayMs: 20, bytesPerSecond: 30_000, queueBytes: 15_000 }

const idleMs = ({ delayMs, back }: Path) => delayMs + (back?.delayMs ?? delayMs)

describe('a transfer over a long path', () => {
  it.each<[string, Path, number]>([
    ['20 ms, 2.5 MB/s, 250 kB', near, 12 * MIB],
    ['50 ms, 2.5 MB/s, 250 kB', far, 16 * MIB],
    ['100 ms, 1.25 MB/s, 125 kB', farther, 24 * MIB],
    ['20 ms, 100 kB/s, 30 kB', mobile, 2 * MIB],
    [
      '20 ms, 2.5 MB/s, 250 kB, and a twentieth of it back',
      { ...near, back: { bytesPerSecond: 125_000, queueBytes: 12_500 } },
      12 * MIB,
    ],
  ])(
    '[WINDOW-1] has the line (%s), loses next to nothing, and leaves the queue to others',
    (_name, path, fileBytes) => {
      const { share, dropped, meanWaitMs } = new LongPath(path, fileBytes).finish()
      expect({ share, dropped, meanWaitMs }).toEqual({
        share: expect.toSatisfy((value: number) => value >= 0.9, 'at least 0.9'),
        dropped: expect.toSatisfy((value: number) => value <= 5, 'at most 5'),
        meanWaitMs: expect.toSatisfy((value: number) => value <= idleMs(path) + SLACK_MS, 'the idle round trip and 50'),
      })
    },
  )

  it('[WINDOW-1] takes what a steady stream of others leaves, and does not disturb it', () => {
    const path = new LongPath(far, 12 * MIB)
    steadyTraffic(path, path.there, 0.4 * far.bytesPerSecond)
    const { share, dropped, meanWaitMs } = path.finish()
    expect(share).toBeGreaterThan(0.85 * 0.6)
    expect(dropped).toBeLessThanOrEqual(5)
    expect(meanWaitMs).toBeLessThan(idleMs(far) + SLACK_MS)
  })

  it('[WINDOW-1] neither starves beside a flow that fills the queue, nor starves it', () => {
    const path = new LongPath(near, 48 * MIB)
    const others = greedyTraffic(path, [path.there], [path.back])
    path.run(10_000)
    const before = others()
    path.run(30_000)
    const ours = path.received('receiver', 10_000)
    expect(ours / (ours + others() - before)).toBeGreaterThan(0.2)
    expect(ours / (ours + others() - before)).toBeLessThan(0.8)
  })
})

describe('a path that changes', () => {
  it.each([
    ['halves', 0.5],
    ['doubles', 2],
  ])('[WINDOW-1] is filled again within 10 s when its rate %s', (_what, times) => {
    const path = new LongPath(near, 200 * MIB)
    path.at(5_000, () => path.there.setRate(times * near.bytesPerSecond, path.now))
    path.run(25_000)
    expect(path.shareBetween(15_000, 25_000)).toBeGreaterThan(0.9)
  })

  it.each([
    [20, 100],
    [100, 20],
  ])('[WINDOW-1] is filled again within 10 s when its delay goes from %i to %i ms', (before, after) => {
    const path = new LongPath({ ...near, delayMs: before }, 200 * MIB)
    path.at(5_000, () => path.setDelay(after))
    path.run(30_000)
    expect(path.shareBetween(15_000, 30_000)).toBeGreaterThan(0.85)
  })
})

describe('a path that is shared', () => {
  it.each([
    ['20 ms', near],
    ['50 ms', far],
  ])('[WINDOW-1] is shared within 40:60 by two transfers, whoever came first (%s)', (_name, path) => {
    const shared = new LongPath(path, 200 * MIB, ['first'])
    shared.add('other sender', { seed: true })
    shared.add('second')
    shared.at(3_000, () => shared.connect('other sender', 'second', shared.routes))
    shared.run(30_000)
    const [first, second] = [shared.received('first', 10_000), shared.received('second', 10_000)]
    expect(first / (first + second)).toBeGreaterThan(0.4)
    expect(first / (first + second)).toBeLessThan(0.6)
    expect(shared.shareBetween(10_000, 30_000)).toBeGreaterThan(0.9)
  })

  it('[WINDOW-1] is full, and its queue is not, with one sender and four receivers behind its uplink', () => {
    const { share, dropped, meanWaitMs } = new LongPath(near, 6 * MIB, ['a', 'b', 'c', 'd']).finish()
    expect(share).toBeGreaterThan(0.85)
    expect(dropped).toBeLessThan(50)
    expect(meanWaitMs).toBeLessThan(idleMs(near) + SLACK_MS)
  })
})

describe('a very slow path', () => {
  it('[SERVE-5] brings a choke within a second of being sent, though blocks are on their way', () => {
    const path = new LongPath(slow, 4 * MIB)
    path.run(20_000)
    path.handle(path.get('sender'), { type: 'activity-changed', downloading: true, uploading: false })
    path.run(30_000)
    const choke = path.words.find(({ type }) => type === 'choke')
    expect(choke?.sentAt).toBe(20_000)
    expect(choke?.at).toBeLessThan(21_000)
  })

  it('[SERVE-5] brings news of a chunk within a second, though blocks are on their way', () => {
    const path = new PathSwarm(4 * MIB)
    const [there, back] = [path.pipe(slow), path.pipe(slow)]
    path.add('sender', { lacks: [3] })
    path.add('receiver')
    path.connect('sender', 'receiver', { there: [there], back: [back] })
    path.run(20_000)
    path.handle(path.get('sender'), { type: 'chunk-restored', chunk: 3 })
    path.run(30_000)
    const have = path.words.find(({ type, from }) => type === 'have' && from === 'sender')
    expect(have?.sentAt).toBe(20_000)
    expect(have?.at).toBeLessThan(21_000)
  })

  it('[WINDOW-3] is used all the same', () => {
    expect(new LongPath(slow, MIB).finish().share).toBeGreaterThan(0.9)
  })
})
