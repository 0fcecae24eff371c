import { distributionOf } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { curvesOf } from './curves'

const limit = (bytesPerSecond: number) => ({ bytesPerSecond, basis: 'limit' as const })

describe('the curves', () => {
  it.each([1, 3, 8, 51])('go through the bounds of the %d people who are here', (count) => {
    const reports = Array.from({ length: count }, (_, i) => ({
      number: i,
      progress: { stage: 'downloading' as const, startedAt: 0 },
      upload: limit(100_000 * (i % 5)),
      download: limit(2_000_000 + 1_000 * i),
    }))
    const server = { number: 99, progress: { stage: 'server' as const }, upload: limit(900_000), download: limit(1) }
    const { bounds } = distributionOf(30_000_000, [server, ...reports], 1_000)
    if (!bounds) throw new Error('no bounds')
    const points = curvesOf(bounds, count)
    expect(points[count - 1]).toMatchObject({
      n: count,
      p2p: expect.closeTo(bounds.p2pSeconds, 6),
      clientServer: expect.closeTo(bounds.clientServerSeconds, 6),
    })
    expect(points.length).toBeGreaterThanOrEqual(Math.max(10, count))
  })
})
