// A button that copies the text of an element, and says how that went. Knows nothing of the text.
import { type RefObject, useEffect, useState } from 'react'
import controls from '../ui/controls.module.css'
import { copyTextOf } from '../ui/copy'
import styles from './preview.module.css'

const COPIED_MS = 2_000

export function CopyText({ of }: { of: RefObject<HTMLElement | null> }) {
  const [copying, setCopying] = useState<'idle' | 'copied' | 'refused'>('idle')
  useEffect(() => {
    if (copying !== 'copied') return
    const timer = setTimeout(() => setCopying('idle'), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copying])
  const copy = async () => {
    if (of.current !== null) setCopying((await copyTextOf(of.current)) ? 'copied' : 'refused')
  }
  return (
    <div className={styles.copy}>
      <button className={controls.plain} data-testid="copy-text" onClick={copy} type="button">
        {copying === 'copied' ? 'Copied' : 'Copy the text'}
      </button>
      <output className={copying === 'refused' ? styles.words : controls.unseen}>
        {copying === 'copied' && 'The text is copied.'}
        {copying === 'refused' && 'Your browser does not let this page copy. The text is selected: press Ctrl+C or ⌘C.'}
      </output>
    </div>
  )
}
