// What a report of the lab's runs says: settings in words, the verdict, a line for each setting, notes. Draws nothing.
import type { Experiment } from '@swarmdrop/core/simulation'
import {
  comparedOf,
  comparisonKey,
  type LabResult,
  type LabSnapshot,
  type Repeats,
  repeatsOf,
  settingsOf,
  verdictOf,
} from '@swarmdrop/peer/lab'
import { differenceOf, type Fact, factsOf } from '../experiment/settings-words'
import { type KnownFigure, knownFigure } from './known-figure'
import { lessons } from './lesson-words'
import { type RepeatRow, repeatRow } from './repeat-columns'
import { ratioWords } from './repeat-words'
import { doubtWords, headline, meansWords, reason } from './verdict-words'

export type ReportRow = RepeatRow & {
  id: string
  /** The difference from the settings that the report begins with; empty where there is none. */
  setting: string
}

export type Report = {
  /** The settings of the last run. */
  settings: Fact[]
  sentences: string[]
  rows: ReportRow[]
  notes: string[]
}

type Reported = Pick<LabSnapshot, 'results' | 'compared' | 'settings' | 'peerCount'>

/** The report; undefined where no run was made. */
export function reportOf(snapshot: Reported): Report | undefined {
  const { results } = snapshot
  const last = results.at(-1)
  if (!last) return undefined
  const { settings } = settingsOf(last.experiment)
  const both = new Set(results.map(({ experiment }) => experiment.mode)).size > 1
  return {
    settings: factsOf(settings, last.experiment.mode).filter(
      ({ label, isDefault }) => !isDefault && !(both && label === 'Mode'),
    ),
    sentences: sentencesOf(snapshot),
    rows: repeatsOf(results).map((group) => rowOf(group, last.experiment)),
    notes: notesOf(results),
  }
}

/** The known figure for the settings of the last run: those that the report begins with. */
export function reportFigure(results: readonly LabResult[]): KnownFigure | undefined {
  const last = results.at(-1)
  if (!last) return undefined
  const { settings, peerCount } = settingsOf(last.experiment)
  return knownFigure(settings, results, peerCount)
}

function sentencesOf({ results, compared, settings, peerCount }: Reported): string[] {
  if (compared && peerCount > 0) {
    const { a, b, ratio } = comparedOf(compared, settings, peerCount, results)
    const names = differenceOf({ settings: compared, mode: a.experiment.mode }, { settings, mode: b.experiment.mode })
    if (names && ratio) return [ratioWords(names.a, names.b, ratio)]
  }
  const verdict = verdictOf(results)
  if (!verdict) return ['In the last run, not everybody got the file.']
  if (verdict.doubts.length > 0) return [headline(verdict), 'The last run cannot be trusted: see the notes.']
  return [headline(verdict), meansWords(verdict), reason(verdict), ...lessons(verdict.result)].filter(
    (sentence) => sentence !== undefined,
  )
}

const rowOf = (group: Repeats, last: Experiment): ReportRow => ({
  id: group.runs[0]?.id ?? '',
  setting: differenceWords(group.experiment, last),
  ...repeatRow(group),
})

/** The words for an experiment by what it sets differently, the way apart; a name alone where only that is another. */
function differenceWords(experiment: Experiment, last: Experiment): string {
  if (comparisonKey(experiment) === comparisonKey(last)) return ''
  const [own, other] = [experiment, last].map((one) => settingsOf(one).settings)
  if (!own || !other) return ''
  return differenceOf({ settings: own, mode: 'p2p' }, { settings: other, mode: 'p2p' })?.a ?? ''
}

function notesOf(results: readonly LabResult[]): string[] {
  return results.flatMap((result, at) =>
    [...(result.note ? [result.note] : []), ...(result.notes ?? []), ...doubtWords(result)].map(
      (note) => `Run ${at + 1}: ${note}`,
    ),
  )
}
