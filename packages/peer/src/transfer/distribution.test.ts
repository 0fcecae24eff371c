import { clientServerSeconds, p2pSeconds } from '@swarmdrop/core/theory'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distributionOf } from './distribution'
import type { Distribution } from './snapshot'

const MB = 1_000_000
const shown = (bytesPerSecond: number) => ({ bytesPerSecond, basis: 'shown' as const })
const limit = (bytesPerSecond: number) => ({ bytesPerSecond, basis: 'limit' as const })

type Report = Parameters<typeof distributionOf>[1][number]

const server = (upload: Report['upload'], number = 1): Report => ({
  number,
  progress: { stage: 'server' },
  upload,
  download: shown(0),
})
const running = (
  number: number,
  startedAt: number,
  upload: Report['upload'] = shown(0),
  download: Report['download'] = shown(0),
): Report => ({
  number,
  progress: { stage: 'downloading', startedAt },
  upload,
  download,
})
const complete = (
  number: number,
  startedAt: number,
  tookMs: number,
  upload: Report['upload'] = shown(0),
  download: Report['download'] = shown(0),
): Report => ({ number, progress: { stage: 'complete', startedAt, tookMs }, upload, download })

const boundsOf = ({ bounds }: Distribution) => {
  if (!bounds) throw new Error('no bounds')
  return bounds
}

describe('the time measured', () => {
  it('waits where nobody has begun', () => {
    expect(distributionOf(MB, [], 5_000)).toEqual({ phase: 'waiting', count: 0, people: [] })
    expect(distributionOf(MB, [server(limit(MB))], 5_000)).toMatchObject({ phase: 'waiting', count: 0 })
    expect(distributionOf(MB, [server(limit(MB))], 5_000)).not.toHaveProperty('measuredSeconds')
  })

  it('runs from the first start until now while somebody lacks something', () => {
    const reports = [server(shown(MB)), complete(0, 3_000, 1_000), running(2, 7_000)]
    const seen = distributionOf(10 * MB, reports, 12_500)
    expect(seen).toMatchObject({ phase: 'running', count: 2, measuredSeconds: 9.5, startSpreadSeconds: 4 })
  })

  it('stands still at the last one’s end, who need not have begun last', () => {
    const reports = [server(shown(MB)), complete(0, 3_000, 12_400), complete(2, 7_000, 2_000)]
    for (const now of [15_400, 99_000])
      expect(distributionOf(10 * MB, reports, now)).toMatchObject({ phase: 'done', measuredSeconds: 12.4 })
  })
})

