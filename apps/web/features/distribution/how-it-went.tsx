// All that an engineer would like to see, closed until somebody asks for it: the time against theory, and what stands
// below it.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { type ReactNode, useState } from 'react'
import { DistributionPanel } from './distribution-panel'
import styles from './how-it-went.module.css'

type HowItWentProps = {
  snapshot: TransferSnapshot
  /** Whether there is nothing to tell yet. */
  hidden: boolean
  /** What is drawn when it is open. */
  children: ReactNode
}

export function HowItWent({ snapshot, hidden, children }: HowItWentProps) {
  const [isOpen, setOpen] = useState(false)
  const isOver = snapshot.distribution.phase === 'done'
  return (
    <details
      className={styles.how}
      data-testid="how-it-went"
      hidden={hidden}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className={styles.summary}>{isOver ? 'How it went' : 'How it is going'}</summary>
      <div className={styles.inside}>
        <DistributionPanel isOpen={isOpen} snapshot={snapshot} />
        {isOpen && children}
      </div>
    </details>
  )
}
