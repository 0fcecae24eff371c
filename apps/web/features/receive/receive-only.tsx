// Keeps a receiver from passing on what it has. Says before anything is fetched why it is on by itself.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { useId, useState } from 'react'
import { type ReceivingTransfer, tabModeration } from '../../session'
import { Switch } from '../ui/switch'

const REASONS = {
  'saves-data': 'This browser is set to save data, so this tab only receives, unless you switch that off. ',
  mobile: 'You are on a mobile network, so this tab only receives, unless you switch that off. ',
} as const

type ReceiveOnlyProps = { session: ReceivingTransfer; snapshot: TransferSnapshot }

export function ReceiveOnly({ session, snapshot }: ReceiveOnlyProps) {
  const note = useId()
  // A click shows at once; the snapshot follows a moment later.
  const [chosen, setChosen] = useState<boolean>()
  const { reason } = tabModeration()
  const choose = (receiveOnly: boolean) => {
    setChosen(receiveOnly)
    session.side.setReceiveOnly(receiveOnly)
    tabModeration().keep({ receiveOnly })
  }
  return (
    <Switch
      checked={chosen ?? snapshot.receiveOnly === true}
      label="Receive only"
      noteId={note}
      onChange={choose}
      testId="receive-only"
    >
      {reason !== undefined && REASONS[reason]}
      If this is off, this tab also passes on what it has while it is open. People who pass nothing on may be served
      later.
    </Switch>
  )
}
