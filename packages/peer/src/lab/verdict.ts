// What came of the last runs: how much sooner together than alone, what sets the pace, and whether the runs can be
// believed. Says nothing in words.
import type { Binding } from '@swarmdrop/core/theory'
import { type Doubt, doubtsOf } from './doubts'
import { bindingOf } from './limited-share'
import { comparisonKey, repeatsLike } from './repeats'
import { boundOf, type LabResult } from './results'
import type { Estimate, Interval } from './statistics'

/** The least runs for an interval: that of two is so wide that it tells nothing. */
const LEAST_RUNS = 3

/**
 * The time of one of both ways: measured, the mean where it was run several times, or by theory where there was no run.
 */
export type VerdictTime = {
  seconds: number
  isMeasured: boolean
  /** The interval of a mean of several runs. */
  interval?: Interval
  /** How many. */
  runs?: number
}

export type Verdict = {
  together: VerdictTime
  alone: VerdictTime
  /** The last run, from which the binding term and the bound are. */
  result: LabResult
  bound: number
  binding: Binding
  /** The doubts about each run in it for which no mean stands. */
  doubts: Doubt[]
}

/**
 * The verdict on the last run and, where it was made just before it with the same settings, the other way's. Undefined:
 * nobody got the file.
 */
export function verdictOf(results: readonly LabResult[]): Verdict | undefined {
  const last = results.at(-1)
  if (!last || last.measured.distributionSeconds === null) return undefined
  const other = results.at(-2)
  const pair = other && isPair(last, other) ? [last, other] : [last]
  const p2p = pair.find(({ experiment }) => experiment.mode === 'p2p')
  const { bounds } = last.measured
  return {
    together: timeOf(p2p, results, bounds.chunked),
    alone: timeOf(
      pair.find(({ experiment }) => experiment.mode === 'client-server'),
      results,
      bounds.clientServer,
    ),
    result: p2p ?? last,
    bound: boundOf(p2p ?? last),
    binding: bindingOf((p2p ?? last).experiment, (p2p ?? last).measured.bounds),
    doubts: [...new Set(pair.filter((result) => meanOf(result, results) === undefined).flatMap(doubtsOf))],
  }
}

function timeOf(result: LabResult | undefined, results: readonly LabResult[], bound: number): VerdictTime {
  const seconds = result?.measured.distributionSeconds
  if (!result || !seconds) return { seconds: bound, isMeasured: false }
  const mean = meanOf(result, results)
  if (!mean?.interval) return { seconds, isMeasured: true }
  return { seconds: mean.mean, isMeasured: true, interval: mean.interval, runs: mean.count }
}

/** The mean of all runs of the same setting, where there are enough that can be believed. */
function meanOf({ experiment }: LabResult, results: readonly LabResult[]): Estimate | undefined {
  const measured = repeatsLike(experiment, results)?.measured
  return measured && measured.count >= LEAST_RUNS ? measured : undefined
}

/**
 * A run and the other way's, where that was made just before or after it with the same settings, in the order in which
 * they were made. Where both neighbours would do, as in repeats, pairs are counted from the first run of these
 * settings.
 */
export function pairOf(results: readonly LabResult[], id: string): LabResult[] {
  const at = results.findIndex((result) => result.id === id)
  const own = results[at]
  if (!own) return []
  const isOfPair = (index: number) => isPairAt(results, index)
  let first = at
  while (isOfPair(first)) first--
  const isSecond = (at - first) % 2 === 1
  const pair = isSecond ? [results[at - 1], own] : [own, isOfPair(at + 1) ? results[at + 1] : undefined]
  return pair.filter((result) => result !== undefined)
}

/** Whether the run at this index is the other way of the one just before it. */
function isPairAt(results: readonly LabResult[], index: number): boolean {
  const [before, result] = [results[index - 1], results[index]]
  return before !== undefined && result !== undefined && isPair(before, result)
}

function isPair(one: LabResult, other: LabResult): boolean {
  return (
    one.experiment.mode !== other.experiment.mode && comparisonKey(one.experiment) === comparisonKey(other.experiment)
  )
}
