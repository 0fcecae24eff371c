// Two settings compared, A and B: which runs are made, and which of those that were made count for which. Says nothing
// in words.
import type { Experiment } from '@swarmdrop/core/simulation'
import { believedSeconds, settingKey } from './repeats'
import type { LabResult } from './results'
import { experimentOfStep, runSteps, type Step } from './run-plan'
import type { LabSettings } from './settings'
import { type Estimate, estimateOf, type Ratio, ratioOf } from './statistics'

/** One of the two compared, as it is run for so many peers. */
export const comparedStep = (settings: LabSettings, peers: number): Step => ({
  settings,
  // Two ways at once are compared by the verdict.
  mode: settings.mode === 'both' ? 'p2p' : settings.mode,
  peers,
})

/** A, B, A, B, …: what changes meanwhile on the machine changes both alike. */
export function comparisonSteps(a: LabSettings, b: LabSettings, peers: number, repeats: number): Step[] {
  const [ofA, ofB] = [a, b].map((settings) => {
    const { mode } = comparedStep(settings, peers)
    return runSteps({ ...settings, mode }, peers, repeats)
  })
  return (ofA ?? []).flatMap((step, at) => [step, ofB?.[at] ?? step])
}

export type ComparedSide = {
  experiment: Experiment
  /** The runs, in the order in which they were made. */
  runs: LabResult[]
  /** Seconds, of the runs that can be believed. */
  seconds: number[]
  estimate: Estimate | undefined
}

/** `ratio`: how many times as long B takes. */
export type Compared = { a: ComparedSide; b: ComparedSide; ratio: Ratio | undefined }

/** All runs that were made with either setting and so many peers, in this comparison or before it. */
export function comparedOf(a: LabSettings, b: LabSettings, peers: number, results: readonly LabResult[]): Compared {
  const side = (settings: LabSettings): ComparedSide => {
    const experiment = experimentOfStep(comparedStep(settings, peers))
    const key = settingKey(experiment)
    const runs = results.filter((result) => settingKey(result.experiment) === key)
    const seconds = believedSeconds(runs)
    return { experiment, runs, seconds, estimate: estimateOf(seconds) }
  }
  const [sideA, sideB] = [side(a), side(b)]
  return { a: sideA, b: sideB, ratio: ratioOf(sideB.seconds, sideA.seconds) }
}

/** `of`: what they are of, both; `settings` that have changed since have none. */
export type ComparedSimulations =
  | { phase: 'running'; of: string; done: number; all: number }
  | { phase: 'done'; of: string; a: number[]; b: number[] }
  | { phase: 'failed'; of: string; reason: string }

/** The same for the same two settings. */
export function comparisonOf(a: LabSettings, b: LabSettings, peers: number): string {
  return [a, b].map((one) => settingKey(experimentOfStep(comparedStep(one, peers)))).join(' | ')
}
