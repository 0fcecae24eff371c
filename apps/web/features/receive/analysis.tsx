// What stands under “How it went” on the link page next to the times: who holds which part, and who gives what to whom.
import type { TransferSnapshot } from '@swarmdrop/peer'
import type { ReceivingTransfer } from '../../session'
import { ChunkMapView } from '../ui/chunk-map'
import { PeopleTable } from './people-table'

export function Analysis({ session, snapshot }: { session: ReceivingTransfer; snapshot: TransferSnapshot }) {
  return (
    <>
      <ChunkMapView session={session} snapshot={snapshot} />
      <PeopleTable snapshot={snapshot} />
    </>
  )
}
