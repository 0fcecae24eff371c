// Saves everything, or one file of it, and reports how that went.
import { useState } from 'react'
import { type ReceivingTransfer, saveAll, saveOne } from '../../session'
import controls from '../ui/controls.module.css'
import styles from './save-button.module.css'

export type SaveResult = { saved: 'everything' | 'one file' } | { problem: string }

type SaveButtonProps = {
  session: ReceivingTransfer
  /** Of one file; absent: everything. */
  index?: number
  onResult: (result: SaveResult) => void
}

const WORDS = { idle: 'Save', saving: 'Saving…', saved: 'Save again' } as const

export function SaveButton({ session, index, onResult }: SaveButtonProps) {
  const [step, setStep] = useState<keyof typeof WORDS>('idle')
  const everything = index === undefined
  const save = async () => {
    setStep('saving')
    try {
      await (everything ? saveAll(session) : saveOne(session, index))
      setStep('saved')
      onResult({ saved: everything ? 'everything' : 'one file' })
    } catch (error) {
      setStep('idle')
      onResult({ problem: error instanceof Error ? error.message : String(error) })
    }
  }

  return (
    <button
      className={everything ? controls.primary : styles.one}
      data-testid={everything ? 'save' : 'save-file'}
      disabled={step === 'saving'}
      onClick={save}
      type="button"
    >
      {WORDS[step]}
    </button>
  )
}
