'use client'
// Whom one peer unchoked, and when: a row for each other, a bar for each turn. Knows nothing of why.
import { memo, useMemo } from 'react'
import controls from '../ui/controls.module.css'
import { countOf, formatDuration } from '../ui/format'
import { PersonMark } from '../ui/person-mark'
import { peerNumber } from './peer-number'
import styles from './pictures.module.css'
import type { ChokeSpan, SwarmFrame } from './swarm-frame'

type ChokeTimelineProps = {
  peers: SwarmFrame['peers']
  spans: readonly ChokeSpan[]
  untilSeconds: number
  /** Whose turns are shown: an index in `peers`. */
  of: number
  /** A line stands at this moment. */
  atSeconds?: number | undefined
}

export function ChokeTimeline({ peers, spans, untilSeconds, of, atSeconds }: ChokeTimelineProps) {
  const turns = useMemo(() => turnsByPeer(spans, of), [spans, of])
  const rows = [...peers.entries()].filter(([index]) => turns.has(index))
  if (rows.length === 0) return <p className={styles.empty}>{peers[of]?.name ?? 'This peer'} unchoked nobody.</p>
  const now = atSeconds === undefined ? undefined : percent(atSeconds, untilSeconds)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section aria-label="Turns" className={styles.scrolls} tabIndex={0}>
      <ul className={`${styles.turns} ${controls.figures}`}>
        {rows.map(([index, peer]) => (
          <li key={peer.id}>
            <Who name={peer.name} number={peerNumber(peer, index)} turns={turns.get(index) ?? NO_TURNS} />
            <svg aria-hidden="true" className={styles.spans}>
              <rect className={styles.track} height="16" width="100%" />
              <Bars turns={turns.get(index) ?? NO_TURNS} untilSeconds={untilSeconds} />
              {now !== undefined && <line className={styles.now} x1={now} x2={now} y1="-4" y2="20" />}
            </svg>
          </li>
        ))}
      </ul>
    </section>
  )
}

const NO_TURNS: ChokeSpan[] = []

// A replay moves the line thirty times a second; the bars, perhaps thousands, stay as they are.
const Bars = memo(function Bars({ turns, untilSeconds }: { turns: ChokeSpan[]; untilSeconds: number }) {
  return turns.map((turn) => (
    <rect
      className={turn.optimistic ? styles.lot : styles.span}
      height={turn.optimistic ? 10 : 12}
      key={turn.fromSeconds}
      width={percent(Math.max(0, turn.untilSeconds - turn.fromSeconds), untilSeconds)}
      x={percent(turn.fromSeconds, untilSeconds)}
      y={turn.optimistic ? 3 : 2}
    />
  ))
})

const Who = memo(function Who({ name, number, turns }: { name: string; number: number; turns: ChokeSpan[] }) {
  return (
    <span className={styles.who}>
      <PersonMark number={number} />
      <bdi className={styles.name}>{name}</bdi>
      <span className={controls.unseen}>{turnsInWords(turns)}</span>
    </span>
  )
})

function turnsByPeer(spans: readonly ChokeSpan[], of: number): Map<number, ChokeSpan[]> {
  const turns = new Map<number, ChokeSpan[]>()
  for (const span of spans) {
    if (span.from !== of) continue
    const known = turns.get(span.to)
    if (known) known.push(span)
    else turns.set(span.to, [span])
  }
  return turns
}

const percent = (seconds: number, of: number) => `${((100 * seconds) / Math.max(1e-9, of)).toFixed(3)}%`

function turnsInWords(turns: readonly ChokeSpan[]): string {
  const seconds = turns.reduce((sum, { fromSeconds, untilSeconds }) => sum + untilSeconds - fromSeconds, 0)
  const byLot = turns.filter(({ optimistic }) => optimistic).length
  const lot = byLot > 0 ? `, ${byLot} of them optimistic` : ''
  return `unchoked ${countOf(turns.length, 'time')}${lot}, for ${formatDuration(seconds)} in all`
}
