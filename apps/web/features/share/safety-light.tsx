// The sender's light: keep the tab open, or close it. Told by word and form, not only by colour.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { useSteady } from '../ui/use-steady'
import type { Safety } from './safety'
import styles from './safety-light.module.css'

/** A line is made in less; a server that is silent is said to be away. */
const CUT_MS = 4_000

type SafetyLightProps = {
  safety: Safety
  hasPeople: boolean
  /** Whether the tracker, which introduces people to this tab, is there. */
  tracker: TransferSnapshot['tracker']
}

export function SafetyLight({ safety: { safe, holders }, hasPeople, tracker }: SafetyLightProps) {
  const isCut = useSteady(tracker !== 'online', CUT_MS)
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
        <span className={styles.why}>
          {[safe ? whoHolds(holders) : 'People download it from here.', isCut && cutWords(hasPeople)]
            .filter(Boolean)
            .join(' ')}
        </span>
      </span>
    </output>
  )
}

const whoHolds = (holders: number) =>
  holders === 1
    ? 'One person who is online has all of it.'
    : `The ${holders} people online have all of it between them.`

const cutWords = (hasPeople: boolean) =>
  hasPeople
    ? 'New people can’t connect right now. Current transfers continue.'
    : 'Nobody can reach you yet: the server that introduces people does not answer. Trying again…'
