// Distribution times over N, made ready for a chart: one axis, one unit, one table. Draws nothing.
import type { Mode } from '@swarmdrop/core/simulation'
import type { FigurePoint } from '@swarmdrop/core/theory'
import { formatSeconds } from '../ui/format'
import type { ChartWords } from './chart-words'
import { type TimeUnit, unitFor } from './time-unit'

const BOUNDS = ['clientServer', 'p2p', 'chunked'] as const
type Bound = (typeof BOUNDS)[number]

/**
 * One run, simulated or measured, or the mean of several, with the interval that it lies in. `isDoubtful`: it tells
 * more of the machine than of what was set.
 */
export type RunPoint = {
  n: number
  seconds: number
  mode: Mode
  interval?: { low: number; high: number }
  isDoubtful?: boolean
}

export type DistributionData = {
  curves: readonly FigurePoint[]
  /** Which bounds there are, in their order. */
  bounds: readonly Bound[]
  simulated: RunPoint[]
  measured: RunPoint[]
  /** How long runs have lasted that have not ended. */
  running: RunPoint[]
  markedN: number | undefined
  unit: TimeUnit
  longestSeconds: number
  largestN: number
  words: ChartWords
}

export function prepare(
  curves: readonly FigurePoint[],
  simulated: RunPoint[],
  measured: RunPoint[],
  markedN: number | undefined,
  words: ChartWords,
  running: RunPoint[] = [],
): DistributionData {
  const bounds = BOUNDS.filter((bound) => curves.some((point) => point[bound] !== undefined))
  const runs = [...simulated, ...measured, ...running]
  const theory = curves.flatMap((point) => bounds.map((bound) => point[bound] ?? 0))
  const finite = [...theory, ...runs.map(({ seconds, interval }) => interval?.high ?? seconds)].filter(Number.isFinite)
  const longestSeconds = Math.max(0, ...finite)
  const largestN = Math.max(1, markedN ?? 1, ...[...curves, ...runs].map(({ n }) => n))
  return {
    curves,
    bounds,
    simulated,
    measured,
    running,
    markedN,
    unit: unitFor(longestSeconds),
    longestSeconds,
    largestN,
    words,
  }
}

/** What theory says there is absent at an N that only a run has. */
export type Row = Partial<FigurePoint> & { n: number; simulated: RunPoint[]; measured: RunPoint[] }

/** One row for each N of which anything is known, in order. */
export function rowsOf({ curves, simulated, measured }: DistributionData): Row[] {
  const rows = new Map<number, Row>(curves.map((point) => [point.n, { ...point, simulated: [], measured: [] }]))
  const rowOf = (n: number): Row => {
    const row = rows.get(n) ?? { n, simulated: [], measured: [] }
    rows.set(n, row)
    return row
  }
  for (const point of simulated) rowOf(point.n).simulated.push(point)
  for (const point of measured) rowOf(point.n).measured.push(point)
  return [...rows.values()].sort((a, b) => a.n - b.n)
}

/** "12.9 s", and for a mean "12.9 s (12.7 to 13.1)". */
export function pointInWords({ seconds, interval }: Pick<RunPoint, 'seconds' | 'interval'>): string {
  if (!interval) return formatSeconds(seconds)
  const [low, high] = [Math.max(0, interval.low), interval.high]
  // One unit for all three, where that is seconds.
  if (high < 99.95) return `${formatSeconds(seconds)} (${low.toFixed(1)} to ${high.toFixed(1)})`
  return `${formatSeconds(seconds)} (${formatSeconds(low)} to ${formatSeconds(high)})`
}
