// One experiment simulated with many seeds, several at a time. Knows nothing of where they are simulated.
import type { Experiment, ExperimentResult } from '@swarmdrop/core/simulation'
import { asMeasured } from './outcome'

export type SeedsPorts = {
  simulate(experiment: Experiment, signal: AbortSignal): Promise<ExperimentResult>
  /** How many simulations may run at a time. */
  simulationsAtOnce: number
}

/** The experiment with its own seed and those that follow. */
export const withSeeds = (experiment: Experiment, count: number): Experiment[] =>
  Array.from({ length: count }, (_, i) => ({ ...experiment, seed: experiment.seed + i }))

/**
 * How long each takes, in their order; null where somebody never got the file. Rejects when the signal aborts, or a
 * simulation fails. `onOne`: one more is done.
 */
export async function simulateAll(
  { simulate, simulationsAtOnce }: SeedsPorts,
  experiments: readonly Experiment[],
  signal: AbortSignal,
  onOne: () => void,
): Promise<(number | null)[]> {
  const seconds = new Array<number | null>(experiments.length).fill(null)
  const waiting = [...experiments.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      signal.throwIfAborted()
      const [at, experiment] = next
      seconds[at] = asMeasured(experiment, await simulate(experiment, signal)).distributionSeconds
      onOne()
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, simulationsAtOnce) }, work))
  return seconds
}
