// The report, to read and to copy. Knows nothing of what it says.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import { copyTextOf } from '../ui/copy'
import styles from './check.module.css'

const COPIED_MS = 2_000

type CopyReportProps = {
  report: string
  isReady: boolean
  /** What stands next to the button. */
  children: ReactNode
}

export function CopyReport({ report, isReady, children }: CopyReportProps) {
  const text = useRef<HTMLPreElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [copying, setCopying] = useState<'idle' | 'asked' | 'copied' | 'refused'>('idle')

  // Where the page may not use the clipboard, only text that is shown can be selected and copied.
  useEffect(() => {
    if (copying !== 'asked' || text.current === null) return
    void copyTextOf(text.current).then((isCopied) => setCopying(isCopied ? 'copied' : 'refused'))
  }, [copying])
  useEffect(() => {
    if (copying !== 'copied') return
    const timer = setTimeout(() => setCopying('idle'), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copying])

  const copy = () => {
    if (!isReady) return
    if (navigator.clipboard === undefined) setOpen(true)
    setCopying('asked')
  }

  return (
    <div className={styles.report}>
      <div className={styles.buttons}>
        {children}
        <button
          aria-disabled={!isReady}
          className={`${controls.primary} ${styles.button}`}
          data-testid="check-copy"
          onClick={copy}
          type="button"
        >
          {copying === 'copied' ? 'Copied' : 'Copy this report'}
        </button>
      </div>
      <output className={copying === 'refused' ? styles.refused : controls.unseen}>
        {copying === 'copied' && 'The report is copied.'}
        {copying === 'refused' &&
          'Your browser does not let this page copy. The report is selected: press Ctrl+C or ⌘C.'}
      </output>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)} open={isOpen || copying === 'refused'}>
        <summary className={styles.summary}>What the report says</summary>
        <pre className={styles.text} data-testid="check-report" ref={text}>
          {report}
        </pre>
      </details>
    </div>
  )
}
