// An attempt that came to nothing: why, and each way on that there is.
import type { TransferSnapshot } from '@swarmdrop/peer'
import type { ReceivingTransfer } from '../../session'
import { pathOf } from '../../session/base-path'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import { MakeRoom } from './make-room'
import { statusOf } from './status'

type FailedProps = {
  session: ReceivingTransfer
  snapshot: TransferSnapshot
  /** What is in the link. */
  known: boolean
  onRetry: () => void
}

export function Failed({ session, snapshot, known, onRetry }: FailedProps) {
  const isRoomMissing = snapshot.couldGo !== undefined || snapshot.fault === 'no-space'
  const isTooMuch = snapshot.fault === 'no-space' && snapshot.files.length > 1
  return (
    <Notice
      heading={known ? 'h2' : 'h1'}
      title={isRoomMissing ? 'There is not enough space' : 'The download failed'}
      tone={isRoomMissing ? 'wait' : 'bad'}
      way={
        <>
          <MakeRoom session={session} snapshot={snapshot} />
          <button className={isRoomMissing ? controls.plain : controls.primary} onClick={onRetry} type="button">
            Try again
          </button>
          {snapshot.couldGo === undefined && <a href={pathOf('/')}>Share something yourself</a>}
        </>
      }
    >
      {statusOf(snapshot)}
      {isTooMuch && ' Or try again, and choose fewer files.'}
    </Notice>
  )
}
