// When each peer of a run had the file: a tick each on a line, and in words. Knows nothing of other runs.
import type { LabResult } from '@swarmdrop/peer'
import controls from '../ui/controls.module.css'
import styles from './results.module.css'

export function PeerTimes({ result: { measured, names } }: { result: LabResult }) {
  const times = measured.peers.map(({ id, completedAtSeconds }, place) => ({
    id,
    name: names?.[place] ?? id,
    at: completedAtSeconds,
  }))
  const last = Math.max(1e-9, ...times.map(({ at }) => at ?? 0))
  const words = times.map(({ name, at }) => `${name} ${at === null ? 'not' : `${at.toFixed(1)} s`}`).join(', ')
  return (
    <span className={styles.times} title={words}>
      <svg aria-hidden="true" className={styles.ticks}>
        <line className={styles.axis} x1="0" x2="100%" y1="16" y2="16" />
        {times.map(({ id, at }) =>
          at === null ? null : (
            <line
              className={styles.tick}
              key={id}
              x1={`${98 * (at / last) + 1}%`}
              x2={`${98 * (at / last) + 1}%`}
              y1="4"
              y2="16"
            />
          ),
        )}
      </svg>
      <span className={controls.unseen}>{words}</span>
    </span>
  )
}
