// The first thing on the start page after a reload: what this tab was sharing, and the way to go on.
import type { KeptTransfer } from '@swarmdrop/peer/library'
import { useEffect, useState } from 'react'
import { forgetSharedHere, handlesOf, keptTransfers, pickedFromNote, sharedHere } from '../../session'
import controls from '../ui/controls.module.css'
import { type OnShareAgain, ShareAgain } from './share-again'
import styles from './was-sharing.module.css'

export function WasSharing({ onShareAgain }: { onShareAgain: OnShareAgain }) {
  const [shared, setShared] = useState(sharedHere)
  const [kept, setKept] = useState<KeptTransfer[]>()
  useEffect(() => {
    // Where nothing can be looked up, there is still the dialog.
    keptTransfers().then(setKept, () => setKept([]))
  }, [])
  if (shared === undefined) return null
  const { note } = shared
  const record = kept?.find(({ role, id }) => role === 'sender' && id === shared.id)

  return (
    <section aria-label="What you were sharing" className={styles.card} data-testid="was-sharing">
      <p className={styles.words}>
        You were sharing <bdi className={styles.name}>{shared.name}</bdi>: share it again under the same link.
      </p>
      <div className={styles.ways}>
        {/* Its place is kept until it is known what the browser can do. */}
        <div className={styles.way}>
          {note && (
            <button
              aria-label={`Share it again: “${shared.name}”`}
              className={controls.primary}
              onClick={() => onShareAgain(pickedFromNote(note.text, note.writtenAt), shared.id)}
              type="button"
            >
              Share it again
            </button>
          )}
          {!note && kept !== undefined && (
            <ShareAgain
              handles={record?.role === 'sender' ? handlesOf(record) : []}
              inputTestId="again-input"
              isPrimary
              kind={shared.kind}
              onShareAgain={onShareAgain}
              shared={shared}
              words="Share it again"
            />
          )}
        </div>
        <button
          className={styles.dismiss}
          onClick={() => {
            forgetSharedHere()
            setShared(undefined)
          }}
          type="button"
        >
          Not now
        </button>
      </div>
    </section>
  )
}
