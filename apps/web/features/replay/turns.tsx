'use client'
// Whom one peer of a replay unchoked, and when. Knows nothing of how it is played.
import type { Replay, SwarmFrame } from '@swarmdrop/peer/lab'
import { useState } from 'react'
import { ChokeTimeline } from '../pictures/choke-timeline'
import controls from '../ui/controls.module.css'
import { Term } from '../ui/term'
import styles from './replay.module.css'

type TurnsProps = { replay: Pick<Replay, 'spans' | 'endSeconds'>; peers: SwarmFrame['peers']; atSeconds: number }

export function Turns({ replay, peers, atSeconds }: TurnsProps) {
  // The server has no tit for tat.
  const [of, setOf] = useState(peers.length > 1 ? 1 : 0)
  return (
    <section aria-labelledby="turns" className={styles.picture}>
      <div className={styles.turnsHead}>
        <h3 id="turns">
          Whom it{' '}
          <Term means="A peer uploads to a few others at a time: these are unchoked. The others are choked: they wait. Hollow: chosen at random (optimistic).">
            unchoked
          </Term>
        </h3>
        <select
          aria-label="Whose turns"
          className={controls.field}
          onChange={(event) => setOf(Number(event.currentTarget.value))}
          value={of}
        >
          {peers.map(({ id, name }, index) => (
            <option key={id} value={index}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <ChokeTimeline
        atSeconds={atSeconds}
        of={of}
        peers={peers}
        spans={replay.spans}
        untilSeconds={replay.endSeconds}
      />
    </section>
  )
}
