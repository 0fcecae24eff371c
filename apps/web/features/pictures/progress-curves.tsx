'use client'
// How far each peer was at each moment: a curve a peer. Knows nothing of where the numbers come from.
import { useEffect, useMemo, useRef } from 'react'
import type uPlot from 'uplot'
import chart from '../charts/chart.module.css'
import type { ChartLook } from '../charts/chart-look'
import { formatDigits, unitFor } from '../charts/time-unit'
import { type PlotOptions, usePlot } from '../charts/use-plot'
import controls from '../ui/controls.module.css'
import { formatSpan } from '../ui/format'
import { peerNumber } from './peer-number'
import styles from './pictures.module.css'
import type { ProgressSeries } from './swarm-frame'
import { colourOf } from './swarm-paint'

type ProgressCurvesProps = {
  /** The curves in the order of `SwarmFrame.peers`; one without points is not drawn. */
  series: readonly ProgressSeries[]
  chunkCount: number
  untilSeconds: number
  /** A line stands at this moment. */
  atSeconds?: number | undefined
}

const HEIGHT = 240
// Eight colours for forty curves: dashes tell those of one colour apart.
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5]]

export function ProgressCurves({ series, chunkCount, untilSeconds, atSeconds }: ProgressCurvesProps) {
  const place = useRef<HTMLDivElement>(null)
  const unit = unitFor(untilSeconds)
  const data = useMemo(() => alignedData(series, chunkCount, unit.seconds), [series, chunkCount, unit.seconds])
  const numbers = series.map(peerNumber).join(' ')
  const extent = untilSeconds / unit.seconds
  const latestAt = useRef<number>(undefined)
  const makeOptions = useMemo(
    () => (look: ChartLook) =>
      optionsFor(look, numbers.split(' ').map(Number), extent, unit.long, () => latestAt.current),
    [numbers, extent, unit.long],
  )
  const plot = usePlot(place, makeOptions, data)
  useEffect(() => {
    latestAt.current = atSeconds === undefined ? undefined : atSeconds / unit.seconds
    if (plot.current) standAt(plot.current, latestAt.current)
  }, [plot, atSeconds, unit.seconds])

  return (
    <figure aria-label="Progress of each peer over time" className={chart.chart}>
      <div aria-hidden="true" className={`${chart.plot} ${styles.curves}`} ref={place} style={{ height: HEIGHT }} />
      <div className={controls.unseen}>
        <table>
          <caption>When each peer had all chunks</caption>
          <tbody>
            {series
              .filter(({ points }) => points.length > 0)
              .map(({ name, points }) => {
                const whole = points.find(({ held }) => held >= chunkCount)
                return (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{whole === undefined ? 'not complete' : formatSpan(whole.atSeconds)}</td>
                  </tr>
                )
              })}
          </tbody>
        </table>
      </div>
    </figure>
  )
}

function alignedData(series: readonly ProgressSeries[], chunkCount: number, unitSeconds: number): uPlot.AlignedData {
  const times = [...new Set(series.flatMap(({ points }) => points.map(({ atSeconds }) => atSeconds)))]
  times.sort((a, b) => a - b)
  const rowOf = new Map(times.map((time, i) => [time, i]))
  const columns = series.map(({ points }) => {
    const column: (number | null)[] = new Array(times.length).fill(null)
    for (const { atSeconds, held } of points) column[rowOf.get(atSeconds) ?? 0] = (100 * held) / Math.max(1, chunkCount)
    return column
  })
  return [times.map((time) => time / unitSeconds), ...columns]
}

/** The line at this moment. */
function standAt(plot: uPlot, at: number | undefined): void {
  plot.setCursor({ left: at === undefined ? -10 : plot.valToPos(at, 'x'), top: 10 }, false)
}

function optionsFor(
  look: ChartLook,
  numbers: readonly number[],
  extent: number,
  unitName: string,
  now: () => number | undefined,
): PlotOptions {
  const axis = { stroke: look.quiet, font: look.font, labelFont: look.font, labelSize: look.fontPixels * 1.6 }
  return {
    legend: { show: false },
    // The line follows the replay, not the pointer.
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false }, bind: { mousemove: () => null } },
    hooks: { draw: [(plot) => standAt(plot, now())] },
    scales: { x: { time: false, range: () => [0, Math.max(1e-9, extent)] }, y: { range: () => [0, 104] } },
    axes: [
      { ...axis, label: unitName, grid: { show: false }, ticks: { stroke: look.line }, size: look.fontPixels * 2.2 },
      {
        ...axis,
        label: 'chunks held, %',
        grid: { stroke: look.line, width: 1 },
        ticks: { show: false },
        values: (_plot, splits) => splits.map(formatDigits),
        incrs: [25, 50, 100],
        size: look.fontPixels * 2.6,
      },
    ],
    series: [
      {},
      ...numbers.map((number) => ({
        stroke: colourOf(number, look.ink),
        width: 1.5,
        dash: DASHES[number % DASHES.length] ?? [],
        points: { show: false },
        spanGaps: true,
      })),
    ],
  }
}
