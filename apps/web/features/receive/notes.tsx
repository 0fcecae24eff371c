// The notes among several files, read where they arrive once all is here. Knows nothing of the other files.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { useEffect, useMemo, useRef, useState } from 'react'
import { isNote, type ReceivingTransfer, readText } from '../../session'
import { CopyText } from './copy-text'
import styles from './preview.module.css'
import { MOST_TEXT_BYTES } from './preview-shown'

const MOST_NOTES = 5

export function Notes({ session, snapshot }: { session: ReceivingTransfer; snapshot: TransferSnapshot }) {
  const { files, filesChosen, phase } = snapshot
  const notes = useMemo(
    () =>
      files
        .map(({ path, bytes }, index) => ({ path, bytes, index }))
        .filter(({ path, bytes }) => isNote(path) && bytes > 0 && bytes <= MOST_TEXT_BYTES)
        .slice(0, MOST_NOTES),
    [files],
  )
  if (phase !== 'complete' || filesChosen < files.length) return null
  return notes.map(({ path, index }) => <Note index={index} key={path} path={path} session={session} />)
}

function Note({ session, index, path }: { session: ReceivingTransfer; index: number; path: string }) {
  const [text, setText] = useState<string>()
  const shown = useRef<HTMLPreElement>(null)
  useEffect(() => {
    let over = false
    // What cannot be read can still be saved, and that says what is the matter.
    readText(session, index).then(
      (read) => !over && setText(read),
      () => {},
    )
    return () => {
      over = true
    }
  }, [session, index])
  if (text === undefined) return null
  return (
    <section aria-label={path} className={styles.preview}>
      <div className={styles.frame} data-testid="preview">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
        <pre className={styles.text} ref={shown} tabIndex={0}>
          {text}
        </pre>
        <CopyText of={shown} />
      </div>
    </section>
  )
}
