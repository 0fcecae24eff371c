// What came of the last runs: how much sooner together than alone, what sets the pace, and whether the runs can be believed. Says
// nothing in words.
import { type Binding, type Experiment, peerCountOf } from '@swarmdrop/core'
import { boundOf, type LabResult } from './results'

/**
 * Why a run tells more of the machine than of what was set. `slower`: well behind its simulation. `faster`: in less time than is possible,
 * as timers tick too coarsely for it. `stood-still`: the page that led it did, for a good part of the time.
 */
export type Doubt = 'slower' | 'faster' | 'stood-still'

/** A run may take this much longer than its simulation, and a short one by so many seconds. */
const SLOWER = { times: 1.25, seconds: 0.5 }
/** Of the bound: below, it is not rounding any more. */
const FASTER = 0.98
const STOOD_STILL_SHARE = 0.1
const NEARLY = 0.999

/** Empty: it can be believed. */
export function doubtsOf(result: LabResult): Doubt[] {
  const { measured, simulated, stoodStillShare = 0 } = result
  const { distributionSeconds: seconds, ratio } = measured
  const foreseen = simulated.distributionSeconds
  const doubts: Doubt[] = []
  if (seconds !== null && foreseen !== null && seconds > Math.max(SLOWER.times * foreseen, foreseen + SLOWER.seconds))
    doubts.push('slower')
  if (ratio !== null && ratio < FASTER) doubts.push('faster')
  if (stoodStillShare > STOOD_STILL_SHARE) doubts.push('stood-still')
  return doubts
}

/** One of both ways: measured, or by theory where there was no run. */
export type VerdictTime = { seconds: number; isMeasured: boolean }

export type Verdict = {
  together: VerdictTime
  alone: VerdictTime
  /** Of the last run, and by what it cannot be less than its bound. */
  result: LabResult
  bound: number
  binding: Binding
  /** Of any run in it. */
  doubts: Doubt[]
}

/** Of the last run and, where it was made just before it with the same settings, the other way's. Undefined: nobody got the file. */
export function verdictOf(results: readonly LabResult[]): Verdict | undefined {
  const last = results.at(-1)
  if (!last || last.measured.distributionSeconds === null) return undefined
  const other = results.at(-2)
  const pair = other && isPair(last, other) ? [last, other] : [last]
  const p2p = pair.find(({ experiment }) => experiment.mode === 'p2p')
  const { bounds } = last.measured
  return {
    together: timeOf(p2p, bounds.chunked),
    alone: timeOf(
      pair.find(({ experiment }) => experiment.mode === 'client-server'),
      bounds.clientServer,
    ),
    result: p2p ?? last,
    bound: boundOf(p2p ?? last),
    binding: p2p ? p2p.measured.bounds.binding : bindingAlone(last),
    doubts: [...new Set(pair.flatMap(doubtsOf))],
  }
}

const timeOf = (result: LabResult | undefined, bound: number): VerdictTime => {
  const seconds = result?.measured.distributionSeconds
  return seconds ? { seconds, isMeasured: true } : { seconds: bound, isMeasured: false }
}

/** From the server alone, it is its uplink or the slowest download. */
function bindingAlone({ experiment, measured: { bounds } }: LabResult): Binding {
  const { fileBytes, server } = experiment
  const uplinkSeconds = (peerCountOf(experiment) * fileBytes) / server.uploadBytesPerSecond
  return uplinkSeconds >= NEARLY * bounds.clientServer ? 'server-upload' : 'slowest-download'
}

/**
 * A run and the other way's, where that was made just before or after it with the same settings, in the order in which they were
 * made. Where both neighbours would do, as in repeats, pairs are counted from the first run of these settings.
 */
export function pairOf(results: readonly LabResult[], id: string): LabResult[] {
  const at = results.findIndex((result) => result.id === id)
  const own = results[at]
  if (!own) return []
  const isOfPair = (place: number) => isPairAt(results, place)
  let first = at
  while (isOfPair(first)) first--
  const isSecond = (at - first) % 2 === 1
  const pair = isSecond ? [results[at - 1], own] : [own, isOfPair(at + 1) ? results[at + 1] : undefined]
  return pair.filter((result) => result !== undefined)
}

/** Whether the run there is the other way of the one just before it. */
function isPairAt(results: readonly LabResult[], place: number): boolean {
  const [before, result] = [results[place - 1], results[place]]
  return before !== undefined && result !== undefined && isPair(before, result)
}

function isPair(one: LabResult, other: LabResult): boolean {
  return (
    one.experiment.mode !== other.experiment.mode && comparisonKey(one.experiment) === comparisonKey(other.experiment)
  )
}

/** The same for runs that differ in nothing but the way, the name, the seed and the number of neighbours, which follows from the way. */
export function comparisonKey({ fileBytes, chunkBytes, server, peers, policy = {} }: Experiment): string {
  const { maxNeighbours: _, ...rules } = policy
  return JSON.stringify([fileBytes, chunkBytes, server, peers, rules])
}
