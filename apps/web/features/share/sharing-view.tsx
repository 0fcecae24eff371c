// What a sender sees while the link is live: the light, the link, who fetches, what is shared, the way to stop.
import { useEffect, useState } from 'react'
import type { Session } from '../../session/types'
import { Confirm } from '../ui/confirm'
import controls from '../ui/controls.module.css'
import { FileList } from '../ui/file-list'
import { countOf, formatBytes } from '../ui/format'
import { Introductions } from '../ui/introductions'
import { Notice } from '../ui/notice'
import { useSnapshot } from '../ui/use-snapshot'
import { Receivers } from './receivers'
import { SafetyLight } from './safety-light'
import { safetyOf } from './safety'
import { ShareLink } from './share-link'
import styles from './sharing-view.module.css'

export function SharingView({ session, onStop }: { session: Session; onStop: () => void }) {
  const snapshot = useSnapshot(session)
  const safety = safetyOf(snapshot.neighbours, session.chunkMap())
  const needed = !safety.safe && safety.fetching > 0
  const [asking, setAsking] = useState(false)
  useLeaveWarning(needed)

  const { name, files, bytes, problem, phase } = snapshot
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Send this link</h1>
        <p className={styles.what}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={`${styles.size} ${controls.figures}`}>
            {files.length > 1 && `${countOf(files.length, 'file')}, `}
            {formatBytes(bytes)}
          </span>
        </p>
      </div>

      {problem !== undefined && (
        <Notice
          title={phase === 'failed' ? 'Sharing has stopped' : 'Something needs your attention'}
          tone={phase === 'failed' ? 'bad' : 'wait'}
          way={
            <button className={controls.plain} onClick={onStop} type="button">
              Choose the files again
            </button>
          }
        >
          {problem}
        </Notice>
      )}

      <ShareLink link={snapshot.link} name={name} />
      <SafetyLight safety={safety} />
      <Receivers snapshot={snapshot} />
      <FileList files={files} />

      <div className={styles.end}>
        <button className={controls.plain} onClick={() => (needed ? setAsking(true) : onStop())} type="button">
          Stop sharing
        </button>
        <span className={controls.quiet}>To share something else, drop it anywhere here.</span>
      </div>
      {asking && (
        <Confirm
          detail="They cannot finish without this tab, because some parts are only here."
          no="Keep sharing"
          onAnswer={(agreed) => (agreed ? onStop() : setAsking(false))}
          question="People are still fetching it. Stop anyway?"
          yes="Stop sharing"
        />
      )}
      <Introductions tracker={snapshot.tracker} />
    </div>
  )
}

function useLeaveWarning(needed: boolean): void {
  useEffect(() => {
    if (!needed) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [needed])
}
