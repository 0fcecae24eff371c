// Fields that slow this tab down. What cannot be read is said beside the field, and nothing changes.
import { useId, useState } from 'react'
import type { Session } from '../../session/types'
import controls from './controls.module.css'
import { readLimit } from './limit'
import styles from './limits.module.css'

type Direction = 'upload' | 'download'

const LABELS = { download: 'Download limit', upload: 'Upload limit' } as const

/** `of`: whoever only sends has nothing to download. */
export function Limits({ session, of }: { session: Session; of: readonly Direction[] }) {
  const [limits, setLimits] = useState<Record<Direction, number | undefined>>(() => {
    const { uploadLimit, downloadLimit } = session.getSnapshot()
    return { upload: uploadLimit, download: downloadLimit }
  })
  const apply = (direction: Direction, bytesPerSecond: number | undefined) => {
    const next = { ...limits, [direction]: bytesPerSecond }
    setLimits(next)
    session.setLimits(next)
  }
  return (
    <section aria-label="Speed limits" className={styles.limits}>
      {of.map((direction) => (
        <LimitField
          direction={direction}
          key={direction}
          label={LABELS[direction]}
          onLimit={(limit) => apply(direction, limit)}
          start={limits[direction]}
        />
      ))}
    </section>
  )
}

type LimitFieldProps = {
  direction: Direction
  label: string
  start: number | undefined
  onLimit: (bytesPerSecond: number | undefined) => void
}

function LimitField({ direction, label, start, onLimit }: LimitFieldProps) {
  const [text, setText] = useState(() => (start === undefined ? '' : String(start / 1000)))
  const limit = readLimit(text)
  const problem = 'problem' in limit ? limit.problem : undefined
  const id = useId()
  return (
    <div className={styles.limit}>
      <label htmlFor={id}>{label}</label>
      <span className={styles.line}>
        <input
          aria-describedby={`${id}-unit ${id}-note`}
          aria-invalid={problem !== undefined}
          autoComplete="off"
          className={`${controls.field} ${controls.figures} ${styles.field}`}
          data-testid={`${direction}-limit`}
          id={id}
          inputMode="decimal"
          onChange={(event) => {
            const typed = event.currentTarget.value
            setText(typed)
            const read = readLimit(typed)
            if (!('problem' in read)) onLimit(read.bytesPerSecond)
          }}
          placeholder="none"
          type="text"
          value={text}
        />
        <span id={`${id}-unit`}>kB/s</span>
      </span>
      <output className={styles.problem} id={`${id}-note`}>
        {problem}
      </output>
    </div>
  )
}
