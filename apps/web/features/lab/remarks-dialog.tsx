// What somebody says of a run: its name, a note; or that it shall go. Knows nothing of how it is kept.
import { type LabResult, MAX_NOTE_CHARACTERS } from '@swarmdrop/peer/lab'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { labResults } from '../../session/lab'
import controls from '../ui/controls.module.css'
import styles from './remarks.module.css'

type RemarksDialogProps = { result: LabResult; number: number; onClose: () => void }

export function RemarksDialog({ result: { id, experiment, note = '' }, number, onClose }: RemarksDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const [name, setName] = useState(experiment.name)
  const [text, setText] = useState(note)
  useEffect(() => dialog.current?.showModal(), [])
  const save = (event: FormEvent) => {
    event.preventDefault()
    labResults().remark(id, { name, note: text })
    onClose()
  }
  return (
    <dialog aria-labelledby={title} className={styles.dialog} onCancel={onClose} ref={dialog}>
      <form className={styles.form} onSubmit={save}>
        <h2 id={title}>Run {number}</h2>
        <label className={styles.field}>
          Name
          <input
            className={controls.field}
            data-testid="lab-run-name"
            maxLength={200}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            type="text"
            value={name}
          />
        </label>
        <label className={styles.field}>
          Note
          <textarea
            className={controls.field}
            data-testid="lab-run-note"
            maxLength={MAX_NOTE_CHARACTERS}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            rows={4}
            value={text}
          />
        </label>
        <div className={styles.answers}>
          <button
            className={controls.dangerLink}
            data-testid="lab-run-delete"
            onClick={() => labResults().remove(id)}
            type="button"
          >
            Delete this run
          </button>
          <button className={controls.plain} onClick={onClose} type="button">
            Cancel
          </button>
          <button className={controls.primary} type="submit">
            Save
          </button>
        </div>
      </form>
    </dialog>
  )
}
