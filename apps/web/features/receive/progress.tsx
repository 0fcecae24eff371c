// The one big number, the speeds, the sentence, and the one thing to press now.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { comesInZip, type ReceivingTransfer } from '../../session'
import { Bar } from '../ui/bar'
import { ConnectionNote } from '../ui/connection-note'
import controls from '../ui/controls.module.css'
import { formatBytes, formatDuration, formatRate } from '../ui/format'
import { MakeRoom } from './make-room'
import styles from './progress.module.css'
import { isSavedAsZip, SaveButton } from './save-button'
import { SaveToButtons } from './save-to-buttons'
import { statusOf, wayOnWord } from './status'

type ProgressProps = {
  session: ReceivingTransfer
  snapshot: TransferSnapshot
  percent: number
  onSaved: (problem?: string) => void
}

export function Progress({ session, snapshot, percent, onSaved }: ProgressProps) {
  const { phase, bytesChosen, downloadRate, uploadRate, secondsLeft, chunksChosen, chunksHeld } = snapshot
  const heldBytes =
    phase === 'complete' ? bytesChosen : chunksChosen === 0 ? 0 : (chunksHeld / chunksChosen) * bytesChosen
  const fetching = phase === 'downloading'

  return (
    <section aria-label="Progress" className={styles.progress}>
      <div className={styles.top}>
        <p className={`${styles.percent} ${controls.figures}`}>
          {percent}
          <span className={styles.sign}>%</span>
        </p>
        <div className={styles.action}>
          <Action onSaved={onSaved} session={session} snapshot={snapshot} />
        </div>
      </div>
      <Bar label="Downloaded" percent={percent} testId="download-progress" />
      <dl className={`${styles.figures} ${controls.figures}`}>
        <Figure name="Here" value={`${formatBytes(heldBytes)} of ${formatBytes(bytesChosen)}`} />
        <Figure name="Down" value={formatRate(downloadRate)} />
        <Figure name="Up" value={formatRate(uploadRate)} />
        <Figure name="Time left" value={fetching && secondsLeft !== undefined ? formatDuration(secondsLeft) : '–'} />
      </dl>
      <output className={styles.status}>{statusOf(snapshot)}</output>
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
  const { phase, fault, couldGo } = snapshot
  switch (phase) {
    case 'ready':
      return (
        <button
          className={controls.primary}
          data-testid="download"
          disabled={snapshot.filesChosen === 0}
          onClick={() => session.side.download()}
          type="button"
        >
          Download
        </button>
      )
    case 'downloading':
      return (
        <button className={controls.plain} data-testid="pause" onClick={() => session.pause()} type="button">
          Pause
        </button>
      )
    case 'paused':
      return (
        <div className={styles.saves}>
          <button
            className={couldGo === undefined ? controls.primary : controls.plain}
            data-testid="pause"
            onClick={() => session.resume()}
            type="button"
          >
            {wayOnWord(fault)}
          </button>
          <MakeRoom session={session} snapshot={snapshot} />
        </div>
      )
    case 'complete':
      return (
        <div className={styles.saves}>
          <SaveToButtons onSaved={onSaved} session={session} snapshot={snapshot} />
          <SaveButton
            asZip={isSavedAsZip(snapshot) || comesInZip(onlyChosen(session, snapshot))}
            onSaved={onSaved}
            session={session}
          />
        </div>
      )
    default:
      return null
  }
}
