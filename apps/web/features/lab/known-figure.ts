// The known figure for what is set now: the bounds over N, and the points of the runs that were made with the same settings.
// Draws nothing.
import { type Experiment, type FigurePoint, peerCountOf } from '@swarmdrop/core'
import { comparisonKey, doubtsOf, experimentOf, type LabResult, type LabSettings } from '@swarmdrop/peer'
import type { RunPoint } from '../charts/distribution-data'
import { figureOf } from '../experiment/known-figure'

export type KnownFigure = { curves: FigurePoint[]; simulated: RunPoint[]; measured: RunPoint[] }

export function knownFigure(settings: LabSettings, results: readonly LabResult[], peerCount: number): KnownFigure {
  const alike = results.filter(({ experiment }) => isOf(experiment, settings))
  const largest = Math.max(2, peerCount, ...alike.map(({ experiment }) => peerCountOf(experiment)))
  return {
    curves: figureOf((n) => experimentOf(settings, 'p2p', n), largest),
    measured: points(alike, 'measured'),
    simulated: points(alike, 'simulated'),
  }
}

function points(results: readonly LabResult[], which: 'measured' | 'simulated'): RunPoint[] {
  return results.flatMap((result) => {
    const seconds = result[which].distributionSeconds
    const { experiment } = result
    const isDoubtful = which === 'measured' && doubtsOf(result).length > 0
    return seconds === null ? [] : [{ n: peerCountOf(experiment), seconds, mode: experiment.mode, isDoubtful }]
  })
}

/** Whether a run was of this experiment, whatever its N: a sweep leaves the special kinds out. */
function isOf(experiment: Experiment, settings: LabSettings): boolean {
  const n = peerCountOf(experiment)
  const plain = { ...settings, specials: [] }
  return [settings, plain].some(
    (of) => comparisonKey(experimentOf(of, experiment.mode, n)) === comparisonKey(experiment),
  )
}
