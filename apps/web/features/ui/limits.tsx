// Fields that slow this tab down. What cannot be read changes nothing.
import { useState } from 'react'
import { type Session, tabModeration } from '../../session'
import styles from './limits.module.css'
import { NumberField } from './number-field'
import { KB_PER_SECOND } from './read-number'

type Direction = 'upload' | 'download'

const LABELS = { download: 'Download limit', upload: 'Upload limit' } as const

/** `of`: anyone who only sends has nothing to download. */
export function Limits({ session, of }: { session: Session; of: readonly Direction[] }) {
  const [limits, setLimits] = useState<Record<Direction, number | undefined>>(() => {
    const { uploadLimit, downloadLimit } = session.getSnapshot()
    return { upload: uploadLimit, download: downloadLimit }
  })
  const apply = (direction: Direction, bytesPerSecond: number | undefined) => {
    const next = { ...limits, [direction]: bytesPerSecond }
    setLimits(next)
    session.setLimits(next)
    tabModeration().keep(next)
  }
  return (
    <section aria-label="Speed limits" className={styles.limits}>
      {of.map((direction) => (
        <NumberField
          key={direction}
          label={LABELS[direction]}
          least={1_000}
          // Beyond any connection, and near where numbers stop being exact.
          most={1e12}
          onValue={(bytesPerSecond) => apply(direction, bytesPerSecond)}
          placeholder="none"
          testId={`${direction}-limit`}
          unit={KB_PER_SECOND}
          value={limits[direction]}
        />
      ))}
    </section>
  )
}
