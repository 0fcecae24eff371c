// Why a download stands still, and the way on: in amber, where something is to be done; nothing where it moves.
import type { TransferSnapshot } from '@swarmdrop/peer'
import type { ReactNode } from 'react'
import type { ReceivingTransfer } from '../../session'
import { CopyLink } from '../ui/copy-link'
import { Notice } from '../ui/notice'
import { useSteady } from '../ui/use-steady'
import { MakeRoom } from './make-room'
import { isAlone, standstillOf } from './standstill-words'

/** Somebody else often comes back at once. */
const ALONE_MS = 3_000

type StandstillProps = {
  session: ReceivingTransfer
  snapshot: TransferSnapshot
  /** What is shown while the transfer moves. */
  children: ReactNode
}

export function Standstill({ session, snapshot, children }: StandstillProps) {
  const isLeft = useSteady(isAlone(snapshot), ALONE_MS)
  const why = standstillOf(snapshot, isLeft)
  if (why === undefined) return children
  return (
    <Notice
      title={why.title}
      tone="wait"
      way={
        why.way === 'ask' ? (
          <CopyLink link={snapshot.link} />
        ) : why.way === 'make-room' ? (
          <MakeRoom session={session} snapshot={snapshot} />
        ) : undefined
      }
    >
      {why.words}
    </Notice>
  )
}
