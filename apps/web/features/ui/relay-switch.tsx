// Hides this person's address from the others, where there is a relay, or this server carries frames. Knows nothing of
// how.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { useId, useState } from 'react'
import type { Session } from '../../session'
import { Switch } from './switch'

export function RelaySwitch({ session, relay }: { session: Session; relay: TransferSnapshot['relay'] }) {
  const note = useId()
  // A click shows at once; the snapshot follows a moment later.
  const [hidden, setHidden] = useState<boolean>()
  if (relay === undefined) return null
  return (
    <Switch
      checked={hidden ?? relay === 'only'}
      label="Hide my address from the others"
      noteId={note}
      onChange={(hide) => {
        setHidden(hide)
        session.setRelayOnly(hide)
      }}
      testId="relay-only"
    >
      Everything then goes through a server, encrypted, which is slower. Only that server and this site see your
      address. This applies to every link you open here until you switch it off.
    </Switch>
  )
}
