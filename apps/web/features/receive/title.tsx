// What the link holds, and who has it: there before any click.
import type { TransferSnapshot } from '@swarmdrop/peer'
import controls from '../ui/controls.module.css'
import { countFiles, formatBytes } from '../ui/format'
import { whoHasIt } from '../ui/people-words'
import { TitleSkeleton } from './title-skeleton'
import styles from './transfer.module.css'

export function Title({ snapshot, known }: { snapshot: TransferSnapshot; known: boolean }) {
  if (!known) return snapshot.phase === 'failed' ? null : <TitleSkeleton />
  const { name, bytes, files, neighbours, connectionProblem } = snapshot
  const count = countFiles(files, name)
  return (
    <div className={styles.title}>
      <h1 className={styles.name} data-testid="content-name">
        <bdi>{name}</bdi>
      </h1>
      <p className={`${styles.facts} ${controls.figures}`}>
        <span data-testid="content-size">{formatBytes(bytes)}</span>
        {count !== undefined && <span>{count}</span>}
        <span>{whoHasIt(neighbours, connectionProblem)}</span>
      </p>
    </div>
  )
}
