import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHUNK, experiment } from '../testing/experiments'
import { behaviours } from './peer-group'
import { Simulation, simulate } from './simulation'

const flashCrowd = (seed: number) =>
  experiment({
    seed,
    chunks: 40,
    serverUploadBytesPerSecond: 100_000,
    peers: [
      { count: 6, joinWithinSeconds: 20 },
      { count: 3, leaveAtSeconds: 20, rejoinAtSeconds: 40 },
      { count: 2, behaviour: 'free-rider' },
      { count: 1, behaviour: 'sends-bad-chunks' },
    ],
  })

describe('a run', { timeout: 30_000 }, () => {
  it('[SIM-6] of the same experiment and seed gives the same bytes of JSON', () => {
    expect(JSON.stringify(simulate(flashCrowd(5)))).toBe(JSON.stringify(simulate(flashCrowd(5))))
  })

  it('[SIM-6] gives these very bytes on any machine, until a rule of the swarm or of the network changes', () => {
    const json = JSON.stringify(simulate(flashCrowd(5)))
    expect(createHash('sha256').update(json).digest('hex')).toBe(
      '03f0b84c459f838ae09b4c03ff0550754a1f321e499a58c0f6198853d1bad201',
    )
  })

  it('[SIM-6] gives the same in pieces as in one, and tells how far it is', () => {
    const simulation = new Simulation(flashCrowd(5))
    let progress = 0
    while (!simulation.run(500)) {
      expect(simulation.progress).toBeGreaterThanOrEqual(progress)
      progress = simulation.progress
    }
    expect(simulation.progress).toBe(1)
    expect(simulation.outcome).toEqual(simulate(flashCrowd(5)))
  })

  it('[SIM-6] differs with the seed', () => {
    expect(simulate(flashCrowd(5)).result).not.toEqual(simulate(flashCrowd(6)).result)
  })

  it('[SIM-7] never beats the bound of its mode', () => {
    const rate = fc.integer({ min: 2_000, max: 1_000_000 })
    const seconds = fc.integer({ min: 1, max: 60 })
    const group = fc.record({
      count: fc.integer({ min: 1, max: 3 }),
      uploadBytesPerSecond: fc.oneof(fc.constant(0), rate),
      downloadBytesPerSecond: rate,
      latencyMs: fc.integer({ min: 0, max: 300 }),
      joinAtSeconds: fc.oneof(fc.constant(0), fc.nat(30)),
      behaviour: fc.constantFrom(...behaviours),
    })
    const groupThatMoves = fc.tuple(group, fc.option(fc.tuple(seconds, seconds))).map(([still, moves]) =>
      moves
        ? {
            ...still,
            leaveAtSeconds: still.joinAtSeconds + moves[0],
            rejoinAtSeconds: still.joinAtSeconds + moves[0] + moves[1],
          }
        : still,
    )
    const policy = fc.record(
      {
        picker: fc.constantFrom('rarest-first' as const, 'random' as const, 'sequential' as const),
        choker: fc.constantFrom('tit-for-tat' as const, 'round-robin' as const, 'everyone' as const),
        regularSlots: fc.integer({ min: 1, max: 6 }),
        handOutOnce: fc.boolean(),
        immediateUnchoke: fc.boolean(),
        keepPlaces: fc.boolean(),
        endgame: fc.boolean(),
        wholeChunks: fc.boolean(),
        requestWindow: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    const random = fc.record({
      seed: fc.nat(),
      mode: fc.constantFrom('p2p' as const, 'client-server' as const),
      chunks: fc.integer({ min: 1, max: 30 }),
      chunkBytes: fc.constantFrom(CHUNK, CHUNK, CHUNK / 4, 50_001),
      serverUploadBytesPerSecond: rate,
      peers: fc
        .array(groupThatMoves, { minLength: 1, maxLength: 3 })
        .filter((peers) =>
          peers.some(({ behaviour }) => behaviour !== 'claims-all' && behaviour !== 'sends-bad-chunks'),
        ),
      policy,
    })
    let runs = 0
    let completed = 0
    fc.assert(
      fc.property(random, (options) => {
        const { ratio } = simulate(experiment(options)).result
        runs++
        if (ratio !== null) completed++
        expect(ratio ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(1 - 1e-9)
      }),
      { numRuns: 300 },
    )
    // A run without an end says nothing of the bound: most must have one.
    expect(completed / runs).toBeGreaterThan(0.5)
  })

  it('[SIM-8] in which somebody leaves for good has no distribution time', () => {
    const { result } = simulate(
      experiment({
        chunks: 20,
        serverUploadBytesPerSecond: 50_000,
        peers: [{ count: 3 }, { count: 1, leaveAtSeconds: 5 }],
      }),
    )
    expect(result).toMatchObject({ distributionSeconds: null, ratio: null })
    const times = result.peers.map(({ completedAtSeconds }) => completedAtSeconds)
    expect(times).toEqual([expect.any(Number), expect.any(Number), expect.any(Number), null])
  })

  it('[SIM-9] gives back to those that rejoin the chunks that they held', () => {
    const { result, timeline } = simulate(
      experiment({
        chunks: 40,
        serverUploadBytesPerSecond: 100_000,
        peers: [{ count: 4 }, { count: 1, leaveAtSeconds: 20, rejoinAtSeconds: 60 }],
      }),
    )
    const leaver = timeline.peers.length - 1
    const heldAt = (at: number) => timeline.samples.findLast(({ atSeconds }) => atSeconds <= at)?.held[leaver]
    const held = heldAt(21) ?? 0
    expect(held).toBeGreaterThan(5)
    expect(held).toBeLessThan(40)
    expect(heldAt(60)).toBe(held)
    expect(result.peers.at(-1)?.completedAtSeconds).toBeGreaterThan(60)
    // Not a chunk came twice.
    expect(result.peers.at(-1)?.downloadedBytes).toBe(40 * CHUNK)
  })

  it('[SIM-10] by client and server takes every byte from the server', () => {
    const { result } = simulate(
      experiment({ mode: 'client-server', chunks: 20, serverUploadBytesPerSecond: 200_000, peers: [{ count: 4 }] }),
    )
    expect(result.serverUploadedBytes).toBe(4 * 20 * CHUNK)
    expect(result.peers.every(({ uploadedBytes }) => uploadedBytes === 0)).toBe(true)
  })

  it('[SIM-11] lets nobody pass on a byte who rides free', () => {
    const { result } = simulate(flashCrowd(5))
    expect(result.peers.slice(9, 11).map(({ uploadedBytes }) => uploadedBytes)).toEqual([0, 0])
    expect(result.peers.slice(9, 11).every(({ completedAtSeconds }) => completedAtSeconds)).toBe(true)
  })

  it('[SIM-12] has a timeline that stays small and adds up, however long it takes', () => {
    const { result, timeline } = simulate(
      experiment({
        chunks: 30,
        serverUploadBytesPerSecond: 10_000,
        peers: [{ count: 2, uploadBytesPerSecond: 10_000 }],
      }),
    )
    const { samples } = timeline
    expect(result.distributionSeconds).toBeGreaterThan(190)
    expect(samples.length).toBeGreaterThan(100)
    expect(samples.length).toBeLessThan(250)
    const sent = samples.flatMap(({ flows }) => flows).reduce((sum, [, , bytes]) => sum + bytes, 0)
    expect(sent).toBe(result.serverUploadedBytes + result.peers.reduce((sum, peer) => sum + peer.uploadedBytes, 0))
    expect(samples[0]).toMatchObject({ held: [30, 0, 0], rarest: 1 })
    expect(samples.at(-1)).toMatchObject({ held: [30, 30, 30], rarest: 3, copies: Array(30).fill(3) })
    expect(timeline).not.toHaveProperty('flowsOmitted')
  })

  it('[SIM-12] says in its timeline what it leaves out where there are too many peers to draw', () => {
    const { timeline } = simulate(experiment({ chunks: 2, serverUploadBytesPerSecond: 1e6, peers: [{ count: 60 }] }))
    expect(timeline).toMatchObject({ flowsOmitted: true, chokesEndAtSeconds: 0, chokes: [] })
    expect(timeline.samples.flatMap(({ flows }) => flows)).toEqual([])
  })
})
