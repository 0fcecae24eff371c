// What several connections to one neighbour bring where packets are lost by chance, and that there is one where they
// bring nothing.
import { describe, expect, it } from 'vitest'
import { steadyTraffic } from '../testing/cross-traffic'
import { LongPath, type Path } from '../testing/path-swarm'

const MIB = 1_048_576

const near: Path = { delayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000 }
const far: Path = { ...near, delayMs: 50 }

const transfer = (path: Path, mib: number, seed = 1) =>
  new LongPath(path, mib * MIB, ['receiver'], { mostLanes: 4 }, seed)
const opened = ({ lanes }: LongPath) => lanes.filter(({ open }) => open).length

describe('several connections', () => {
  it.each([
    ['20 ms, 0.1 %', { ...near, lossShare: 0.001 }, 24, 1.4],
    ['50 ms, 0.1 %', { ...far, lossShare: 0.001 }, 16, 1.4],
    ['50 ms, 0.5 %', { ...far, lossShare: 0.005 }, 8, 2],
  ])('[LANES-3] bring more than one where chance loses packets (%s)', (_name, path, mib, times) => {
    const [several, one] = [transfer(path, mib), transfer(path, mib)]
    one.hasRoomForLanes = false
    several.finish()
    one.finish()
    expect(opened(several)).toBe(3)
    expect(opened(one)).toBe(0)
    expect(one.now / several.now).toBeGreaterThan(times)
    expect(several.fare.meanWaitMs).toBeLessThan(2 * path.delayMs + 50)
  })
})

describe('chance', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[LANES-3] is told from a full queue in 6 s, though blocks come late in both (50 ms, 0.5 %, seed %i)',
    (seed) => {
      const path = transfer({ ...far, lossShare: 0.005 }, 60, seed)
      path.run(6_000)
      expect(opened(path)).toBe(3)
      path.run(18_000)
      // One brings 0.08.
      expect(path.shareBetween(6_000, 18_000)).toBeGreaterThan(0.2)
    },
  )
})

describe('connections that are not needed any more', () => {
  it('[LANES-4] are closed after a minute when nothing is lost any more, and not opened again', () => {
    const path = transfer({ ...near, lossShare: 0.001 }, 400)
    path.run(8_000)
    expect(path.lanes.map(({ open }) => open)).toEqual([true, true, true])
    path.there.lossShare = 0
    path.back.lossShare = 0
    path.run(90_000)
    expect(path.lanes.map(({ open }) => open)).toEqual([true, true, true, false, false, false])
    expect(path.shareBetween(70_000, 90_000)).toBeGreaterThan(0.9)
  })
})

describe('one connection', () => {
  it.each<[string, Path]>([
    ['20 ms', near],
    ['50 ms', far],
    ['100 ms', { ...near, delayMs: 100 }],
    ['20 ms, 12.5 MB/s', { delayMs: 20, bytesPerSecond: 12_500_000, queueBytes: 500_000 }],
  ])('[LANES-3] is enough where nothing is lost (%s)', (_name, path) => {
    const lossless = transfer(path, 200)
    lossless.run(15_000)
    expect(opened(lossless)).toBe(0)
  })

  it('[LANES-3] is enough alongside a steady stream', () => {
    const path = transfer(near, 200)
    steadyTraffic(path, path.there, 1_000_000)
    path.run(15_000)
    expect(opened(path)).toBe(0)
  })
})
