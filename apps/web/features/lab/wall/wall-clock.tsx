// The clock of a run as a bar, running towards the least time that theory allows. Knows nothing of swarms.
import controls from '../../ui/controls.module.css'
import { formatDuration, formatSeconds } from '../../ui/format'
import styles from './wall-clock.module.css'

type WallClockProps = { seconds: number; boundSeconds: number; isOver: boolean }

export function WallClock({ seconds, boundSeconds, isOver }: WallClockProps) {
  const extent = Math.max(boundSeconds * 1.5, seconds * 1.05)
  const share = (of: number) => `${((100 * of) / extent).toFixed(2)}%`
  return (
    <div className={`${styles.clock} ${controls.figures}`}>
      <p className={styles.now}>{isOver ? formatSeconds(seconds) : passedWords(seconds)}</p>
      <div className={styles.track}>
        <span className={styles.gone} style={{ inlineSize: share(seconds) }} />
        <span className={styles.bound} style={{ insetInlineStart: share(boundSeconds) }} />
        <span className={styles.least} style={{ insetInlineStart: share(boundSeconds) }}>
          theory: at least {formatSeconds(boundSeconds)}
        </span>
      </div>
    </div>
  )
}

/** Whole seconds: nobody can read tenths that run. */
const passedWords = (seconds: number) => (seconds < 1 ? '0\u00a0s' : formatDuration(Math.floor(seconds)))
