// Runs of one setting, put together: the mean of what was measured and of what was simulated, without the runs that
// cannot be believed. Knows nothing of how they were made.
import type { Experiment } from '@swarmdrop/core/simulation'
import { doubtsOf } from './doubts'
import type { LabResult } from './results'
import { type Estimate, estimateOf } from './statistics'

export type Repeats = {
  /** The experiment of the first of them: they differ in name and seed alone. */
  experiment: Experiment
  /** The runs, in the order in which they were made. */
  runs: LabResult[]
  /** Seconds, of the runs that can be believed and in which everybody got the file; undefined: there is none. */
  measured: Estimate | undefined
  simulated: Estimate | undefined
  /** How many are left out. */
  doubtful: number
}

/** The same for runs of one setting, whatever they are called. */
export const settingKey = (experiment: Experiment): string => `${experiment.mode} ${comparisonKey(experiment)}`

/** The repeats of each setting, in the order of their first runs. */
export function repeatsOf(results: readonly LabResult[]): Repeats[] {
  const groups = new Map<string, LabResult[]>()
  for (const result of results) {
    const key = settingKey(result.experiment)
    const group = groups.get(key)
    if (group) group.push(result)
    else groups.set(key, [result])
  }
  return [...groups.values()].flatMap((runs) => {
    const [first] = runs
    if (!first) return []
    const measured = estimateOf(believedSeconds(runs))
    const simulated = estimateOf(runs.flatMap((run) => run.simulated.distributionSeconds ?? []))
    const doubtful = runs.filter((run) => doubtsOf(run).length > 0).length
    return [{ experiment: first.experiment, runs, measured, simulated, doubtful }]
  })
}

/** The seconds of the runs that can be believed and in which everybody got the file. */
export const believedSeconds = (runs: readonly LabResult[]): number[] =>
  runs.flatMap((run) => (doubtsOf(run).length > 0 ? [] : (run.measured.distributionSeconds ?? [])))

/** The repeats of this setting; undefined where it was never run. */
export const repeatsLike = (experiment: Experiment, results: readonly LabResult[]): Repeats | undefined =>
  repeatsOf(results.filter((result) => settingKey(result.experiment) === settingKey(experiment)))[0]

/**
 * The same for runs that differ in nothing but the way, the name, the seed and the number of neighbours, which follows
 * from the way.
 */
export function comparisonKey({ fileBytes, chunkBytes, server, peers, policy = {} }: Experiment): string {
  const { maxNeighbours: _, ...rules } = policy
  return JSON.stringify([fileBytes, chunkBytes, server, peers, rules])
}
