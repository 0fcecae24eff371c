import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bindings,
  type Capacities,
  chunkedSeconds,
  clientServerSeconds,
  equalCapacitySeconds,
  figure,
  p2pSeconds,
  pace,
  sizesUpTo,
  speedUp,
  TheoryError,
  terms,
} from './bounds'

/** The figure that everyone knows: F/u = 1 h, us = 10u, downloads never bind. Results in hours. */
const HOUR_BYTES = 3_600
const known = (count: number): Capacities => ({
  fileBytes: HOUR_BYTES,
  serverUploadBytesPerSecond: 10,
  peers: Array.from({ length: count }, () => ({ uploadBytesPerSecond: 1, downloadBytesPerSecond: 10 })),
})
const hours = (seconds: number) => seconds / 3_600

describe('the known figure', () => {
  it.each([
    [1, 0.1, 0.1],
    [2, 0.2, 0.1667],
    [5, 0.5, 0.3333],
    [10, 1, 0.5],
    [20, 2, 0.6667],
    [30, 3, 0.75],
    [35, 3.5, 0.7778],
  ])('[THEORY-1] for N = %i says %f h by client and server, %f h by peers', (count, clientServer, p2p) => {
    expect(hours(clientServerSeconds(known(count)))).toBeCloseTo(clientServer, 4)
    expect(hours(p2pSeconds(known(count)).seconds)).toBeCloseTo(p2p, 4)
  })

  it.each([
    [40, 0.7669],
    [400, 0.7517],
    [4_096, 0.7502],
  ])('[THEORY-2] with %i whole chunks and N = 30 says %f h', (chunks, expected) => {
    expect(hours(chunkedSeconds(known(30), HOUR_BYTES / chunks).seconds)).toBeCloseTo(expected, 4)
  })

  it('[THEORY-4] has a point for each N, with whole chunks where they are asked for', () => {
    const points = figure(known, sizesUpTo(35), HOUR_BYTES / 400)
    expect(points.map(({ n }) => n)).toEqual(Array.from({ length: 35 }, (_, i) => i + 1))
    expect(hours(points[29]?.chunked ?? 0)).toBeCloseTo(0.7517, 4)
    expect(hours(points[34]?.p2p ?? 0)).toBeCloseTo(0.7778, 4)
    expect(speedUp(known(35))).toBeCloseTo(4.5, 4)
    expect(figure(known, [10])).toEqual([{ n: 10, clientServer: 3_600, p2p: 1_800, chunked: undefined }])
  })

  it('[THEORY-4] has no point where nobody wants the file', () => {
    const aFewLiars = (n: number) => known(Math.max(0, n - 2))
    expect(figure(aFewLiars, [1, 2, 3, 4]).map(({ n }) => n)).toEqual([3, 4])
  })

  it.each([1, 2, 35, 99, 100, 101, 1_000, 10_000])('goes from 1 to %i in at most a hundred sizes', (largest) => {
    const sizes = sizesUpTo(largest)
    expect([sizes[0], sizes.at(-1), sizes.length]).toEqual([1, largest, Math.min(largest, 100)])
    expect(new Set(sizes).size).toBe(sizes.length)
  })
})

describe('equal capacities', () => {
  it.each([
    [1, 40, 1],
    [3, 1, 2],
    [2, 2, 1.5],
    [15, 40, 1.075],
  ])('[THEORY-3] N = %i, M = %i: T·u/F = %f', (peers, chunks, expected) => {
    expect(equalCapacitySeconds(1, 1, peers, chunks)).toBeCloseTo(expected, 10)
  })
})

describe('what binds', () => {
  const one = (us: number, up: number, down: number, count: number) =>
    p2pSeconds({
      fileBytes: 100,
      serverUploadBytesPerSecond: us,
      peers: Array.from({ length: count }, () => ({ uploadBytesPerSecond: up, downloadBytesPerSecond: down })),
    }).binding

  it('[THEORY-5] names the term that sets the time', () => {
    expect(one(1, 10, 100, 3)).toBe('server-upload')
    expect(one(100, 10, 1, 3)).toBe('slowest-download')
    expect(one(10, 1, 100, 30)).toBe('total-upload')
  })
})

