// The peer-to-peer bound as a formula in real type. Where a push is taken, each symbol is dragged sideways, or moved by
// keys.
import type { Binding } from '@swarmdrop/core/theory'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useRef } from 'react'
import type { PushedSymbol } from '../experiment/push'
import styles from './bound-formula.module.css'

/** What a symbol stands for now, in words. */
export type SymbolWords = Record<PushedSymbol, string>

type BoundFormulaProps = {
  binding: Binding
  words: SymbolWords
  /** Pushes a symbol to so many times what it was when the push began. Absent: the formula is there to be read. */
  onPush?: (symbol: PushedSymbol, factor: number, isNew: boolean) => void
}

/** Dragged so far, a quantity is twice what it was. */
const DOUBLE_PX = 90
const KEY_STEP = 1.05

export function BoundFormula({ binding, words, onPush }: BoundFormulaProps) {
  const symbol = (name: PushedSymbol, sign: ReactNode) => (
    <Sign name={name} onPush={onPush} sign={sign} words={words[name]} />
  )
  return (
    <p className={styles.formula} data-testid="bound-formula">
      <span>
        <i>D</i> ≥ max
      </span>
      <span aria-hidden="true" className={styles.brace}>
        (
      </span>
      <Fraction isBinding={binding === 'server-upload'} over={symbol('file', <i>F</i>)}>
        {symbol(
          'server',
          <>
            <i>u</i>
            <sub>s</sub>
          </>,
        )}
      </Fraction>
      <span className={styles.comma}>,</span>
      <Fraction isBinding={binding === 'slowest-download'} over={<i>F</i>}>
        {symbol(
          'download',
          <>
            <i>d</i>
            <sub>min</sub>
          </>,
        )}
      </Fraction>
      <span className={styles.comma}>,</span>
      <Fraction
        isBinding={binding === 'total-upload'}
        over={
          <>
            {symbol('peers', <i>N</i>)}·<i>F</i>
          </>
        }
      >
        <i>u</i>
        <sub>s</sub> +{' '}
        {symbol(
          'upload',
          <>
            Σ<i>u</i>
            <sub>i</sub>
          </>,
        )}
      </Fraction>
      <span aria-hidden="true" className={styles.brace}>
        )
      </span>
    </p>
  )
}

function Fraction({ over, children, isBinding }: { over: ReactNode; children: ReactNode; isBinding: boolean }) {
  return (
    <span className={styles.fraction} data-binding={isBinding}>
      <span>{over}</span>
      <span className={styles.under}>{children}</span>
    </span>
  )
}

type SignProps = { name: PushedSymbol; sign: ReactNode; words: string; onPush: BoundFormulaProps['onPush'] }

function Sign({ name, sign, words, onPush }: SignProps) {
  const from = useRef<number>(undefined)
  if (!onPush) return <span title={words}>{sign}</span>
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = event.clientX
    onPush(name, 1, true)
  }
  const onPointerMove = ({ clientX }: PointerEvent) => {
    if (from.current !== undefined) onPush(name, 2 ** ((clientX - from.current) / DOUBLE_PX), false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const up = event.key === 'ArrowUp' || event.key === 'ArrowRight'
    if (!up && event.key !== 'ArrowDown' && event.key !== 'ArrowLeft') return
    event.preventDefault()
    onPush(name, 1, true)
    onPush(name, up ? KEY_STEP : 1 / KEY_STEP, false)
  }
  return (
    <span
      aria-label={NAMES[name]}
      aria-valuenow={0}
      aria-valuetext={words}
      className={styles.symbol}
      data-testid={`bound-symbol-${name}`}
      onKeyDown={onKeyDown}
      onLostPointerCapture={() => {
        from.current = undefined
      }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      role="slider"
      tabIndex={0}
      title={`${words}: drag to change`}
    >
      {sign}
    </span>
  )
}

const NAMES: Record<PushedSymbol, string> = {
  file: 'File size, F',
  server: 'Server’s upload',
  download: 'Slowest download',
  peers: 'Number of peers, N',
  upload: 'All peers’ uploads together',
}
