// What is kept on this device and how to be rid of it, under the progress that it belongs to.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { useState } from 'react'
import type { ReceivingTransfer } from '../../session'
import { pathOf } from '../../session/base-path'
import { forgetPasswordOfNothing } from '../../session/kept'
import { Confirm } from '../ui/confirm'
import controls from '../ui/controls.module.css'
import styles from './kept-line.module.css'
import { keptWords } from './kept-words'

export function KeptLine({ session, snapshot }: { session: ReceivingTransfer; snapshot: TransferSnapshot }) {
  const [asking, setAsking] = useState(false)

  const answer = async (agreed: boolean) => {
    setAsking(false)
    if (!agreed) return
    await session.forget()
    await forgetPasswordOfNothing(snapshot.link.slice(snapshot.link.indexOf('#') + 1))
    // A fresh start: there is nothing of this link left here.
    window.location.assign(pathOf('/'))
  }
  return (
    <div className={styles.kept} data-keeping={snapshot.keeping} data-testid="keeping">
      <output className={controls.quiet}>{keptWords(snapshot)}</output>
      {snapshot.keeping === 'kept' && (
        <button className={controls.dangerLink} data-testid="delete-kept" onClick={() => setAsking(true)} type="button">
          Delete from this browser
        </button>
      )}
      {asking && (
        <Confirm
          detail="The parts that have arrived are removed from this browser, and this page stops helping others. Files you have saved stay where they are."
          no="Keep it"
          onAnswer={(agreed) => void answer(agreed)}
          question="Delete the copy in this browser?"
          yes="Delete"
        />
      )}
    </div>
  )
}
