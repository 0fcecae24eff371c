// The three terms of the peer-to-peer bound as bars on one time axis: the longest is the answer. Where a push is taken,
// a bar's end is dragged, or moved by keys.
import type { Binding, BoundTerm } from '@swarmdrop/core/theory'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import { formatSpan } from '../ui/format'
import { axisOf } from './bar-axis'
import styles from './bound-bars.module.css'
import { formatDigits, unitFor } from './time-unit'

type BoundBarsProps = {
  /** The terms in the order of the formula. */
  terms: readonly BoundTerm[]
  /** Absent: the bars are there to be read. */
  onPush?: (binding: Binding, seconds: number) => void
}

/** A key moves a bar's end by this share of the axis. */
const KEY_SHARE = 0.02

const SIGNS: Record<Binding, ReactNode> = {
  'server-upload': (
    <>
      <i>F</i>/<i>u</i>
      <sub>s</sub>
    </>
  ),
  'slowest-download': (
    <>
      <i>F</i>/<i>d</i>
      <sub>min</sub>
    </>
  ),
  'total-upload': (
    <>
      <i>N</i>·<i>F</i>/(<i>u</i>
      <sub>s</sub> + Σ<i>u</i>
      <sub>i</sub>)
    </>
  ),
}

const NAMES: Record<Binding, string> = {
  'server-upload': 'The server sends the file once',
  'slowest-download': 'The slowest peer downloads it',
  'total-upload': 'All uploads together send N copies',
}

export function BoundBars({ terms, onPush }: BoundBarsProps) {
  /** While an end is held, the axis stands still. */
  const [held, setHeld] = useState<number>()
  const longest = terms.reduce((most, term) => (term.seconds > most.seconds ? term : most))
  const extent = held ?? axisOf(longest.seconds).extent
  const { ticks } = axisOf(extent, true)
  const unit = unitFor(extent)
  return (
    <div className={styles.frame}>
      <div className={`${styles.bars} ${controls.figures}`} data-testid="bound-bars">
        {terms.map((term) => (
          <Bar
            extent={extent}
            isBinding={term === longest}
            key={term.binding}
            onHold={(isHeld) => setHeld(isHeld ? extent : undefined)}
            onPush={onPush}
            term={term}
          />
        ))}
        <div aria-hidden="true" className={styles.axis}>
          {ticks.map((at) => (
            <span className={styles.tick} key={at} style={{ insetInlineStart: `${(100 * at) / extent}%` }}>
              {formatDigits(at / unit.seconds)}
              {at === ticks.at(-1) && `\u00a0${unit.short}`}
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}

type BarProps = {
  term: BoundTerm
  extent: number
  isBinding: boolean
  onPush: BoundBarsProps['onPush']
  onHold: (isHeld: boolean) => void
}

function Bar({ term: { binding, seconds }, extent, isBinding, onPush, onHold }: BarProps) {
  const track = useRef<HTMLSpanElement>(null)
  // A limit that nobody has takes no time: no bar, and no number.
  const isNone = binding === 'slowest-download' && seconds < 1e-3 * extent
  const words = isNone ? 'no limit' : formatSpan(seconds)
  const share = Math.min(1, seconds / extent)
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    onHold(true)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = track.current?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const at = (event.clientX - box.left) / box.width
    onPush?.(binding, extent * Math.max(0.005, Math.min(1, at)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const up = event.key === 'ArrowUp' || event.key === 'ArrowRight'
    if (!up && event.key !== 'ArrowDown' && event.key !== 'ArrowLeft') return
    event.preventDefault()
    onPush?.(binding, Math.max(extent * 0.005, seconds + (up ? 1 : -1) * KEY_SHARE * extent))
  }
  return (
    <div className={styles.row} data-binding={isBinding} data-seconds={seconds} data-testid={`bound-bar-${binding}`}>
      <span className={styles.sign}>
        {SIGNS[binding]} <span className={styles.name}>{NAMES[binding]}</span>
      </span>
      <span className={styles.track} ref={track}>
        <span className={styles.bar} style={{ inlineSize: `${100 * share}%` }} />
        {onPush && (
          <span
            aria-label={NAMES[binding]}
            aria-valuemin={0}
            aria-valuenow={seconds}
            aria-valuetext={words}
            className={styles.end}
            onKeyDown={onKeyDown}
            onLostPointerCapture={() => onHold(false)}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            role="slider"
            style={{ insetInlineStart: `${100 * share}%` }}
            tabIndex={0}
          />
        )}
      </span>
      <span className={styles.time}>{words}</span>
    </div>
  )
}
