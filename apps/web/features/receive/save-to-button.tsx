// Saves everything to a place that the person chooses, without a copy in between; drawn where the browser can.
import { useState } from 'react'
import { type ReceivingTransfer, saveTo } from '../../session'
import controls from '../ui/controls.module.css'

type SaveToButtonProps = { session: ReceivingTransfer; onSaved: (problem?: string) => void }

export function SaveToButton({ session, onSaved }: SaveToButtonProps) {
  const [saving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    try {
      // Whoever closes the dialog has changed their mind, and nothing has gone wrong.
      if ((await saveTo(session)) === 'saved') onSaved()
    } catch (error) {
      onSaved(error instanceof Error ? error.message : String(error))
    }
    setSaving(false)
  }

  return (
    <button className={controls.plain} data-testid="save-to" disabled={saving} onClick={save} type="button">
      {saving ? 'Saving…' : 'Save to…'}
    </button>
  )
}
