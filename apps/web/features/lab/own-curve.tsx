// How far a student is over time, in their own colour, compared with the least time that theory allows. Measures
// nothing.

import { formatSeconds } from '../ui/format'
import { lookOf, numberOfMark } from '../ui/people'
import styles from './own-curve.module.css'

type OwnCurveProps = {
  points: readonly { atSeconds: number; held: number }[]
  chunkCount: number
  /** The bound of the whole run. */
  boundSeconds: number
  untilSeconds: number
  mark: number
}

const [WIDTH, HEIGHT] = [320, 96]

export function OwnCurve({ points, chunkCount, boundSeconds, untilSeconds, mark }: OwnCurveProps) {
  const extent = Math.max(untilSeconds, boundSeconds) * 1.02
  const x = (seconds: number) => (WIDTH * seconds) / extent
  const y = (held: number) => HEIGHT - (HEIGHT - 4) * (held / Math.max(1, chunkCount))
  const line = [{ atSeconds: 0, held: 0 }, ...points]
    .map(({ atSeconds, held }) => `${x(atSeconds).toFixed(1)},${y(held).toFixed(1)}`)
    .join(' ')
  const { colour } = lookOf(numberOfMark(mark))
  const at = x(boundSeconds)
  return (
    <section className={styles.curve}>
      <h2>Your curve</h2>
      <svg aria-hidden="true" preserveAspectRatio="none" viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        <line className={styles.axis} x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        <line className={styles.bound} x1={at} x2={at} y1="0" y2={HEIGHT} />
        <polyline className={styles.under} points={line} />
        <polyline className={styles.line} points={line} style={{ stroke: colour === 'ink' ? undefined : colour }} />
      </svg>
      <p className={styles.words}>
        <span>0 s</span>
        <span>
          <span aria-hidden="true" className={styles.dash} /> Fastest possible for all: {formatSeconds(boundSeconds)}
        </span>
      </p>
    </section>
  )
}
