// Says that the tracker is away. It introduces people; what already runs needs it no more.
import type { TransferSnapshot } from '@swarmdrop/peer'
import styles from './tracker-offline-notice.module.css'

export function TrackerOfflineNotice({ tracker }: { tracker: TransferSnapshot['tracker'] }) {
  return (
    <output className={styles.place}>
      {tracker === 'offline' && (
        <span className={styles.banner}>New people can’t connect right now. Current transfers continue.</span>
      )}
    </output>
  )
}
