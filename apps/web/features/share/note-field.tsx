// A field for a text that is shared like a file. Text pasted anywhere on the page gets here as well, to be looked at
// before it is shared. Knows nothing of what becomes of it.
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import styles from './note-field.module.css'
import { isMeantAsLink, usePastedText } from './use-pasted-text'

type NoteFieldProps = { note: string; onWritten: (note: string) => void; onShare: () => void }

const MOST_ROWS = 8

export function NoteField({ note, onWritten, onShare }: NoteFieldProps) {
  const id = useId()
  const [hasPasted, setPasted] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const isBlank = note.trim() === ''
  usePastedText((pasted) => {
    if (isMeantAsLink(pasted)) return
    onWritten(isBlank ? pasted : `${note}\n${pasted}`)
    setPasted(true)
    // Without the focus: a link that is pasted next is opened, and is no part of the note.
    field.current?.scrollIntoView({ block: 'nearest' })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isBlank) return
    event.preventDefault()
    onShare()
  }

  return (
    <div className={styles.note}>
      <label className={controls.quiet} htmlFor={id}>
        Or write a note
      </label>
      <textarea
        className={`${controls.field} ${styles.field}`}
        data-testid="note"
        id={id}
        onChange={({ currentTarget }) => onWritten(currentTarget.value)}
        onKeyDown={onKeyDown}
        ref={field}
        // Some browsers do not fit it to what is written by themselves.
        rows={Math.min(note.split('\n').length, MOST_ROWS)}
        value={note}
      />
      <output className={controls.unseen}>{hasPasted && !isBlank && 'What you pasted is in the note.'}</output>
      {!isBlank && (
        <button
          className={`${controls.primary} ${styles.share}`}
          data-testid="share-note"
          onClick={onShare}
          type="button"
        >
          Share the note
        </button>
      )}
    </div>
  )
}
