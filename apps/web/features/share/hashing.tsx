// The files that were chosen are found, and then read once to make the link. Shows how far that is, and lets go of it.
import { useEffect, useRef } from 'react'
import type { HashingProgress, SearchProgress } from '../../session'
import { Announce } from '../ui/announce'
import { Bar } from '../ui/bar'
import controls from '../ui/controls.module.css'
import { formatPercent } from '../ui/format'
import { type Leaving, useLeaveWarning } from '../ui/use-leave-warning'
import { Chooser } from './chooser'
import styles from './hashing.module.css'
import { doneOf, makingWords, spokenWords } from './making-words'
import type { OnPicked } from './open-dialog'

const LEAVING: Leaving = {
  question: 'Stop making your link?',
  detail: 'The files would be read from the start again.',
  no: 'Keep making it',
  yes: 'Stop and open the other link',
}

type HashingProps = {
  progress: HashingProgress | SearchProgress
  /** Files are over the page and would drop here. */
  hovering: boolean
  onPicked: OnPicked
  onCancel: () => void
}

export function Hashing({ progress, hovering, onPicked, onCancel }: HashingProps) {
  const percent = doneOf(progress)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  useLeaveWarning(true, LEAVING)

  return (
    <div className={styles.page}>
      <h1 ref={title} tabIndex={-1}>
        Making your link
      </h1>
      <div className={styles.progress}>
        <div className={`${styles.numbers} ${controls.figures}`}>
          <span data-testid="making">{makingWords(progress)}</span>
          <span>{formatPercent(percent)}</span>
        </div>
        <Bar label="Making the link" percent={percent} />
        <p className={controls.quiet}>Fingerprinting each part, so receivers can check that nothing was altered.</p>
      </div>
      <div className={styles.ways}>
        <Chooser kind="file" label="Add more" onPicked={onPicked} testId="add-more" />
        <button className={controls.plain} onClick={onCancel} type="button">
          Cancel
        </button>
        <span className={controls.quiet}>{hovering ? 'Drop to add' : 'Drop or paste more to add it.'}</span>
      </div>
      <Announce percent={percent} say={(step) => spokenWords(progress, step)} />
    </div>
  )
}
