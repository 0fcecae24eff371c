// A single file that a browser can show is looked at while it comes: what is here from its start, without a gap. Of
// several, notes are read once all is here.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { useState } from 'react'
import type { ReceivingTransfer } from '../../session'
import controls from '../ui/controls.module.css'
import { Notes } from './notes'
import styles from './preview.module.css'
import { previewOf } from './preview-kind'
import { MOST_TEXT_BYTES, Picture, Player, TextPreview } from './preview-shown'
import { usePrefix } from './use-prefix'

type PreviewProps = { session: ReceivingTransfer; snapshot: TransferSnapshot }

export function Preview(props: PreviewProps) {
  return props.snapshot.files.length === 1 ? <OfOneFile {...props} /> : <Notes {...props} />
}

function OfOneFile({ session, snapshot }: PreviewProps) {
  const { phase, bytes, name } = snapshot
  const preview = previewOf(name)
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
    <section aria-label="Preview" className={styles.preview}>
      <button aria-expanded={looking} className={controls.plain} data-testid="look" onClick={look} type="button">
        {looking ? 'Close preview' : 'Preview'}
      </button>
      {looking && problem !== undefined && <p>{problem}</p>}
      {looking && problem === undefined && (
        <div className={styles.frame} data-testid="preview">
          {kind === 'text' && <TextPreview {...shown} />}
          {kind === 'image' && <Picture {...shown} name={name} />}
          {(kind === 'audio' || kind === 'video') && <Player {...shown} kind={kind} name={name} />}
        </div>
      )}
    </section>
  )
}
