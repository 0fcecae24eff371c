// A single file that a browser can show is looked at while it comes: what is here from its start, without a gap.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { useState } from 'react'
import type { ReceivingTransfer } from '../../session'
import controls from '../ui/controls.module.css'
import styles from './preview.module.css'
import { previewOf } from './preview-kind'
import { MOST_TEXT_BYTES, Picture, Player, Writing } from './preview-shown'
import { usePrefix } from './use-prefix'

export function Preview({ session, snapshot }: { session: ReceivingTransfer; snapshot: TransferSnapshot }) {
  const { files, phase, bytes, name } = snapshot
  const preview = files.length === 1 ? previewOf(name) : undefined
  // A note is read where it arrives: nobody saves three lines to open them with something else.
  const isRead = preview?.kind === 'text' && bytes <= MOST_TEXT_BYTES && phase === 'complete'
  const [chosen, setChosen] = useState<boolean>()
  const looking = chosen ?? isRead
  const { blob, problem } = usePrefix(session, looking && phase !== 'ready')
  if (preview === undefined || bytes === 0) return null

  const { kind, type } = preview
  const look = () => {
    if (phase === 'ready') session.side.download()
    setChosen(!looking)
  }
  const shown = { blob, type, whole: blob?.size === bytes }
  return (
    <section aria-label="Look at it" className={styles.preview}>
      <button aria-expanded={looking} className={controls.plain} data-testid="look" onClick={look} type="button">
        {looking ? 'Look no more' : 'Look at it now'}
      </button>
      {looking && problem !== undefined && <p>{problem}</p>}
      {looking && problem === undefined && (
        <div className={styles.frame} data-testid="preview">
          {kind === 'text' && <Writing {...shown} />}
          {kind === 'image' && <Picture {...shown} name={name} />}
          {(kind === 'audio' || kind === 'video') && <Player {...shown} kind={kind} name={name} />}
        </div>
      )}
    </section>
  )
}
