// Before a link is made: what people rarely mean to share is among the files. One click leaves it out, another shares
// it.
import { useEffect, useRef } from 'react'
import type { Unmeant } from '../../session'
import controls from '../ui/controls.module.css'
import { countOf } from '../ui/format'
import styles from './asking.module.css'
import { Chooser } from './chooser'
import type { OnPicked } from './open-dialog'
import { askingWords, unmeantCount, unmeantWhy } from './unmeant-words'

type AskingProps = {
  unmeant: readonly Unmeant[]
  count: number
  rest: number
  onAnswer: (what: 'share-all' | 'leave-out') => void
  onPicked: OnPicked
  onCancel: () => void
}

const SHOWN = 8

export function Asking({ unmeant, count, rest, onAnswer, onPicked, onCancel }: AskingProps) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const { question, detail } = askingWords({ unmeant, count, rest })
  return (
    <div className={styles.page} data-testid="unmeant">
      <h1 ref={title} tabIndex={-1}>
        {question}
      </h1>
      <p>{detail}</p>
      <ul className={styles.list}>
        {unmeant.slice(0, SHOWN).map((one) => (
          <li className={styles.row} key={one.name}>
            <bdi className={styles.name}>{one.name}</bdi>
            <span className={`${controls.quiet} ${controls.figures}`}>
              {[unmeantCount(one), unmeantWhy(one)].filter((fact) => fact !== undefined).join(', ')}
            </span>
          </li>
        ))}
        {unmeant.length > SHOWN && <li className={controls.quiet}>and {unmeant.length - SHOWN} more</li>}
      </ul>
      <div className={styles.answers}>
        {rest > 0 && (
          <button
            className={controls.primary}
            data-testid="leave-out"
            onClick={() => onAnswer('leave-out')}
            type="button"
          >
            Leave them out and share
          </button>
        )}
        <button className={controls.plain} data-testid="share-all" onClick={() => onAnswer('share-all')} type="button">
          {rest > 0 ? `Share all ${countOf(count, 'file')}` : count === 1 ? 'Share it' : 'Share them'}
        </button>
        <Chooser kind="file" label="Add more" onPicked={onPicked} testId="add-more" />
        <button className={controls.plain} onClick={onCancel} type="button">
          Cancel
        </button>
      </div>
    </div>
  )
}
