// The peer-to-peer bound to be pushed at: the formula, its three bars, and the way to a real run of it. Computes
// nothing.
import { capacitiesOf } from '@swarmdrop/core/simulation'
import { terms } from '@swarmdrop/core/theory'
import { useMemo, useRef } from 'react'
import { pathOf } from '../../session/base-path'
import { BoundBars } from '../charts/bound-bars'
import { BoundFormula } from '../charts/bound-formula'
import { realQuery } from '../experiment/for-real'
import { type PushedSymbol, withSymbol, withTerm } from '../experiment/push'
import { experimentFor } from '../experiment/state-experiment'
import { symbolWords } from '../experiment/symbol-words'
import type { TheoryState } from '../experiment/theory-state'
import controls from '../ui/controls.module.css'
import styles from './theory.module.css'

type BoundProps = { state: TheoryState; onChange: (change: Partial<TheoryState>) => void }

export function Bound({ state, onChange }: BoundProps) {
  const all = useMemo(() => terms(capacitiesOf(experimentFor(state, 'p2p'))), [state])
  const [binding] = [...all].sort((a, b) => b.seconds - a.seconds)
  /** The state when the push began: many small pushes would not come back to it. */
  const before = useRef(state)
  const push = (symbol: PushedSymbol, factor: number, isNew: boolean) => {
    if (isNew) before.current = state
    else onChange(withSymbol(before.current, symbol, factor))
  }
  return (
    <section aria-labelledby="bound" className={styles.bound}>
      <h2 id="bound">What sets the pace</h2>
      <BoundFormula binding={binding?.binding ?? 'total-upload'} onPush={push} words={symbolWords(state)} />
      <BoundBars onPush={(which, seconds) => onChange(withTerm(state, which, seconds))} terms={all} />
      <p className={styles.ways}>
        <span className={controls.quiet}>The longest bar is the answer. Drag its end, or a symbol.</span>
        <a className={controls.plain} data-testid="theory-run-for-real" href={`${pathOf('/lab')}?${realQuery(state)}`}>
          Run this for real
        </a>
      </p>
    </section>
  )
}
