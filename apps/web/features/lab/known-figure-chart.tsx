// The known figure for what is set, with what was run: its bounds, its points, and the run under way. Draws no other
// picture.
import { peerCountOf } from '@swarmdrop/core/simulation'
import type { LabSnapshot } from '@swarmdrop/peer/lab'
import { useMemo } from 'react'
import { DistributionChart } from '../charts/distribution-chart'
import { knownFigure } from './known-figure'

export function KnownFigureChart({ snapshot, height }: { snapshot: LabSnapshot; height: number }) {
  const { settings, results, phase, run, peerCount: count } = snapshot
  const figure = useMemo(() => knownFigure(settings, results, count), [settings, results, count])
  const experiment = phase === 'running' ? run?.experiment : undefined
  // A line rises while the run lasts, half a second at a time: what is still running is no measurement.
  const seconds = Math.round((run?.seconds ?? 0) * 2) / 2
  const running = useMemo(
    () => (experiment && seconds > 0 ? [{ n: peerCountOf(experiment), seconds, mode: experiment.mode }] : []),
    [experiment, seconds],
  )
  return (
    <DistributionChart
      curves={figure.curves}
      height={height}
      markedN={count > 0 ? count : undefined}
      measured={figure.measured}
      running={running}
      simulated={figure.simulated}
    />
  )
}
