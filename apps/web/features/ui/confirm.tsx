// Asks before something is lost. The safe answer has the focus.
import { useEffect, useId, useRef } from 'react'
import styles from './confirm.module.css'
import controls from './controls.module.css'

type ConfirmProps = {
  question: string
  detail: string
  yes: string
  no: string
  /** Nothing is lost by yes. */
  isHarmless?: boolean
  onAnswer: (agreed: boolean) => void
  /** A third answer. */
  other?: { words: string; onChosen: () => void }
}

export function Confirm({ question, detail, yes, no, isHarmless = false, onAnswer, other }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog aria-labelledby={title} className={styles.dialog} onCancel={() => onAnswer(false)} ref={dialog}>
      <h2 id={title}>{question}</h2>
      <p className={styles.detail}>{detail}</p>
      <div className={styles.answers}>
        <button className={controls.plain} onClick={() => onAnswer(false)} type="button">
          {no}
        </button>
        {other && (
          <button className={controls.plain} onClick={other.onChosen} type="button">
            {other.words}
          </button>
        )}
        <button
          className={isHarmless ? controls.primary : controls.danger}
          onClick={() => onAnswer(true)}
          type="button"
        >
          {yes}
        </button>
      </div>
    </dialog>
  )
}
