// Swarms on a network of paths: what queues and losses do to a run.
import { describe, expect, it } from 'vitest'
import { experiment } from '../testing/experiments'
import { type Experiment, parseExperiment } from './experiment'
import { simulate } from './simulation'

const pair = (more: Partial<Experiment['server']> = {}) =>
  experiment({
    network: 'paths',
    chunks: 20,
    serverUploadBytesPerSecond: 500_000,
    server: more,
    peers: [{ uploadBytesPerSecond: 500_000, downloadBytesPerSecond: 2_000_000 }],
  })

describe('a network of paths', () => {
  it('[SIM-16] takes a file from one to the other, no quicker than uplink and distance allow', () => {
    const { result } = simulate(pair({ queueMs: 2_000 }))
    const least = (20 * 65_536) / 500_000 / 0.926 + 0.1
    expect(result.distributionSeconds).toBeGreaterThan(least)
    expect(result.distributionSeconds).toBeLessThan(1.5 * least)
  })

  it('[SIM-16] tells what was lost in queues and by chance, and how long bytes waited', () => {
    expect(simulate(pair()).result.queues).toMatchObject({ lostByChance: 0, droppedPackets: expect.any(Number) })
    const short = simulate(pair({ queueMs: 30 })).result.queues
    const long = simulate(pair({ queueMs: 3_000 })).result.queues
    expect(short?.droppedPackets).toBeGreaterThan(0)
    expect(long?.droppedPackets).toBe(0)
    expect(short?.longestWaitMs).toBeLessThanOrEqual(30)
    expect(long?.meanWaitMs).toBeGreaterThan(short?.meanWaitMs ?? Number.NaN)
    expect(simulate(pair({ lossShare: 0.01 })).result.queues?.lostByChance).toBeGreaterThan(5)
  })

  it('[SIM-16] has no queues to tell of where it is not asked for', () => {
    const { network: _, ...plain } = pair()
    expect(simulate(plain).result).not.toHaveProperty('queues')
  })

  it('[SIM-6] gives the same bytes for the same seed, with people who come and go', () => {
    const crowd = experiment({
      network: 'paths',
      chunks: 40,
      serverUploadBytesPerSecond: 100_000,
      peers: [
        { count: 4, joinWithinSeconds: 10, lossShare: 0.002 },
        { count: 2, leaveAtSeconds: 15, rejoinAtSeconds: 25, queueMs: 400 },
        { count: 1, uploadBytesPerSecond: 0 },
      ],
    })
    const once = simulate(crowd)
    expect(once.result.distributionSeconds).not.toBeNull()
    expect(JSON.stringify(simulate(crowd))).toBe(JSON.stringify(once))
  })

  it('[SIM-1] is what queues and losses need', () => {
    const { network: _, ...plain } = pair({ queueMs: 50 })
    const peers = plain.peers.map((group) => ({ ...group, lossShare: 0.01 }))
    expect(parseExperiment({ ...plain, peers })).toEqual({
      ok: false,
      problems: [
        'server.queueMs: expected nothing where network is not "paths", found 50',
        'peers[0].lossShare: expected nothing where network is not "paths", found 0.01',
      ],
    })
    expect(parseExperiment({ ...plain, peers, network: 'paths' })).toMatchObject({ ok: true })
    expect(parseExperiment({ ...plain, network: 'roads' })).toMatchObject({ ok: false })
  })
})
