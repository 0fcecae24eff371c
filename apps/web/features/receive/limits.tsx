// Two fields that slow this tab down. What cannot be read is said beside the field, and nothing changes.
import { useId, useState } from 'react'
import type { Session } from '../../session/types'
import controls from '../ui/controls.module.css'
import { readLimit } from './limit'
import styles from './limits.module.css'

type Direction = 'upload' | 'download'

export function Limits({ session }: { session: Session }) {
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
      <LimitField
        direction="download"
        label="Download limit"
        onLimit={(limit) => apply('download', limit)}
        start={limits.download}
      />
      <LimitField
        direction="upload"
        label="Upload limit"
        onLimit={(limit) => apply('upload', limit)}
        start={limits.upload}
      />
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
