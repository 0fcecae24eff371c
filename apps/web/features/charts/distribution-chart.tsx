'use client'
// Distribution time over the number of peers: theory, simulation and measurement in one picture, with its key and its
// values in text. Knows nothing of where they come from.
import type { FigurePoint } from '@swarmdrop/core/theory'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import { formatSeconds } from '../ui/format'
import styles from './chart.module.css'
import type { ChartLook } from './chart-look'
import { type ChartWords, TEXTBOOK_WORDS } from './chart-words'
import { pointInWords, prepare, type RunPoint, rowsOf } from './distribution-data'
import { dataOf, distributionOptions } from './distribution-plot'
import { DistributionTable } from './distribution-table'
import { Swatch } from './swatch'
import { usePlot } from './use-plot'

type DistributionChartProps = {
  curves: readonly FigurePoint[]
  simulated?: RunPoint[] | undefined
  measured?: RunPoint[] | undefined
  /** What has not ended yet, and so is not measured. */
  running?: RunPoint[] | undefined
  /** A line stands at this N, and the key says the values there. */
  markedN?: number | undefined
  /** The height of the plot alone, in pixels. */
  height?: number | undefined
  words?: ChartWords | undefined
}

const NONE: RunPoint[] = []
const DEFAULT_HEIGHT = 320

/** The chart, drawn again only when what it is given changes. */
export const DistributionChart = memo(function DistributionChart(props: DistributionChartProps) {
  const { curves, simulated = NONE, measured = NONE, running = NONE, markedN } = props
  const { height = DEFAULT_HEIGHT, words = TEXTBOOK_WORDS } = props
  const data = useMemo(
    () => prepare(curves, simulated, measured, markedN, words, running),
    [curves, simulated, measured, running, markedN, words],
  )
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(data)
  useEffect(() => {
    latest.current = data
  }, [data])
  const [pointed, setPointed] = useState<number>()
  const [makeOptions] = useState(() => (look: ChartLook) => distributionOptions(look, () => latest.current, setPointed))
  usePlot(
    place,
    makeOptions,
    useMemo(() => dataOf(data), [data]),
  )

  const rows = rowsOf(data)
  const row = (pointed !== undefined ? rows[pointed] : undefined) ?? rows.find(({ n }) => n === markedN) ?? rows.at(-1)
  const time = (seconds: number | undefined) => (seconds === undefined ? '–' : formatSeconds(seconds))
  const last = (points: RunPoint[] = [], mode: RunPoint['mode']) => {
    const point = points.findLast((one) => one.mode === mode)
    return point ? pointInWords(point) : '–'
  }
  return (
    <figure aria-label={words.title} className={styles.chart}>
      <div aria-hidden="true" className={styles.plot} ref={place} style={{ height }} />
      <div>
        <p className={`${styles.at} ${controls.figures}`}>{row === undefined ? ' ' : words.at(row.n)}</p>
        <ul className={`${styles.key} ${controls.figures}`}>
          {data.bounds.map((bound) => (
            <li key={bound}>
              <Swatch kind="curve" of={bound} />
              <span className={styles.label}>{words[bound]}, theory</span>
              <span className={styles.value}>{time(row?.[bound])}</span>
            </li>
          ))}
          {KINDS.flatMap(({ kind, fill }) =>
            MODES.filter((mode) => data[kind].some((point) => point.mode === mode)).map((mode) => (
              <li key={`${kind} ${mode}`}>
                <Swatch fill={fill} kind="point" mode={mode} />
                <span className={styles.label}>
                  {mode === 'p2p' ? words.p2p : words.clientServer}, {words[kind]}
                </span>
                <span className={styles.value}>{last(row?.[kind], mode)}</span>
              </li>
            )),
          )}
          {running.map(({ mode, seconds }) => (
            <li key={`running ${mode}`}>
              <Swatch kind="rising" mode={mode} />
              <span className={styles.label}>
                {mode === 'p2p' ? words.p2p : words.clientServer}, {words.running}
              </span>
              <span className={styles.value}>{time(seconds)}</span>
            </li>
          ))}
        </ul>
      </div>
      <DistributionTable data={data} />
    </figure>
  )
})

const KINDS = [
  { kind: 'simulated', fill: 'hollow' },
  { kind: 'measured', fill: 'solid' },
] as const
const MODES = ['client-server', 'p2p'] as const
