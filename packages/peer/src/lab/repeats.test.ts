import { boundsOf, type ExperimentResult } from '@swarmdrop/core/simulation'
import { expect, it } from 'vitest'
import { repeatsOf } from './repeats'
import type { LabResult } from './results'
import { sweepPeers } from './run-plan'
import { experimentOf, firstSettings, type LabSettings } from './settings'

function made(seconds: number | null, settings: Partial<LabSettings> = {}, rest: Partial<LabResult> = {}): LabResult {
  const experiment = experimentOf({ ...firstSettings, ...settings }, 'p2p', 8)
  const of = (distributionSeconds: number | null): ExperimentResult => ({
    distributionSeconds,
    bounds: boundsOf(experiment),
    ratio: distributionSeconds,
    uploadUtilisation: 1,
    serverUploadedBytes: 0,
    peers: [],
  })
  return { id: `${seconds}`, experiment, measured: of(seconds), simulated: of(20), startedAt: '', ...rest }
}

it('puts together runs that differ in name and seed alone, and takes their mean', () => {
  const slow = { serverUploadBytesPerSecond: 1_000_000 }
  const groups = repeatsOf([made(20), made(30, slow), made(22, { name: 'Again', seed: 9 }), made(24)])
  expect(groups.map(({ runs }) => runs.length)).toEqual([3, 1])
  expect(groups[0]?.measured).toMatchObject({ mean: 22, count: 3 })
  expect(groups[0]?.simulated).toEqual({ mean: 20, count: 3, interval: { low: 20, high: 20 } })
  expect(groups[1]?.measured?.interval).toBeUndefined()
})

it('leaves out runs that cannot be believed, and those in which somebody never got the file', () => {
  const [group] = repeatsOf([made(20), made(90), made(22), made(21, {}, { stoodStillShare: 0.5 }), made(null)])
  expect(group?.measured).toMatchObject({ mean: 21, count: 2 })
  expect(group?.doubtful).toBe(2)
  expect(repeatsOf([made(90)])[0]?.measured).toBeUndefined()
})

it('sweeps over numbers of peers of which one at least is like everybody, and over the whole', () => {
  const { everybody } = firstSettings
  const withSpecials = (count: number) => ({ ...firstSettings, specials: [{ ...everybody, count }] })
  expect(sweepPeers(firstSettings, 8)).toEqual([1, 2, 4, 8])
  expect(sweepPeers(withSpecials(2), 8)).toEqual([4, 8])
  expect(sweepPeers(withSpecials(8), 8)).toEqual([8])
})
