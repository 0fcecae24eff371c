'use client'
// Whom one peer unchoked, and when: a row for each other, a bar for each turn. Knows nothing of why.
import controls from '../ui/controls.module.css'
import { countOf, formatDuration } from '../ui/format'
import { PersonMark } from '../ui/person-mark'
import styles from './pictures.module.css'
import type { ChokeSpan, SwarmFrame } from './swarm-frame'

type ChokeTimelineProps = {
  peers: SwarmFrame['peers']
  spans: readonly ChokeSpan[]
  untilSeconds: number
  /** Whose turns are shown: a place in `peers`. */
  of: number
  /** A line stands at this moment. */
  atSeconds?: number | undefined
}

export function ChokeTimeline({ peers, spans, untilSeconds, of, atSeconds }: ChokeTimelineProps) {
  const own = spans.filter(({ from }) => from === of)
  const served = peers.map((peer, place) => ({ peer, place, turns: own.filter(({ to }) => to === place) }))
  const rows = served.filter(({ turns }) => turns.length > 0)
  if (rows.length === 0) return <p className={styles.empty}>{peers[of]?.name ?? 'This peer'} unchoked nobody.</p>
  const percent = (seconds: number) => `${((100 * seconds) / Math.max(1e-9, untilSeconds)).toFixed(3)}%`
  const width = ({ fromSeconds, untilSeconds: until }: ChokeSpan) => percent(Math.max(0, until - fromSeconds))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section aria-label="Turns" className={styles.scrolls} tabIndex={0}>
      <ul className={`${styles.turns} ${controls.figures}`}>
        {rows.map(({ peer, place, turns }) => (
          <li key={peer.id}>
            <span className={styles.who}>
              <PersonMark number={place} />
              {peer.name}
              <span className={controls.unseen}>{turnsInWords(turns)}</span>
            </span>
            <svg aria-hidden="true" className={styles.spans}>
              <rect className={styles.track} height="16" width="100%" />
              {turns.map((turn) => (
                <rect
                  className={turn.optimistic ? styles.lot : styles.span}
                  height={turn.optimistic ? 10 : 12}
                  key={turn.fromSeconds}
                  width={width(turn)}
                  x={percent(turn.fromSeconds)}
                  y={turn.optimistic ? 3 : 2}
                />
              ))}
              {atSeconds !== undefined && (
                <line className={styles.now} x1={percent(atSeconds)} x2={percent(atSeconds)} y1="-4" y2="20" />
              )}
            </svg>
          </li>
        ))}
      </ul>
    </section>
  )
}

function turnsInWords(turns: readonly ChokeSpan[]): string {
  const seconds = turns.reduce((sum, { fromSeconds, untilSeconds }) => sum + untilSeconds - fromSeconds, 0)
  const byLot = turns.filter(({ optimistic }) => optimistic).length
  const lot = byLot > 0 ? `, ${byLot} of them optimistic` : ''
  return `unchoked ${countOf(turns.length, 'time')}${lot}, for ${formatDuration(seconds)} in all`
}
