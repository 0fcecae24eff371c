// The times of two settings' runs, a line each on one time axis: a dot a run, the mean with its interval. Computes
// nothing.
import type { Estimate } from '@swarmdrop/peer/lab'
import controls from '../ui/controls.module.css'
import { formatSeconds } from '../ui/format'
import styles from './compare.module.css'
import { estimateWords } from './repeat-words'

export type StripLine = {
  name: string
  /** The seconds of the runs that count. */
  seconds: readonly number[]
  /** The seconds of the runs that cannot be believed. */
  doubtful: readonly number[]
  estimate: Estimate | undefined
}

type ComparedStripProps = { lines: readonly StripLine[]; fill: 'solid' | 'hollow'; what: string }

export function ComparedStrip({ lines, fill, what }: ComparedStripProps) {
  const all = lines.flatMap(({ seconds, doubtful, estimate }) => [
    ...seconds,
    ...doubtful,
    ...(estimate?.interval ? [estimate.interval.high] : []),
  ])
  const longest = Math.max(1e-9, ...all) * 1.04
  const at = (seconds: number) => `${(100 * Math.max(0, seconds)) / longest}%`
  return (
    <ul aria-label={what} className={`${styles.strip} ${controls.figures}`}>
      {lines.map(({ name, seconds, doubtful, estimate }) => (
        <li className={styles.line} key={name}>
          <span className={styles.side}>{name}</span>
          <svg aria-hidden="true" className={styles.dots}>
            <line className={styles.axis} x1="0" x2="100%" y1="14" y2="14" />
            {doubtful.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name, and only grow in number
              <circle className={styles.doubtful} cx={at(one)} cy="14" key={index} r="4" />
            ))}
            {seconds.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <circle className={styles[fill]} cx={at(one)} cy="14" key={index} r="4" />
            ))}
            {estimate?.interval && <Whisker at={at} mean={estimate.mean} {...estimate.interval} />}
          </svg>
          <span className={styles.mean}>
            {estimate ? estimateWords(estimate) : doubtful.length > 0 ? 'none to be trusted' : 'no run yet'}
          </span>
        </li>
      ))}
      <li aria-hidden="true" className={styles.line}>
        <span />
        <span className={styles.ends}>
          <span>0</span>
          <span>{formatSeconds(longest)}</span>
        </span>
        <span />
      </li>
    </ul>
  )
}

type WhiskerProps = { mean: number; low: number; high: number; at: (seconds: number) => string }

const Whisker = ({ mean, low, high, at }: WhiskerProps) => (
  <g className={styles.whisker}>
    <line x1={at(low)} x2={at(high)} y1="14" y2="14" />
    {[low, high].map((end) => (
      <line key={end} x1={at(end)} x2={at(end)} y1="9" y2="19" />
    ))}
    <line className={styles.middle} x1={at(mean)} x2={at(mean)} y1="3" y2="25" />
  </g>
)
