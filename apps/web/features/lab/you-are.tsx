// By which mark a student finds themselves on the wall, from the lobby on. Knows nothing of runs.
import type { ParticipantSnapshot } from '@swarmdrop/peer/lab'
import { markInWords, numberOfMark } from '../ui/people'
import { PersonMark } from '../ui/person-mark'
import styles from './you-are.module.css'

type YouAreProps = {
  seat: NonNullable<ParticipantSnapshot['seat']>
  /** Nothing else is to be seen on the page. */
  isLarge: boolean
}

export function YouAre({ seat: { mark, name }, isLarge }: YouAreProps) {
  return (
    <p className={styles.you} data-large={isLarge} data-mark={mark} data-testid="you-are">
      <PersonMark number={numberOfMark(mark)} size={isLarge ? '7rem' : '2.25rem'} />
      <span>
        You are the <b>{markInWords(mark)}</b>
        <span className={styles.name}>
          <bdi>{name}</bdi>
        </span>
      </span>
    </p>
  )
}
