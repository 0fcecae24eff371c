// Saves everything, or one file of it, and says when that fails.
import { useState } from 'react'
import type { Session } from '../../session/types'
import controls from '../ui/controls.module.css'
import styles from './save-button.module.css'

type Saving = { step: 'idle' | 'saving' | 'saved' } | { step: 'failed'; reason: string }

type SaveButtonProps = {
  session: Session
  /** Of one file; absent: everything. */
  index?: number
  onSaved?: () => void
}

export function SaveButton({ session, index, onSaved }: SaveButtonProps) {
  const [saving, setSaving] = useState<Saving>({ step: 'idle' })
  const everything = index === undefined
  const save = async () => {
    setSaving({ step: 'saving' })
    try {
      await (everything ? session.save() : session.saveFile(index))
      setSaving({ step: 'saved' })
      onSaved?.()
    } catch (error) {
      setSaving({ step: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  }

  return (
    <>
      <button
        className={everything ? controls.primary : styles.one}
        data-testid={everything ? 'save' : 'save-file'}
        disabled={saving.step === 'saving'}
        onClick={save}
        type="button"
      >
        {saving.step === 'saving' ? 'Saving…' : saving.step === 'saved' ? 'Save again' : 'Save'}
      </button>
      {saving.step === 'failed' && (
        <span className={styles.failed} role="alert">
          {saving.reason}
        </span>
      )}
    </>
  )
}
