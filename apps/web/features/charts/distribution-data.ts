// Distribution times over N, made ready for a chart: one axis, one unit, one table. Draws nothing.
import type { ChartWords } from './chart-words'
import { type TimeUnit, unitFor } from './time-unit'

export type CurvePoint = { n: number; seconds: number }
export type RunPoint = CurvePoint & { mode: 'p2p' | 'client-server' }
export type Curves = { clientServer: CurvePoint[]; p2p: CurvePoint[]; chunked?: CurvePoint[] | undefined }

export type DistributionData = {
  curves: Curves
  simulated: RunPoint[]
  measured: RunPoint[]
  markedN: number | undefined
  unit: TimeUnit
  longestSeconds: number
  largestN: number
  words: ChartWords
}

export function prepare(
  curves: Curves,
  simulated: RunPoint[],
  measured: RunPoint[],
  markedN: number | undefined,
  words: ChartWords,
): DistributionData {
  const points = [...curves.clientServer, ...curves.p2p, ...(curves.chunked ?? []), ...simulated, ...measured]
  const finite = points.map(({ seconds }) => seconds).filter(Number.isFinite)
  const longestSeconds = Math.max(0, ...finite)
  const largestN = Math.max(1, markedN ?? 1, ...points.map(({ n }) => n))
  return { curves, simulated, measured, markedN, unit: unitFor(longestSeconds), longestSeconds, largestN, words }
}

export type Row = {
  n: number
  clientServer: number | undefined
  p2p: number | undefined
  chunked: number | undefined
  simulated: RunPoint[]
  measured: RunPoint[]
}

/** One row for each N of which anything is known, in order. */
export function rowsOf({ curves, simulated, measured }: DistributionData): Row[] {
  const rows = new Map<number, Row>()
  const rowOf = (n: number): Row => {
    const known = rows.get(n)
    if (known) return known
    const row = { n, clientServer: undefined, p2p: undefined, chunked: undefined, simulated: [], measured: [] }
    rows.set(n, row)
    return row
  }
  for (const { n, seconds } of curves.clientServer) rowOf(n).clientServer = seconds
  for (const { n, seconds } of curves.p2p) rowOf(n).p2p = seconds
  for (const { n, seconds } of curves.chunked ?? []) rowOf(n).chunked = seconds
  for (const point of simulated) rowOf(point.n).simulated.push(point)
  for (const point of measured) rowOf(point.n).measured.push(point)
  return [...rows.values()].sort((a, b) => a.n - b.n)
}
