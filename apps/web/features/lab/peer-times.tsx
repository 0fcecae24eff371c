// When each peer of a run had the file: a tick each on a line that is as long for all runs, the bound on it, and all in
// words.
import { boundOf, type LabResult } from '@swarmdrop/peer/lab'
import controls from '../ui/controls.module.css'
import styles from './results.module.css'

/** `longest`: seconds, of all runs that are side by side. */
export function PeerTimes({ result, longest }: { result: LabResult; longest: number }) {
  const { measured, names } = result
  const times = measured.peers.map(({ id, completedAtSeconds }, index) => ({
    id,
    name: names?.[index] ?? id,
    at: completedAtSeconds,
  }))
  const across = (at: number) => `${98 * Math.min(1, at / longest) + 1}%`
  const bound = across(boundOf(result))
  const words = times.map(({ name, at }) => `${name} ${at === null ? 'not' : `${at.toFixed(1)} s`}`).join(', ')
  return (
    <span className={styles.times} title={words}>
      <svg aria-hidden="true" className={styles.ticks}>
        <line className={styles.axis} x1="0" x2="100%" y1="16" y2="16" />
        <line className={styles.bound} x1={bound} x2={bound} y1="2" y2="20" />
        {times.map(({ id, at }) =>
          at === null ? null : <line className={styles.tick} key={id} x1={across(at)} x2={across(at)} y1="4" y2="16" />,
        )}
      </svg>
      <span className={controls.unseen}>{words}</span>
    </span>
  )
}
