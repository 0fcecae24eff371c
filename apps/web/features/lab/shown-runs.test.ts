import { experimentOf, firstSettings, type LabResult, type LabSettings } from '@swarmdrop/peer/lab'
import { expect, it } from 'vitest'
import { shownRuns } from './shown-runs'

const made = (id: string, mode: 'p2p' | 'client-server', settings: Partial<LabSettings> = {}) =>
  ({
    id,
    experiment: experimentOf({ ...firstSettings, ...settings }, mode, 8),
    measured: { distributionSeconds: 1, ratio: 1 },
    simulated: { distributionSeconds: 1 },
    recording: '…',
  }) as LabResult
const b = { ...firstSettings, policy: { picker: 'random' as const } }
const results = [made('1', 'p2p'), made('2', 'client-server'), made('3', 'p2p'), made('4', 'p2p', b)]
const page = {
  phase: 'done' as const,
  results: results.slice(0, 2),
  compared: undefined,
  settings: firstSettings,
  peerCount: 8,
}
const told = (shown: ReturnType<typeof shownRuns>) =>
  shown && [shown.runs.map(({ result }) => result.id), shown.first, shown.from]

it('after a run it is the pair that was made last, first the peers that help each other, and at its end', () => {
  expect(told(shownRuns(page, undefined))).toEqual([['1', '2'], 0, 'end'])
  expect(told(shownRuns({ ...page, phase: 'setup' }, undefined))).toBeUndefined()
  expect(told(shownRuns({ ...page, results: [] }, undefined))).toBeUndefined()
})

it('it is the run that was chosen, with the one that belongs to it, from its start', () => {
  expect(told(shownRuns({ ...page, phase: 'setup' }, { id: '2' }))).toEqual([['1', '2'], 1, 'start'])
  expect(told(shownRuns({ ...page, results }, { id: '3' }))).toEqual([['3'], 0, 'start'])
})

it('while one is under way it is none, and what was not recorded is left out', () => {
  expect(shownRuns({ ...page, phase: 'running' }, { id: '1' })).toBeUndefined()
  const [one, ...rest] = page.results
  const without = one ? [{ ...one, recording: undefined }, ...rest] : rest
  expect(told(shownRuns({ ...page, results: without }, undefined))).toEqual([['2'], 0, 'end'])
})

it('after a comparison it is both, side by side', () => {
  const comparing = { ...page, results, compared: firstSettings, settings: b }
  expect(told(shownRuns(comparing, undefined))).toEqual([['3', '4'], 2, 'end'])
  // Nothing differs any more.
  expect(told(shownRuns({ ...comparing, settings: firstSettings }, undefined))).toEqual([['4'], 0, 'end'])
})
