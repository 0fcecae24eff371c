// Hides this person's address from the others, where there is a relay, or this server carries frames. Knows nothing of how.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { useId, useState } from 'react'
import type { Session } from '../../session'
import controls from './controls.module.css'
import styles from './relay-switch.module.css'

export function RelaySwitch({ session, relay }: { session: Session; relay: TransferSnapshot['relay'] }) {
  const note = useId()
  // A click shows at once; the snapshot follows a moment later.
  const [hidden, setHidden] = useState<boolean>()
  if (relay === undefined) return null
  return (
    <div className={styles.relay}>
      <label className={styles.line}>
        <input
          aria-describedby={note}
          checked={hidden ?? relay === 'only'}
          className={styles.box}
          data-testid="relay-only"
          onChange={({ currentTarget: { checked } }) => {
            setHidden(checked)
            session.setRelayOnly(checked)
          }}
          type="checkbox"
        />
        Hide my address from the others
      </label>
      <p className={controls.quiet} id={note}>
        Everything then goes through a server, sealed, which is slower. Only that server and this site see your address.
        Holds for every link you open here, until you switch it off.
      </p>
    </div>
  )
}