describe('impossible input', () => {
  it.each<[string, Partial<Capacities>]>([
    ['no peers', { peers: [] }],
    ['no upload at the server', { serverUploadBytesPerSecond: 0 }],
    ['a negative size', { fileBytes: -1 }],
    ['a size that is no number', { fileBytes: Number.NaN }],
    ['a negative upload', { peers: [{ uploadBytesPerSecond: -1, downloadBytesPerSecond: 1 }] }],
    ['no download', { peers: [{ uploadBytesPerSecond: 1, downloadBytesPerSecond: 0 }] }],
  ])('[THEORY-6] refuses %s', (_what, wrong) => {
    const capacities = { ...known(2), ...wrong }
    expect(() => clientServerSeconds(capacities)).toThrow(TheoryError)
    expect(() => p2pSeconds(capacities)).toThrow(TheoryError)
    expect(() => chunkedSeconds(capacities, 1)).toThrow(TheoryError)
    expect(() => terms(capacities)).toThrow(TheoryError)
  })

  it('[THEORY-6] refuses a chunk of nothing', () => {
    expect(() => chunkedSeconds(known(2), 0)).toThrow(TheoryError)
  })

  it.each([
    ['no file', 0, 1, 1, 1],
    ['no upload', 1, 0, 1, 1],
    ['an endless upload', 1, Number.POSITIVE_INFINITY, 1, 1],
    ['no peers', 1, 1, 0, 1],
    ['half a peer', 1, 1, 1.5, 1],
    ['no chunks', 1, 1, 1, 0],
    ['no number of chunks', 1, 1, 1, Number.NaN],
  ])('[THEORY-6] refuses %s where all capacities are equal', (_what, fileBytes, upload, peers, chunks) => {
    expect(() => equalCapacitySeconds(fileBytes, upload, peers, chunks)).toThrow(TheoryError)
  })
})

