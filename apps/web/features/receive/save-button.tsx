// Gives everything, or one file of it, to the browser as a download, and reports how that went.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { useState } from 'react'
import { type ReceivingTransfer, saveAll, saveOne } from '../../session'
import controls from '../ui/controls.module.css'
import styles from './save-button.module.css'

type SaveButtonProps = {
  session: ReceivingTransfer
  /** The index of one file; absent: everything. */
  index?: number
  /** The name of that file, for those who hear the button and do not see its row. */
  name?: string
  /** What the browser gets, where that is not the file itself. */
  asZip?: boolean
  /** Called when the bytes were given to the browser, or with what went wrong. */
  onSaved: (problem?: string) => void
}

const WORDS = { idle: 'Save', saving: 'Saving…', saved: 'Save again' } as const

/** Several files, or a folder next to one: a browser downloads one thing. */
export const isSavedAsZip = ({
  files,
  folders,
  filesChosen,
}: Pick<TransferSnapshot, 'files' | 'folders' | 'filesChosen'>) =>
  filesChosen !== 1 || (filesChosen === files.length && folders.length > 0)

export function SaveButton({ session, index, name, asZip = false, onSaved }: SaveButtonProps) {
  const [step, setStep] = useState<keyof typeof WORDS>('idle')
  const everything = index === undefined
  const save = async () => {
    setStep('saving')
    try {
      await (everything ? saveAll(session) : saveOne(session, index))
      setStep('saved')
      onSaved()
    } catch (error) {
      setStep('idle')
      onSaved(error instanceof Error ? error.message : String(error))
    }
  }

  const words = step === 'idle' && asZip ? 'Save as ZIP' : WORDS[step]
  return (
    <button
      aria-label={name === undefined ? undefined : `${words}: ${name}`}
      className={everything ? controls.primary : styles.one}
      data-testid={everything ? 'save' : 'save-file'}
      disabled={step === 'saving'}
      onClick={save}
      type="button"
    >
      {words}
    </button>
  )
}
