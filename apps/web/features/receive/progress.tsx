// From the first click on: the one big number, the speed, the sentence, and the one thing to press now.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { comesInZip, type ReceivingTransfer } from '../../session'
import { Bar } from '../ui/bar'
import { ConnectionNote } from '../ui/connection-note'
import controls from '../ui/controls.module.css'
import { formatBytes, formatDuration, formatRate } from '../ui/format'
import styles from './progress.module.css'
import { isSavedAsZip, SaveButton } from './save-button'
import { SaveToButtons } from './save-to-buttons'
import { Standstill } from './standstill'
import { statusOf, sumWords, wayOnWord } from './status'

type ProgressProps = {
  session: ReceivingTransfer
  snapshot: TransferSnapshot
  percent: number
  onSaved: (problem?: string) => void
}

export function Progress({ session, snapshot, percent, onSaved }: ProgressProps) {
  const { phase, bytesChosen, downloadRate, secondsLeft, chunksChosen, chunksHeld } = snapshot
  const heldBytes = chunksChosen === 0 ? 0 : (chunksHeld / chunksChosen) * bytesChosen
  const fetching = phase === 'downloading'

  return (
    <section aria-label="Progress" className={styles.progress}>
      <div className={styles.top}>
        <p className={`${styles.percent} ${controls.figures}`}>
          {percent}
          <span className={styles.sign}>%</span>
          {phase === 'paused' && <span className={styles.paused}>Paused</span>}
        </p>
        <div className={styles.action}>
          <Action onSaved={onSaved} session={session} snapshot={snapshot} />
        </div>
      </div>
      <Bar label="Downloaded" percent={percent} testId="download-progress" />
      <Standstill session={session} snapshot={snapshot}>
        {phase === 'complete' ? (
          <p className={`${styles.sum} ${controls.figures}`}>{sumWords(snapshot)}</p>
        ) : (
          <dl className={`${styles.figures} ${controls.figures}`}>
            <Figure name="Here" value={`${formatBytes(heldBytes)} of ${formatBytes(bytesChosen)}`} />
            <Figure name="Speed" value={fetching && downloadRate > 0 ? formatRate(downloadRate) : '–'} />
            <Figure
              name="Time left"
              value={fetching && secondsLeft !== undefined ? formatDuration(secondsLeft) : '–'}
            />
          </dl>
        )}
        <output className={styles.status}>{statusOf(snapshot)}</output>
      </Standstill>
      <ConnectionNote snapshot={snapshot} />
    </section>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className={controls.quiet}>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** Where one file alone is to be saved, that one. */
function onlyChosen({ side }: ReceivingTransfer, { files }: TransferSnapshot): { path: string } {
  const [index = 0] = side.chosenFiles?.indices() ?? []
  return files[index] ?? { path: '' }
}

type ActionProps = Pick<ProgressProps, 'session' | 'snapshot' | 'onSaved'>

function Action({ session, snapshot, onSaved }: ActionProps) {
  const { phase, fault } = snapshot
  switch (phase) {
    case 'downloading':
      return (
        <button className={controls.plain} data-testid="pause" onClick={() => session.pause()} type="button">
          Pause
        </button>
      )
    case 'paused':
      return (
        <button
          className={fault === undefined ? controls.primary : controls.plain}
          data-testid="pause"
          onClick={() => session.resume()}
          type="button"
        >
          {wayOnWord(fault)}
        </button>
      )
    case 'complete':
      return (
        <div className={styles.saves}>
          <SaveButton
            asZip={isSavedAsZip(snapshot) || comesInZip(onlyChosen(session, snapshot))}
            onSaved={onSaved}
            session={session}
          />
          <SaveToButtons onSaved={onSaved} session={session} snapshot={snapshot} />
        </div>
      )
    default:
      return null
  }
}