describe('the bounds', () => {
  it('are theory’s for the same people, bytes and rates', () => {
    const reports = [
      server(limit(1 * MB)),
      complete(0, 0, 60_000, limit(0.2 * MB), limit(2 * MB)),
      complete(2, 0, 50_000, limit(0.3 * MB), limit(3 * MB)),
      complete(3, 0, 50_000, limit(0.1 * MB), limit(4 * MB)),
    ]
    const seen = distributionOf(12 * MB, reports, 90_000)
    // max(12/1, 12/2, 36/1.6) and max(36/1, 12/2)
    expect(boundsOf(seen).p2pSeconds).toBeCloseTo(22.5, 9)
    expect(boundsOf(seen).clientServerSeconds).toBeCloseTo(36, 9)
    expect(boundsOf(seen).binding).toBe('total-upload')
    expect(boundsOf(seen).speedUp).toBeCloseTo(36 / 60, 9)
    expect(boundsOf(seen).meanUploadBytesPerSecond).toBeCloseTo(0.2 * MB, 3)
    expect(boundsOf(seen).slowestDownloadBytesPerSecond).toBe(2 * MB)
  })

  it('agree with theory on any limits (seeded)', () => {
    const rate = fc.integer({ min: 1_000, max: 100 * MB })
    const peers = fc.array(fc.record({ up: rate, down: rate }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 * MB }), rate, peers, (fileBytes, us, people) => {
        const reports = people.map(({ up, down }, i) => running(i + 2, 0, limit(up), limit(down)))
        const { bounds } = distributionOf(fileBytes, [server(limit(us)), ...reports], 1_000)
        const capacities = {
          fileBytes,
          serverUploadBytesPerSecond: us,
          peers: people.map(({ up, down }) => ({ uploadBytesPerSecond: up, downloadBytesPerSecond: down })),
        }
        expect(bounds?.p2pSeconds).toBeCloseTo(p2pSeconds(capacities).seconds, 6)
        expect(bounds?.binding).toBe(p2pSeconds(capacities).binding)
        expect(bounds?.clientServerSeconds).toBeCloseTo(clientServerSeconds(capacities), 6)
      }),
      { seed: 7 },
    )
  })

  it('add up what those give who had it from the start', () => {
    const reports = [server(limit(MB)), server(limit(2 * MB), 2), running(0, 0)]
    expect(boundsOf(distributionOf(6 * MB, reports, 1_000))).toMatchObject({
      serverUploadBytesPerSecond: 3 * MB,
      p2pSeconds: 2,
      binding: 'server-upload',
    })
  })

  it('hold for one person alone: the same with and without help', () => {
    const bounds = boundsOf(distributionOf(10 * MB, [server(limit(MB)), running(0, 0)], 1_000))
    expect(bounds).toMatchObject({ p2pSeconds: 10, clientServerSeconds: 10, speedUp: 1 })
  })

  it('let a download bind that is limited, and none of which nothing is known', () => {
    const reports = [server(limit(10 * MB)), running(0, 0, shown(0), shown(0)), running(2, 0)]
    expect(boundsOf(distributionOf(10 * MB, reports, 1_000))).toMatchObject({ p2pSeconds: 2, binding: 'total-upload' })
    const limited = [...reports, { ...running(3, 0), download: limit(0.5 * MB) }]
    expect(boundsOf(distributionOf(10 * MB, limited, 1_000))).toMatchObject({
      p2pSeconds: 20,
      binding: 'slowest-download',
    })
  })

  it('name the upload where a download that nobody has limited is hardly slower', () => {
    const slowed = (download: number) => [server(limit(MB)), running(0, 0, shown(0), shown(download))]
    expect(boundsOf(distributionOf(10 * MB, slowed(0.95 * MB), 1_000)).binding).toBe('server-upload')
    expect(boundsOf(distributionOf(10 * MB, slowed(0.5 * MB), 1_000)).binding).toBe('slowest-download')
    const limited = [server(limit(MB)), { ...running(0, 0), download: limit(0.95 * MB) }]
    expect(boundsOf(distributionOf(10 * MB, limited, 1_000)).binding).toBe('slowest-download')
  })

  it('name the limit of one’s own, and not the sender who was seen to send no faster than that', () => {
    const own = { ...running(0, 0), download: limit(0.3 * MB) }
    expect(boundsOf(distributionOf(10 * MB, [server(shown(0.29 * MB)), own], 1_000))).toMatchObject({
      binding: 'slowest-download',
      p2pSeconds: 10 / 0.3,
    })
    expect(boundsOf(distributionOf(10 * MB, [server(shown(0.1 * MB)), own], 1_000)).binding).toBe('server-upload')
  })

  it('never pass the time measured: what was done was possible, whatever the speeds that are told', () => {
    const rate = fc.integer({ min: 1, max: MB / 5 }).chain((bytes) => fc.constantFrom(shown(bytes), limit(bytes)))
    const person = fc.record({
      startedAt: fc.nat(5_000),
      tookMs: fc.integer({ min: 1, max: 60_000 }),
      up: rate,
      down: rate,
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 * MB }), fc.array(person, { minLength: 1 }), (fileBytes, people) => {
        const reports = people.map((p, i) => complete(i, p.startedAt, p.tookMs, p.up, p.down))
        const seen = distributionOf(fileBytes, [server(shown(1), 99), ...reports], 70_000)
        expect(boundsOf(seen).p2pSeconds).toBeLessThanOrEqual(seen.measuredSeconds ?? 0)
      }),
      { seed: 7 },
    )
  })
})

describe('no bounds', () => {
  it('without anybody who had it from the start', () =>
    expect(distributionOf(MB, [running(0, 0, limit(MB))], 1_000)).toMatchObject({ missing: 'server' }))

  it('without any speed of theirs', () =>
    expect(distributionOf(MB, [server(shown(0)), running(0, 0)], 1_000)).toMatchObject({ missing: 'speeds' }))

  it('under a limit of 0', () => {
    expect(distributionOf(MB, [server(limit(0)), running(0, 0)], 1_000)).toMatchObject({ missing: 'flow' })
    const stopped = { ...running(0, 0), download: limit(0) }
    expect(distributionOf(MB, [server(limit(MB)), stopped], 1_000)).toMatchObject({ missing: 'flow' })
  })

  it('of nothing: an empty file', () =>
    expect(distributionOf(0, [server(limit(MB)), complete(0, 0, 3)], 1_000)).toMatchObject({
      phase: 'done',
      missing: 'speeds',
    }))
})

describe('somebody who lies', () => {
  it('gives odd figures, which are still numbers or absent', () => {
    const rate = fc.record({
      bytesPerSecond: fc.nat(0xffff_ffff),
      basis: fc.constantFrom('limit' as const, 'shown' as const),
    })
    const progress: fc.Arbitrary<Report['progress']> = fc.oneof(
      fc.constant({ stage: 'server' as const }),
      fc.record({
        stage: fc.constant('downloading' as const),
        startedAt: fc.integer({ min: -604_800_000, max: 2_000 }),
      }),
      fc.record({
        stage: fc.constant('complete' as const),
        startedAt: fc.integer({ min: -604_800_000, max: 1_000 }),
        tookMs: fc.nat(604_800_000),
      }),
    )
    const report = fc.record({ number: fc.nat(50), progress, upload: rate, download: rate })
    fc.assert(
      fc.property(fc.array(report), fc.nat(), (reports, fileBytes) => {
        const seen = distributionOf(fileBytes, reports, 1_000)
        const { people: _, ...figures } = seen
        for (const value of [...Object.values(figures), ...Object.values(seen.bounds ?? {})])
          if (typeof value === 'number') {
            expect(Number.isFinite(value)).toBe(true)
            expect(value).toBeGreaterThanOrEqual(0)
          }
        expect(JSON.parse(JSON.stringify(seen))).toEqual(seen)
      }),
      { seed: 7, numRuns: 1_000 },
    )
  })
})
