// The known figure for what is set now: the bounds over N, and the points of the runs that were made with the same settings.
// Draws nothing.
import { boundsOf, type Experiment, peerCountOf } from '@swarmdrop/core'
import type { LabResult } from '../../session/lab/results'
import { experimentOf, type LabSettings } from '../../session/lab/settings'
import type { Curves, RunPoint } from '../charts/distribution-data'

export type KnownFigure = { curves: Curves; simulated: RunPoint[]; measured: RunPoint[] }

export function knownFigure(settings: LabSettings, results: readonly LabResult[], peerCount: number): KnownFigure {
  const alike = results.filter(({ experiment }) => isOf(experiment, settings))
  const largest = Math.max(2, peerCount, ...alike.map(({ experiment }) => peerCountOf(experiment)))
  const curves: Required<Curves> = { clientServer: [], p2p: [], chunked: [] }
  for (let n = 1; n <= largest; n++) {
    const bounds = boundsFor(settings, n)
    if (!bounds) continue
    curves.clientServer.push({ n, seconds: bounds.clientServer })
    curves.p2p.push({ n, seconds: bounds.p2p })
    curves.chunked?.push({ n, seconds: bounds.chunked })
  }
  return {
    curves,
    measured: points(alike, 'measured'),
    simulated: points(alike, 'simulated'),
  }
}

function points(results: readonly LabResult[], which: 'measured' | 'simulated'): RunPoint[] {
  return results.flatMap((result) => {
    const seconds = result[which].distributionSeconds
    const { experiment } = result
    return seconds === null ? [] : [{ n: peerCountOf(experiment), seconds, mode: experiment.mode }]
  })
}

/** Undefined where theory has no answer, as with liars alone. */
function boundsFor(settings: LabSettings, n: number) {
  try {
    return boundsOf(experimentOf(settings, 'p2p', n))
  } catch {
    return undefined
  }
}

/** Whether a run was of this experiment, whatever its N: a sweep leaves the special kinds out. */
function isOf(experiment: Experiment, settings: LabSettings): boolean {
  const n = peerCountOf(experiment)
  const plain = { ...settings, specials: [] }
  return [settings, plain].some((of) => essence(experimentOf(of, experiment.mode, n)) === essence(experiment))
}

const essence = ({ fileBytes, chunkBytes, server, peers, policy = {} }: Experiment) => {
  const { maxNeighbours: _, ...rules } = policy
  return JSON.stringify([fileBytes, chunkBytes, server, peers, rules])
}
