// Saves everything to a place that the person chooses, without a copy in between; each is drawn where the browser can.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { type ReactNode, useState } from 'react'
import { canSaveFolder, canSaveTo, type ReceivingTransfer, saveFolder, saveTo } from '../../session'
import controls from '../ui/controls.module.css'
import { isSavedAsZip } from './save-button'

type SaveToProps = { session: ReceivingTransfer; snapshot: TransferSnapshot; onSaved: (problem?: string) => void }

export function SaveToButtons({ session, snapshot, onSaved }: SaveToProps) {
  const [written, setWritten] = useState<number>()
  const isZip = isSavedAsZip(snapshot)
  return (
    <>
      {canSaveTo() && (
        <SaveToButton
          hint={isZip ? 'Writes a ZIP straight to where you choose.' : 'Writes it straight to where you choose.'}
          onSaved={onSaved}
          save={() => saveTo(session)}
          testId="save-to"
        >
          Choose where…
        </SaveToButton>
      )}
      {canSaveFolder() && isZip && (
        <SaveToButton
          hint="Files that are written into a folder are dated today. A ZIP keeps their dates."
          onSaved={onSaved}
          progress={written === undefined ? undefined : `${written} of ${snapshot.filesChosen}…`}
          save={() => saveFolder(session, setWritten).finally(() => setWritten(undefined))}
          testId="save-folder"
        >
          Save as a folder…
        </SaveToButton>
      )}
    </>
  )
}

type SaveToButtonProps = {
  save: () => Promise<'saved' | 'cancelled'>
  progress?: string | undefined
  testId: string
  /** What is to be known before it is pressed. */
  hint?: string
  children: ReactNode
  onSaved: SaveToProps['onSaved']
}

function SaveToButton({ save, progress = 'Saving…', testId, hint, children, onSaved }: SaveToButtonProps) {
  const [saving, setSaving] = useState(false)
  const press = async () => {
    setSaving(true)
    try {
      // Anyone who closes the dialog has changed their mind, and nothing has gone wrong.
      if ((await save()) === 'saved') onSaved()
    } catch (error) {
      onSaved(error instanceof Error ? error.message : String(error))
    }
    setSaving(false)
  }

  return (
    <button className={controls.link} data-testid={testId} disabled={saving} onClick={press} title={hint} type="button">
      {saving ? progress : children}
    </button>
  )
}
