// The known figure for a sheet of paper: bounds dashed, simulations hollow, measurements solid with their intervals. An
// image by itself.
import type { FigurePoint } from '@swarmdrop/core/theory'
import type { RunPoint } from '../charts/distribution-data'
import { formatDigits, unitFor } from '../charts/time-unit'
import type { KnownFigure } from './known-figure'
import styles from './report.module.css'

/** A sheet's drawing, and a phone's: its type is no smaller there. */
const SHAPES = { wide: { width: 640, height: 300 }, narrow: { width: 340, height: 260 } }
const LEFT = 52
const BOTTOM = 44
const TOP = 10
const RIGHT = 12
const INK = '#16161a'
const QUIET = '#4e4e58'
const LINE = '#dedee3'
const COLOURS = { p2p: '#0072b2', 'client-server': '#d55e00' }
const RADIUS = 4
const TICKS = 5

/** One of both is seen, by the width of what it stands in. */
export function ReportFigure({ figure }: { figure: KnownFigure }) {
  return (
    <>
      <div className={styles.wide}>
        <Drawing figure={figure} shape="wide" />
      </div>
      <div className={styles.narrow}>
        <Drawing figure={figure} shape="narrow" />
      </div>
    </>
  )
}

type DrawingProps = { figure: KnownFigure; shape: keyof typeof SHAPES }

function Drawing({ figure: { curves, measured, simulated }, shape }: DrawingProps) {
  const { width, height } = SHAPES[shape]
  const points = [...measured, ...simulated]
  const longest = Math.max(
    1e-9,
    ...curves.flatMap(({ clientServer, chunked = 0 }) => [clientServer, chunked]),
    ...points.map(({ seconds, interval }) => interval?.high ?? seconds),
  )
  const largest = Math.max(2, ...[...curves, ...points].map(({ n }) => n))
  const unit = unitFor(longest)
  const x = (n: number) => LEFT + ((width - LEFT - RIGHT) * n) / (largest * 1.03)
  const y = (seconds: number) => height - BOTTOM - ((height - BOTTOM - TOP) * Math.max(0, seconds)) / (longest * 1.06)
  const step = niceStep(longest / unit.seconds / TICKS)
  const times = upTo(longest / unit.seconds, step)
  const peers = upTo(largest, Math.max(1, niceStep(largest / (width / 80)))).filter((n) => n > 0)
  const path = (of: (point: FigurePoint) => number) =>
    curves.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.n).toFixed(1)} ${y(of(point)).toFixed(1)}`).join('')
  return (
    <svg
      aria-label="Distribution time by the number of peers"
      fontSize="12"
      role="img"
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
    >
      {times.map((time) => (
        <g key={time}>
          <path d={`M${LEFT} ${y(time * unit.seconds)}H${width - RIGHT}`} stroke={LINE} />
          <text fill={QUIET} textAnchor="end" x={LEFT - 8} y={y(time * unit.seconds) + 4}>
            {formatDigits(time)}
          </text>
        </g>
      ))}
      {peers.map((n) => (
        <text fill={QUIET} key={n} textAnchor="middle" x={x(n)} y={height - BOTTOM + 18}>
          {n}
        </text>
      ))}
      <text fill={INK} textAnchor="middle" x={(width + LEFT) / 2} y={height - 6}>
        number of peers, N
      </text>
      <text fill={INK} textAnchor="middle" transform={`translate(12 ${(height - BOTTOM) / 2}) rotate(-90)`}>
        {unit.long}
      </text>
      <g fill="none" strokeWidth="2">
        <path d={path(({ clientServer }) => clientServer)} stroke={COLOURS['client-server']} strokeDasharray="7 4" />
        <path d={path(({ p2p, chunked = p2p }) => chunked)} stroke={COLOURS.p2p} strokeDasharray="4 3" />
      </g>
      {simulated.map((point) => (
        <Point fill="#ffffff" key={`s ${point.mode} ${point.n} ${point.seconds}`} point={point} x={x} y={y} />
      ))}
      {measured.map((point) => (
        <Point key={`m ${point.mode} ${point.n} ${point.seconds}`} point={point} x={x} y={y} />
      ))}
    </svg>
  )
}

type PointProps = {
  point: RunPoint
  /** How the mark is filled; absent: solid. */
  fill?: string
  x: (n: number) => number
  y: (seconds: number) => number
}

function Point({ point: { n, seconds, mode, interval, isDoubtful }, fill, x, y }: PointProps) {
  const colour = isDoubtful ? '#83838f' : COLOURS[mode]
  const [left, at] = [x(n), y(seconds)]
  return (
    <g fill={fill ?? colour} stroke={colour} strokeWidth="1.5">
      {interval && (
        <path
          d={`M${left} ${y(interval.low)}V${y(interval.high)}M${left - 6} ${y(interval.low)}h12M${left - 6} ${y(interval.high)}h12`}
        />
      )}
      {mode === 'p2p' ? (
        <circle cx={left} cy={at} r={RADIUS} />
      ) : (
        <rect height={2 * RADIUS} width={2 * RADIUS} x={left - RADIUS} y={at - RADIUS} />
      )}
    </g>
  )
}

const upTo = (most: number, step: number) => Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step)

/** 1, 2 or 5 times a power of ten, no less than this. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-9, least)))
  return ([1, 2, 5, 10].find((times) => times * power >= least) ?? 10) * power
}
