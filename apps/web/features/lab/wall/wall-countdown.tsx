// 3, 2, 1 on the wall. Starts nothing.
import type { RunView } from '@swarmdrop/peer/lab'
import { MODE_WORDS } from '../../experiment/labels'
import controls from '../../ui/controls.module.css'
import { atBeginning, countOf, formatBytes } from '../../ui/format'
import styles from './wall.module.css'

export function WallCountdown({ run }: { run: RunView | undefined }) {
  if (!run) return null
  const { experiment, participants, startsInSeconds } = run
  return (
    <div className={styles.countdown}>
      <p className={`${styles.figure} ${controls.figures}`} data-testid="wall-countdown" role="status">
        {Math.ceil(startsInSeconds)}
      </p>
      <p className={styles.caption}>
        {atBeginning(MODE_WORDS[experiment.mode])}: {formatBytes(experiment.fileBytes)} for{' '}
        {countOf(participants.length - 1, 'peer')}
      </p>
    </div>
  )
}
