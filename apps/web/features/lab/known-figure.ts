// The known figure for what is set now: the bounds over N, and the points of the runs that were made with the same
// settings. Draws nothing.
import { type Experiment, peerCountOf } from '@swarmdrop/core/simulation'
import type { FigurePoint } from '@swarmdrop/core/theory'
import {
  comparisonKey,
  doubtsOf,
  type Estimate,
  experimentOf,
  type LabResult,
  type LabSettings,
  type Repeats,
  repeatsOf,
} from '@swarmdrop/peer/lab'
import type { RunPoint } from '../charts/distribution-data'
import { figureOf } from '../experiment/known-figure'

export type KnownFigure = { curves: FigurePoint[]; simulated: RunPoint[]; measured: RunPoint[] }

export function knownFigure(settings: LabSettings, results: readonly LabResult[], peerCount: number): KnownFigure {
  const alike = results.filter(({ experiment }) => isOf(experiment, settings))
  const largest = Math.max(2, peerCount, ...alike.map(({ experiment }) => peerCountOf(experiment)))
  const repeats = repeatsOf(alike)
  return {
    curves: figureOf((n) => experimentOf(settings, 'p2p', n), largest),
    measured: repeats.flatMap((group) => [...doubtful(group), ...pointOf(group, group.measured)]),
    simulated: repeats.flatMap((group) => pointOf(group, group.simulated)),
  }
}

/** One point for all runs of a setting, at their mean. */
function pointOf({ experiment }: Repeats, estimate: Estimate | undefined): RunPoint[] {
  if (!estimate) return []
  const { mean, interval } = estimate
  return [{ n: peerCountOf(experiment), seconds: mean, mode: experiment.mode, ...(interval && { interval }) }]
}

const doubtful = ({ runs, experiment }: Repeats): RunPoint[] =>
  runs.flatMap((run) => {
    const seconds = run.measured.distributionSeconds
    if (seconds === null || doubtsOf(run).length === 0) return []
    return [{ n: peerCountOf(experiment), seconds, mode: experiment.mode, isDoubtful: true }]
  })

/** Whether a run was of this experiment, whatever its N. */
const isOf = (experiment: Experiment, settings: LabSettings): boolean =>
  comparisonKey(experimentOf(settings, experiment.mode, peerCountOf(experiment))) === comparisonKey(experiment)
