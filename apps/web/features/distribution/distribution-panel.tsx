// How long it takes until everyone has it, compared with how long it must take at least; when it is looked at, the
// curves and speeds below.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { lazy, Suspense } from 'react'
import { retryUntilDone } from '../../session/retry-until-done'
import controls from '../ui/controls.module.css'
import { formatSeconds } from '../ui/format'
import styles from './distribution-panel.module.css'

const Details = lazy(async () => ({
  default: (await retryUntilDone(() => import('./distribution-details'))).DistributionDetails,
}))

type DistributionPanelProps = {
  snapshot: TransferSnapshot
  /** Nobody looks at a closed one: what it takes to draw the rest is saved. */
  isOpen: boolean
}

export function DistributionPanel({ snapshot, isOpen }: DistributionPanelProps) {
  const { distribution } = snapshot
  const { phase, measuredSeconds, bounds } = distribution
  return (
    <section
      aria-labelledby="distribution"
      className={styles.panel}
      data-phase={phase}
      data-testid="distribution-panel"
    >
      <h2 id="distribution">Time for everyone</h2>
      <dl className={`${styles.figures} ${controls.figures}`}>
        <Figure
          name={phase === 'done' ? 'It took' : 'So far'}
          seconds={measuredSeconds}
          testId="distribution-measured"
        />
        <Figure name="Fastest possible, everyone helping" seconds={bounds?.p2pSeconds} testId="distribution-p2p" />
        <Figure
          name="Fastest possible, sender only"
          seconds={bounds?.clientServerSeconds}
          testId="distribution-client-server"
        />
      </dl>
      {isOpen && (
        <Suspense fallback={<p className={controls.quiet}>Loading…</p>}>
          <Details snapshot={snapshot} />
        </Suspense>
      )}
    </section>
  )
}

type FigureProps = { name: string; seconds: number | undefined; testId: string }

function Figure({ name, seconds, testId }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt className={controls.quiet}>{name}</dt>
      <dd data-seconds={seconds === undefined ? undefined : Number(seconds.toFixed(3))} data-testid={testId}>
        {seconds === undefined ? '–' : formatSeconds(seconds)}
      </dd>
    </div>
  )
}
