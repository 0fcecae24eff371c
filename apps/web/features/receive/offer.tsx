// Before anything is fetched: the one wide button, and what pressing it means.
import type { TransferSnapshot } from '@swarmdrop/peer'
import type { ReceivingTransfer } from '../../session'
import { ConnectionNote } from '../ui/connection-note'
import controls from '../ui/controls.module.css'
import styles from './offer.module.css'
import { statusOf } from './status'

type OfferProps = { session: ReceivingTransfer; snapshot: TransferSnapshot }

export function Offer({ session, snapshot }: OfferProps) {
  return (
    <section aria-label="Download" className={styles.offer}>
      <button
        className={`${controls.primary} ${styles.download}`}
        data-testid="download"
        disabled={snapshot.filesChosen === 0}
        onClick={() => session.side.download()}
        type="button"
      >
        Download
      </button>
      <output className={styles.status}>{statusOf(snapshot)}</output>
      <ConnectionNote snapshot={snapshot} />
    </section>
  )
}
