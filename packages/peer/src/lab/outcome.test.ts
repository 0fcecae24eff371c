import { type Experiment, type PeerGroup, simulate } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { asMeasured, outcomeOf, type ParticipantOutcome } from './outcome'

const kind = { uploadBytesPerSecond: 1_000_000, downloadBytesPerSecond: 8_000_000 }

const experiment = (...peers: PeerGroup[]): Experiment => ({
  name: 'x',
  seed: 1,
  mode: 'p2p',
  fileBytes: 1_000_000,
  chunkBytes: 65_536,
  server: { uploadBytesPerSecond: 1_000_000 },
  peers,
})

const participant = (name: string, completedAfterMs: number | undefined): ParticipantOutcome => ({
  name,
  completedAfterMs,
  uploadedBytes: 1_000,
  downloadedBytes: completedAfterMs === undefined ? 10 : 1_000_000,
})

describe('the outcome', () => {
  it('is the last one’s time, and its ratio to the bound', () => {
    const outcome = outcomeOf(
      experiment({ ...kind, count: 2 }),
      [participant('Ada', 1_500), participant('Bob', 2_000)],
      1_000_000,
    )
    expect(outcome?.names).toEqual(['Ada', 'Bob'])
    expect(outcome?.measured).toMatchObject({ distributionSeconds: 2, serverUploadedBytes: 1_000_000 })
    expect(outcome?.measured.ratio).toBeCloseTo(2 / (outcome?.measured.bounds.chunked ?? 0))
  })

  it('is of the experiment without those who were not there', () => {
    const outcome = outcomeOf(
      experiment({ ...kind, count: 3 }),
      [participant('Ada', 1_500), undefined, participant('Cleo', 2_000)],
      1,
    )
    expect(outcome?.names).toEqual(['Ada', 'Cleo'])
    expect(outcome?.experiment.peers).toEqual([{ ...kind, count: 2 }])
    expect(outcomeOf(experiment({ ...kind, count: 1 }), [undefined], 1)).toBeUndefined()
  })

  it('has the time of those who have the file, and no ratio where somebody is without', () => {
    const { measured } =
      outcomeOf(experiment({ ...kind, count: 2 }), [participant('Ada', 1_500), participant('Bob', undefined)], 1) ?? {}
    expect(measured).toMatchObject({ distributionSeconds: 1.5, ratio: null })
    expect(measured?.peers[1]).toMatchObject({ completedAtSeconds: null, downloadedBytes: 10 })
  })

  it('has a ratio although a liar wants nothing', () => {
    const liar = { ...kind, count: 1, behaviour: 'claims-all' } as const
    const outcome = outcomeOf(
      experiment({ ...kind, count: 1 }, liar),
      [participant('Ada', 1_500), participant('Liar', undefined)],
      1,
    )
    expect(outcome?.measured.ratio).not.toBeNull()
  })
})

describe('the simulated run next to it', () => {
  it('has the time of those who stay, where somebody leaves for good by plan', () => {
    const leaving = experiment({ ...kind, count: 3 }, { ...kind, count: 1, leaveAtSeconds: 0.5 })
    const { result } = simulate(leaving)
    expect(result.distributionSeconds).toBeNull()
    const beside = asMeasured(leaving, result)
    const last = Math.max(...result.peers.map(({ completedAtSeconds }) => completedAtSeconds ?? 0))
    expect(beside).toMatchObject({ distributionSeconds: last, ratio: null, peers: result.peers })
    expect(beside.uploadUtilisation).toBeGreaterThan(0.2)
  })

  it('is left as it is where everybody gets the file, and where somebody should and does not', () => {
    const coming = experiment({ ...kind, count: 2 }, { ...kind, count: 1, leaveAtSeconds: 0.5, rejoinAtSeconds: 2 })
    const { result } = simulate(coming)
    expect(result.distributionSeconds).not.toBeNull()
    expect(asMeasured(coming, result)).toBe(result)
    const failed = { ...result, distributionSeconds: null, ratio: null }
    failed.peers = failed.peers.map((peer) => ({ ...peer, completedAtSeconds: null }))
    expect(asMeasured(coming, failed)).toBe(failed)
  })
})
