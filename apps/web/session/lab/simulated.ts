// The same experiment in virtual time, beside the real run. Knows nothing of that run.
import type { Experiment, ExperimentResult } from '@swarmdrop/core'
import { simulateOffThread } from '../../adapters/simulation/simulate-off-thread'
import { asMeasured } from './outcome'

/** Rejects when `signal` says so; nobody need be waiting for it yet. */
export function simulateBeside(experiment: Experiment, signal: AbortSignal): Promise<ExperimentResult> {
  const outcome = simulateOffThread(experiment, () => {}, signal).then(({ result }) => asMeasured(experiment, result))
  outcome.catch(() => {})
  return outcome
}
