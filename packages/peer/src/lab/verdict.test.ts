// What came of runs: pairs, doubts, and what binds.
import { boundsOf, type ExperimentResult } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { doubtsOf } from './doubts'
import { comparisonKey } from './repeats'
import type { LabResult } from './results'
import { experimentOf, firstSettings, type LabSettings } from './settings'
import { pairOf, verdictOf } from './verdict'

function resultOf(
  mode: 'p2p' | 'client-server',
  seconds: number | null,
  { settings = {}, simulated, ...rest }: Partial<LabResult & { settings: Partial<LabSettings> }> = {},
): LabResult {
  const experiment = experimentOf({ ...firstSettings, ...settings }, mode, 8)
  const bounds = boundsOf(experiment)
  const bound = mode === 'p2p' ? bounds.chunked : bounds.clientServer
  const measured: ExperimentResult = {
    distributionSeconds: seconds,
    bounds,
    ratio: seconds === null ? null : seconds / bound,
    uploadUtilisation: 0.9,
    serverUploadedBytes: 1,
    peers: [],
  }
  const startedAt = '2026-01-02T03:04:05.000Z'
  return { id: 'a run', experiment, measured, simulated: simulated ?? measured, startedAt, ...rest }
}

const takes = (seconds: number) => ({ ...resultOf('p2p', seconds).measured })

describe('a verdict', () => {
  it('is of both ways, where both were run with the same settings', () => {
    const p2p = resultOf('p2p', 13)
    const alone = resultOf('client-server', 52)
    expect(verdictOf([p2p, alone])).toMatchObject({
      together: { seconds: 13, isMeasured: true },
      alone: { seconds: 52, isMeasured: true },
      result: p2p,
      doubts: [],
    })
    expect(verdictOf([alone, p2p])?.result).toBe(p2p)
  })

  it('has theory for the way that was not run, or was run with other settings', () => {
    const p2p = resultOf('p2p', 13)
    const other = resultOf('client-server', 9, { settings: { fileBytes: 4_000_000 } })
    for (const results of [[p2p], [other, p2p], [resultOf('p2p', 14), p2p]])
      expect(verdictOf(results)).toMatchObject({
        together: { seconds: 13, isMeasured: true },
        alone: { seconds: p2p.measured.bounds.clientServer, isMeasured: false },
      })
  })

  it('says what binds: of the server alone, its uplink or the slowest download', () => {
    expect(verdictOf([resultOf('p2p', 13)])?.binding).toBe('total-upload')
    expect(verdictOf([resultOf('client-server', 52)])?.binding).toBe('server-upload')
    const everybody = { ...firstSettings.everybody, downloadBytesPerSecond: 100_000 }
    expect(verdictOf([resultOf('client-server', 170, { settings: { everybody } })])?.binding).toBe('slowest-download')
  })

  it('is not given where nobody got the file', () => {
    expect(verdictOf([])).toBeUndefined()
    expect(verdictOf([resultOf('p2p', null)])).toBeUndefined()
  })

  it('doubts the pair where it doubts one of the two', () => {
    const slow = resultOf('p2p', 20, { simulated: takes(13) })
    expect(verdictOf([slow, resultOf('client-server', 52)])?.doubts).toEqual(['slower'])
  })
})

describe('a run is doubted', () => {
  it.each<[string, LabResult, string[]]>([
    ['not, when it is as its simulation', resultOf('p2p', 13, { simulated: takes(12.8) }), []],
    ['not, when it is a fifth slower', resultOf('p2p', 15, { simulated: takes(12.5) }), []],
    ['when it is a good quarter slower', resultOf('p2p', 16.5, { simulated: takes(13) }), ['slower']],
    ['not, when it is short and late by a moment', resultOf('p2p', 13, { simulated: takes(12.6) }), []],
    ['when it beats the bound by more than rounding', resultOf('p2p', 11), ['faster']],
    ['when the page stood still', resultOf('p2p', 13, { stoodStillShare: 0.2 }), ['stood-still']],
    ['not, when it stood still for moments', resultOf('p2p', 13, { stoodStillShare: 0.05 }), []],
    ['when the limits hardly ever held anything back', resultOf('p2p', 13, { limitedShare: 0.2 }), ['unlimited']],
    ['not, when they did for most of the time', resultOf('p2p', 13, { limitedShare: 0.6 }), []],
    [
      'not, when they do not in its simulation either, as chunks are few',
      resultOf('p2p', 13, { limitedShare: 0.2, simulated: { ...takes(13), uploadUtilisation: 0.4 } }),
      [],
    ],
    [
      'when the server’s limit set its pace, and did not hold it back, whatever the others’ did',
      resultOf('client-server', 52, { limitedShare: 0.2, simulated: { ...takes(52), serverUploadedBytes: 128e6 } }),
      ['unlimited'],
    ],
  ])('%s', (_when, result, doubts) => {
    expect(doubtsOf(result)).toEqual(doubts)
  })
})

it('compares runs that differ in way, name, seed and number of neighbours alone', () => {
  const of = (settings: Partial<LabSettings>, mode: 'p2p' | 'client-server' = 'p2p') =>
    comparisonKey(experimentOf({ ...firstSettings, ...settings }, mode, 60))
  expect(of({ name: 'Other', seed: 9 }, 'client-server')).toBe(of({}))
  expect(of({ fileBytes: 1 })).not.toBe(of({}))
  expect(of({ policy: { picker: 'random' } })).not.toBe(of({}))
})

it('a pair is a run and the other way’s just before or after it, of the same settings', () => {
  const of = (id: string, mode: 'p2p' | 'client-server', fileBytes = 1e6) =>
    resultOf(mode, 5, { id, settings: { fileBytes } })
  const all = [of('a', 'p2p'), of('b', 'client-server'), of('c', 'p2p'), of('d', 'client-server'), of('e', 'p2p', 2e6)]
  const idsWith = (id: string) => pairOf(all, id).map((result) => result.id)
  expect(['a', 'b', 'c', 'd', 'e'].map(idsWith)).toEqual([['a', 'b'], ['a', 'b'], ['c', 'd'], ['c', 'd'], ['e']])
  expect(idsWith('none')).toEqual([])
})

it('is of the means where both ways were run several times, without the runs that cannot be believed', () => {
  const simulated = takes(20)
  const all = [20, 90, 22, 21].flatMap((seconds) => [
    resultOf('p2p', seconds, { simulated }),
    resultOf('client-server', 80, { simulated: takes(80) }),
  ])
  const { together, alone, doubts } = verdictOf(all) ?? {}
  expect(together).toMatchObject({ seconds: 21, runs: 3, isMeasured: true })
  expect(together?.interval?.high).toBeGreaterThan(21)
  expect(alone).toMatchObject({ seconds: 80, runs: 4, interval: { low: 80, high: 80 } })
  expect(doubts).toEqual([])
  // A single mad run is still said to be one.
  expect(verdictOf(all.slice(2, 4))?.doubts).toEqual(['slower'])
})
