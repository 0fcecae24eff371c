// A word of the textbook that explains itself when it is pointed at or pressed. Knows nothing of its meaning.
import { type ReactNode, useId, useRef, useState } from 'react'
import styles from './term.module.css'

/** Room that the explanation needs, so that it never hangs over the window's edge. */
const WIDTH = 288
const EDGE = 12

export function Term({ means, children }: { means: string; children: ReactNode }) {
  const id = useId()
  const [place, setPlace] = useState<{ left: number; top: number }>()
  const isPointed = useRef(false)
  const show = (element: Element) => {
    const { left, bottom } = element.getBoundingClientRect()
    setPlace({ left: Math.max(EDGE, Math.min(left, document.body.clientWidth - WIDTH - EDGE)), top: bottom })
  }
  const hide = () => setPlace(undefined)
  return (
    <span
      className={styles.place}
      onPointerEnter={(event) => {
        isPointed.current = true
        show(event.currentTarget)
      }}
      onPointerLeave={() => {
        isPointed.current = false
        hide()
      }}
    >
      <button
        aria-describedby={id}
        className={styles.term}
        onBlur={hide}
        // Not on focus: who goes from field to field by keys would have each covered by the words of its name.
        onClick={(event) => (place === undefined || isPointed.current ? show(event.currentTarget) : hide())}
        onKeyDown={({ key }) => key === 'Escape' && hide()}
        type="button"
      >
        {children}
      </button>
      <span className={styles.means} hidden={place === undefined} id={id} role="tooltip" style={place ?? {}}>
        {means}
      </span>
    </span>
  )
}
