// What the request window makes of long paths: bottlenecks with a queue, other traffic, paths that change, slow ones.
import { describe, expect, it } from 'vitest'
import { greedyTraffic, steadyTraffic } from '../testing/cross-traffic'
import { LongPath, type Path, PathSwarm } from '../testing/path-swarm'

const MIB = 1_048_576

const near: Path = { delayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000 }
const far: Path = { ...near, delayMs: 50 }
const farther: Path = { delayMs: 100, bytesPerSecond: 1_250_000, queueBytes: 125_000 }
const wide: Path = { delayMs: 20, bytesPerSecond: 12_500_000, queueBytes: 500_000 }
const thinBack: Path = { ...near, back: { bytesPerSecond: 125_000, queueBytes: 12_500 } }
const mobile: Path = { delayMs: 20, bytesPerSecond: 100_000, queueBytes: 30_000 }
const slow: Path = { delayMs: 20, bytesPerSecond: 30_000, queueBytes: 15_000 }

/**
 * A ping alongside it may wait for an idle round trip and 50 ms; where the path is slow, while three small blocks pass.
 */
const mostWaitMs = ({ delayMs, bytesPerSecond }: Path) =>
  2 * delayMs + Math.max(50, (3 * 4_096 * 1000) / bytesPerSecond)

const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** What a second transfer has of the path in the 20 s from its tenth second on. */
function partOfSecond(path: Path, comesAtMs: number): number {
  const shared = new LongPath(path, 200 * MIB, ['first'])
  shared.add('other sender', { seed: true })
  shared.add('second')
  shared.at(comesAtMs, () => shared.connect('other sender', 'second', shared.routes))
  const [from, until] = [comesAtMs + 10_000, comesAtMs + 30_000]
  shared.run(until)
  expect(shared.shareBetween(from, until)).toBeGreaterThan(0.9)
  return shared.received('second', from, until) / shared.receivedByAll(from, until)
}

describe('a transfer over a long path', () => {
  // A bare channel with the best window brings 0.96, 0.89, 0.94, 0.92 and 0.98 of the first five lines.
  it.each<[string, Path, number, number]>([
    ['20 ms, 2.5 MB/s, 250 kB', near, 12, 0.92],
    ['50 ms, 2.5 MB/s, 250 kB', far, 12, 0.82],
    ['100 ms, 1.25 MB/s, 125 kB', farther, 24, 0.86],
    ['20 ms, 12.5 MB/s, 500 kB', wide, 48, 0.85],
    ['20 ms, 100 kB/s, 30 kB', mobile, 2, 0.92],
    ['20 ms, 2.5 MB/s, 250 kB, and a twentieth of it back', thinBack, 12, 0.9],
  ])(
    '[WINDOW-1] has the line, drops next to nothing, and leaves the queue to others (%s)',
    (_name, path, mib, least) => {
      const { share, dropped, meanWaitMs } = new LongPath(path, mib * MIB).finish()
      expect(share).toBeGreaterThan(least)
      expect(dropped).toBeLessThanOrEqual(10)
      expect(meanWaitMs).toBeLessThan(mostWaitMs(path))
    },
  )

  it('[WINDOW-1] takes what a steady stream of others leaves, and does not disturb it', () => {
    const path = new LongPath(far, 12 * MIB)
    steadyTraffic(path, path.there, 0.4 * far.bytesPerSecond)
    const { share, dropped, meanWaitMs } = path.finish()
    expect(share).toBeGreaterThan(0.85 * 0.6)
    expect(dropped).toBeLessThanOrEqual(10)
    expect(meanWaitMs).toBeLessThan(mostWaitMs(far))
  })

  it.each([
    ['20 ms', near],
    ['50 ms', far],
  ])('[WINDOW-1] neither starves alongside a flow that fills the queue, nor starves it (%s)', (_name, path) => {
    const shared = new LongPath(path, 200 * MIB)
    const others = greedyTraffic(shared, [shared.there], [shared.back])
    shared.run(10_000)
    const before = others()
    shared.run(40_000)
    const ours = shared.received('receiver', 10_000)
    const part = ours / (ours + others() - before)
    expect(part).toBeGreaterThan(0.2)
    expect(part).toBeLessThan(0.85)
  })

  it('[WINDOW-1] fills the uplink, and not its queue, with four receivers (of nine paths nearly alike, five)', () => {
    const fares = [0, 0.13, 0.26, 0.39, 0.52, 0.65, 0.78, 0.91, 1.04].map((moreMs) =>
      new LongPath({ ...near, delayMs: near.delayMs + moreMs }, 6 * MIB, ['a', 'b', 'c', 'd']).finish(),
    )
    // A few packets decide in what order the four grow: of 22,000, one in a hundred may find the queue full.
    expect(middle(fares.map(({ dropped }) => dropped))).toBeLessThan(220)
    expect(middle(fares.map(({ share }) => share))).toBeGreaterThan(0.92)
    for (const { share, meanWaitMs } of fares) {
      expect(share).toBeGreaterThan(0.8)
      expect(meanWaitMs).toBeLessThan(mostWaitMs(near))
    }
  })

  it.each([
    ['20 ms', near],
    ['50 ms', far],
  ])('[WINDOW-1] shares the path within 40:60 with another, whenever that comes (%s, mean of three)', (_name, path) => {
    const parts = [2_700, 3_300, 4_000].map((comesAtMs) => partOfSecond(path, comesAtMs))
    const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length
    expect(mean).toBeGreaterThan(0.4)
    expect(mean).toBeLessThan(0.6)
    for (const part of parts) expect(Math.abs(part - 0.5)).toBeLessThan(0.2)
  })

  it('[WINDOW-1] grows alongside one that came just before and was growing fastest', () => {
    expect(partOfSecond(far, 1_000)).toBeGreaterThan(0.33)
  })
})

describe('a path that changes', () => {
  it.each([
    ['halves', 0.5],
    ['doubles', 2],
  ])('[WINDOW-6] is filled again within 10 s when its rate %s', (_what, times) => {
    const path = new LongPath(near, 200 * MIB)
    path.at(5_000, () => path.there.setRate(times * near.bytesPerSecond, path.now))
    path.run(25_000)
    expect(path.shareBetween(15_000, 25_000)).toBeGreaterThan(0.9)
  })

  it.each([
    [20, 50, 0.9],
    [50, 20, 0.9],
    [100, 20, 0.9],
    // Each step of growth takes a round trip of 200 ms.
    [20, 100, 0.7],
  ])(
    '[WINDOW-5] is filled again when its delay goes from %i to %i ms: after 10 s, to %f of the line',
    (before, after, least) => {
      const path = new LongPath({ ...near, delayMs: before }, 200 * MIB)
      path.at(5_000, () => path.setDelay(after))
      path.run(30_000)
      expect(path.shareBetween(15_000, 30_000)).toBeGreaterThan(least)
    },
  )
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