describe('any capacities', () => {
  const rate = fc.double({ min: 0.01, max: 1_000, noNaN: true })
  const peer = fc.record({
    uploadBytesPerSecond: fc.oneof(fc.constant(0), rate),
    downloadBytesPerSecond: rate,
  })
  const capacities = fc.record({
    fileBytes: fc.double({ min: 1, max: 1e6, noNaN: true }),
    serverUploadBytesPerSecond: rate,
    peers: fc.array(peer, { minLength: 1, maxLength: 40 }),
  })
  const nearly = 1 + 1e-9

  it('[THEORY-1] [THEORY-5] the bound is the longest of its three terms, and is named by it', () => {
    fc.assert(
      fc.property(capacities, (any) => {
        const { fileBytes, serverUploadBytesPerSecond: server, peers } = any
        const uploads = peers.reduce((sum, peer) => sum + peer.uploadBytesPerSecond, server)
        const all = terms(any)
        expect(all.map(({ binding }) => binding)).toEqual(bindings)
        expect(all.map(({ seconds }) => seconds)).toEqual([
          fileBytes / server,
          fileBytes / Math.min(...peers.map((peer) => peer.downloadBytesPerSecond)),
          (peers.length * fileBytes) / uploads,
        ])
        const longest = Math.max(...all.map(({ seconds }) => seconds))
        expect(p2pSeconds(any)).toEqual(all.find(({ seconds }) => seconds === longest))
      }),
    )
  })

  it('[THEORY-4] the known figure says at each N what the bounds say there', () => {
    fc.assert(
      fc.property(capacities, fc.integer({ min: 1, max: 1_000 }), (any, chunks) => {
        const first = (n: number) => ({ ...any, peers: any.peers.slice(0, n) })
        const chunk = any.fileBytes / chunks
        for (const { n, clientServer, p2p, chunked } of figure(first, sizesUpTo(any.peers.length), chunk)) {
          expect(clientServer).toBe(clientServerSeconds(first(n)))
          expect(p2p).toBe(p2pSeconds(first(n)).seconds)
          expect(chunked).toBe(chunkedSeconds(first(n), chunk).seconds)
        }
      }),
    )
  })

  it('[THEORY-7] peers are never slower than client and server, and whole chunks never quicker than a fluid', () => {
    fc.assert(
      fc.property(capacities, fc.integer({ min: 1, max: 1_000 }), (any, chunks) => {
        const fluid = p2pSeconds(any).seconds
        expect(fluid).toBeLessThanOrEqual(clientServerSeconds(any) * nearly)
        expect(chunkedSeconds(any, any.fileBytes / chunks).seconds * nearly).toBeGreaterThanOrEqual(fluid)
      }),
    )
  })

  it('[THEORY-7] whole chunks tend to the fluid as they shrink', () => {
    fc.assert(
      fc.property(capacities, (any) => {
        const fluid = p2pSeconds(any).seconds
        expect(chunkedSeconds(any, any.fileBytes / 1e9).seconds).toBeLessThanOrEqual(fluid * 1.001)
      }),
    )
  })

  it('[THEORY-7] more upload never hurts', () => {
    fc.assert(
      fc.property(capacities, fc.nat(), rate, fc.integer({ min: 1, max: 1_000 }), (any, which, more, chunks) => {
        const chunk = any.fileBytes / chunks
        const at = which % any.peers.length
        const peers = any.peers.map((one, i) =>
          i === at ? { ...one, uploadBytesPerSecond: one.uploadBytesPerSecond + more } : one,
        )
        const better = { ...any, peers }
        const richer = { ...any, serverUploadBytesPerSecond: any.serverUploadBytesPerSecond + more }
        expect(p2pSeconds(better).seconds).toBeLessThanOrEqual(p2pSeconds(any).seconds * nearly)
        expect(p2pSeconds(richer).seconds).toBeLessThanOrEqual(p2pSeconds(any).seconds * nearly)
        expect(chunkedSeconds(better, chunk).seconds).toBeLessThanOrEqual(chunkedSeconds(any, chunk).seconds * nearly)
        expect(chunkedSeconds(richer, chunk).seconds).toBeLessThanOrEqual(chunkedSeconds(any, chunk).seconds * nearly)
      }),
    )
  })
})

describe('the pace, where some speeds were only seen', () => {
  const of = (upload: number, download: number, isSet: (typeof bindings)[number][]) =>
    pace(
      {
        fileBytes: 3_000,
        serverUploadBytesPerSecond: upload,
        peers: [{ uploadBytesPerSecond: 0, downloadBytesPerSecond: download }],
      },
      (binding) => isSet.includes(binding),
    )

  it('[THEORY-8] is a limit’s, where what was seen is hardly longer: the limit held it down', () => {
    expect(of(290, 300, ['slowest-download'])).toEqual({ binding: 'slowest-download', seconds: 10 })
    expect(of(300, 300, ['slowest-download']).binding).toBe('slowest-download')
    expect(of(300, 290, ['server-upload'])).toEqual({ binding: 'server-upload', seconds: 10 })
  })

  it('[THEORY-8] is that of what was seen, where no limit explains it', () => {
    expect(of(100, 300, ['slowest-download'])).toEqual({ binding: 'server-upload', seconds: 30 })
    expect(of(300, 100, ['server-upload'])).toEqual({ binding: 'slowest-download', seconds: 30 })
  })

  it('[THEORY-8] is the uploads’, where these alone explain a download that was seen to be slow', () => {
    expect(of(300, 290, [])).toEqual({ binding: 'server-upload', seconds: 3_000 / 290 })
    expect(of(300, 100, []).binding).toBe('slowest-download')
  })
})
