// Before the link is open: what an earlier visit has left on this device is read and proved. Takes the room of what
// comes next.
import type { CheckingProgress } from '../../session'
import { Announce } from '../ui/announce'
import { Bar } from '../ui/bar'
import { percentOf } from '../ui/format'
import styles from './checking.module.css'
import searching from './searching.module.css'
import { TitleSkeleton } from './title-skeleton'
import transfer from './transfer.module.css'

export function Checking({ progress }: { progress: CheckingProgress | undefined }) {
  const percent = progress === undefined ? 0 : percentOf(progress.checkedChunks, progress.chunkCount)
  return (
    <div className={transfer.page} data-phase="connecting" data-testid="transfer">
      <TitleSkeleton />
      <div className={`${searching.searching} ${styles.checking}`}>
        {progress === undefined ? (
          <p className={searching.words}>Opening the link…</p>
        ) : (
          <>
            <p className={searching.words}>Checking the parts that are here already…</p>
            <Bar label="Checked" percent={percent} />
          </>
        )}
      </div>
      <Announce percent={percent} say={(step) => (progress === undefined ? '' : `${step} % checked`)} />
    </div>
  )
}
