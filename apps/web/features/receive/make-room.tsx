// Deletes the copies that would make room, and goes on; drawn where there are some. The words before it say which.
import type { TransferSnapshot } from '@swarmdrop/peer'
import type { ReceivingTransfer } from '../../session'
import controls from '../ui/controls.module.css'

type MakeRoomProps = { session: ReceivingTransfer; snapshot: TransferSnapshot }

export function MakeRoom({ session, snapshot: { couldGo = [], phase } }: MakeRoomProps) {
  if (couldGo.length === 0) return null
  const what = couldGo.length === 1 ? 'Delete the copy' : `Delete ${couldGo.length} copies`
  return (
    <button
      className={controls.primary}
      data-testid="make-room"
      onClick={() => void session.side.makeRoom()}
      type="button"
    >
      {what} and {phase === 'failed' ? 'download' : 'continue'}
    </button>
  )
}
