// What is the matter with the ways to others, and what can be done; or which way it goes where that is not the usual
// one.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { pathOf } from '../../session/base-path'
import styles from './connection-note.module.css'
import { serverWords } from './way-words'

export function ConnectionNote({ snapshot }: { snapshot: TransferSnapshot }) {
  const { connectionProblem } = snapshot
  const way = serverWords(snapshot)
  return (
    <output className={styles.place}>
      {connectionProblem === undefined ? (
        way !== undefined && <span className={styles.way}>{way}</span>
      ) : (
        <span className={styles.problem}>
          <span data-testid="connection-problem">{connectionProblem}</span>{' '}
          {/* Another page would end this one's transfer. */}
          <a href={pathOf('/check')} rel="noopener" target="_blank">
            Check your connection
          </a>
        </span>
      )}
    </output>
  )
}
