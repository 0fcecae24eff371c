// How long it takes until everyone has it, beside how long it must take at least. The figures are there at once; the curves and
// the speeds unfold below them.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { useState } from 'react'
import controls from '../ui/controls.module.css'
import { formatSeconds } from '../ui/format'
import { DistributionDetails } from './distribution-details'
import styles from './distribution-panel.module.css'
import { basisWords, choosingPart, countedWords, gainWords, measuredName, paceWords } from './words'

/** On a phone the curves would fill the screen: there they wait to be asked for. */
const hasRoom = () => window.matchMedia('(min-width: 700px) and (min-height: 600px)').matches

export function DistributionPanel({ snapshot }: { snapshot: TransferSnapshot }) {
  const { distribution } = snapshot
  const { phase, measuredSeconds, bounds } = distribution
  const [open, setOpen] = useState(hasRoom)
  return (
    <section
      aria-labelledby="distribution"
      className={styles.panel}
      data-phase={phase}
      data-testid="distribution-panel"
    >
      <div className={styles.head}>
        <h2 id="distribution">Until everyone has it</h2>
        <span className={`${controls.quiet} ${controls.figures}`}>{countedWords(snapshot)}</span>
      </div>
      <dl className={`${styles.figures} ${controls.figures}`}>
        <Figure name={measuredName(distribution)} seconds={measuredSeconds} testId="distribution-measured" />
        <Figure name="Everyone helping: at least" seconds={bounds?.p2pSeconds} testId="distribution-p2p" />
        <Figure
          name="From the sender alone: at least"
          seconds={bounds?.clientServerSeconds}
          testId="distribution-client-server"
        />
      </dl>
      <div className={styles.words}>
        <p className={controls.figures}>{paceWords(distribution, choosingPart(snapshot))}</p>
        <p className={controls.figures}>{gainWords(distribution)}</p>
        <p className={controls.quiet}>{basisWords(distribution)}</p>
      </div>
      <details onToggle={(event) => setOpen(event.currentTarget.open)} open={open}>
        <summary className={styles.summary}>Curves and speeds</summary>
        {open && <DistributionDetails snapshot={snapshot} />}
      </details>
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
