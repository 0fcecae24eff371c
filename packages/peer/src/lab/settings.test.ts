import { parseExperiment, participantsOf } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { experimentOf, experimentWith, firstSettings, settingsOf, sweepSizes, withoutPeers } from './settings'

const freeRiders = { ...firstSettings.everybody, count: 2, behaviour: 'free-rider' as const }

describe('the experiment that is set', () => {
  it('is one that core takes, for any number of peers and both ways', () => {
    for (const mode of ['p2p', 'client-server'] as const)
      for (const n of [1, 8, 100])
        expect(parseExperiment(experimentOf(firstSettings, mode, n))).toMatchObject({ ok: true })
  })

  it('gives the special kinds their peers, and all others are like everybody', () => {
    const { peers } = experimentOf({ ...firstSettings, specials: [freeRiders] }, 'p2p', 8)
    expect(peers.map(({ count, behaviour }) => [count, behaviour])).toEqual([
      [6, undefined],
      [2, 'free-rider'],
    ])
  })

  it('has no more special peers than peers', () => {
    const { peers } = experimentOf({ ...firstSettings, specials: [freeRiders] }, 'p2p', 1)
    expect(peers.map(({ count }) => count)).toEqual([1])
  })

  it('lets a server serve more than a peer has neighbours', () => {
    expect(experimentOf(firstSettings, 'client-server', 80).policy?.maxNeighbours).toBe(80)
    expect(experimentOf(firstSettings, 'p2p', 80).policy).toBeUndefined()
  })

  it('says nothing of what is left at its default, and has a name of some kind', () => {
    const { chunkBytes: _, policy, ...experiment } = experimentWith({ ...firstSettings, name: ' ' }, 'p2p', [])
    expect(policy).toBeUndefined()
    expect(Object.keys(experiment)).toEqual(['name', 'seed', 'mode', 'fileBytes', 'server', 'peers'])
    expect(experiment.name).toBe('Experiment')
    expect(experimentWith({ ...firstSettings, chunkBytes: 65_536 }, 'p2p', []).chunkBytes).toBe(65_536)
  })

  it('comes back as the same settings from a file', () => {
    const set = { ...firstSettings, specials: [freeRiders], mode: 'p2p' as const, policy: { regularSlots: 2 } }
    expect(settingsOf(experimentOf(set, 'p2p', 8))).toEqual({ settings: set, peerCount: 8 })
  })

  it('is without those that were not there', () => {
    const whole = experimentOf({ ...firstSettings, specials: [freeRiders] }, 'p2p', 4)
    const rest = withoutPeers(whole, new Set([0, 3]))
    expect(rest && participantsOf(rest).peers.map(({ behaviour }) => behaviour)).toEqual(['normal', 'free-rider'])
    expect(withoutPeers(whole, new Set([0, 1, 2, 3]))).toBeUndefined()
    expect(withoutPeers(whole, new Set())).toBe(whole)
  })
})

it('sweeps over powers of two and the whole', () => {
  expect(sweepSizes(1)).toEqual([1])
  expect(sweepSizes(4)).toEqual([1, 2, 4])
  expect(sweepSizes(11)).toEqual([1, 2, 4, 8, 11])
})
