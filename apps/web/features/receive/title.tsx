// What the link holds, and who has it: there before any click.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { ContentIcon } from '../ui/content-icon'
import controls from '../ui/controls.module.css'
import { countFiles, formatBytes } from '../ui/format'
import { whoHasIt } from '../ui/people-words'
import { TitleSkeleton } from './title-skeleton'
import styles from './transfer.module.css'

/** A longer name takes too many lines in the size of a heading. */
const LONG_NAME = 48

export function Title({ snapshot, known }: { snapshot: TransferSnapshot; known: boolean }) {
  if (!known) return snapshot.phase === 'failed' ? null : <TitleSkeleton />
  const { name, bytes, files, neighbours, connectionProblem } = snapshot
  const count = countFiles(files, name)
  return (
    <div className={styles.title}>
      <ContentIcon files={files} name={name} />
      <div className={styles.what}>
        <h1 className={styles.name} data-long={name.length > LONG_NAME} data-testid="content-name">
          <bdi>{name}</bdi>
        </h1>
        <p className={`${styles.facts} ${controls.figures}`}>
          <span data-testid="content-size">{formatBytes(bytes)}</span>
          {count !== undefined && <span>{count}</span>}
          <span>{whoHasIt(neighbours, connectionProblem)}</span>
        </p>
      </div>
    </div>
  )
}
