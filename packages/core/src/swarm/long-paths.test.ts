// What the request window makes of long paths: bottlenecks with a queue, other traffic, paths that change, slow ones.
import { describe, expect, it } from 'vitest'
import { greedyTraffic } from '../testing/cross-traffic'
import { LongPath, type Path } from '../testing/path-swarm'

const MIB = 1_048_576

const near: Path = { delayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000 }
const slow: Path = { delayMs: 20, bytesPerSecond: 30_000, queueBytes: 15_000 }

describe('a transfer over a long path', () => {
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
})

describe('a very slow path', () => {
  it('[WINDOW-3] is used all the same', () => {
    expect(new LongPath(slow, MIB).finish().share).toBeGreaterThan(0.9)
  })
})
