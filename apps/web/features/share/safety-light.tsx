// The sender's light: keep the tab open, or close it. Told by word and form, not only by colour.
import type { Safety } from './safety'
import styles from './safety-light.module.css'

export function SafetyLight({ safety: { safe, holders } }: { safety: Safety }) {
  return (
    <output className={`${styles.light} ${safe ? styles.safe : styles.open}`}>
      <svg aria-hidden="true" height="20" viewBox="0 0 20 20" width="20">
        <circle cx="10" cy="10" fill="none" r="8.5" stroke="currentColor" strokeWidth="2" />
        {safe ? (
          <path d="m6 10.5 2.8 2.8 5.4-6" fill="none" stroke="currentColor" strokeWidth="2" />
        ) : (
          <circle cx="10" cy="10" fill="currentColor" r="4" />
        )}
      </svg>
      <span>
        <strong>{safe ? 'Safe to close' : 'Keep this tab open'}</strong>
        <span className={styles.why}>{safe ? whoHolds(holders) : 'People fetch it from here.'}</span>
      </span>
    </output>
  )
}

const whoHolds = (holders: number) =>
  holders === 1
    ? 'One person who is online has everything.'
    : `The ${holders} people online have everything between them.`
