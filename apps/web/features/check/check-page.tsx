// The connection check: what it means, what was found, and a report to send. Knows no transfer and no room.
import { useMemo } from 'react'
import { trackerHost } from '../../session/check'
import controls from '../ui/controls.module.css'
import { isLocalHost } from './addresses'
import styles from './check.module.css'
import { CheckLines } from './check-lines'
import { CopyReport } from './copy-report'
import { linesOf } from './lines'
import { reportOf } from './report'
import { Sign } from './sign'
import { useConnectionCheck } from './use-connection-check'
import { verdictOf } from './verdict'

export function CheckPage() {
  const { snapshot, again } = useConnectionCheck()
  const isDone = snapshot.phase === 'done'
  const here = useMemo(() => ({ isLocal: isLocalHost(trackerHost()), isSecure: window.isSecureContext }), [])
  const verdict = isDone
    ? verdictOf(snapshot.facts, here.isLocal)
    : ({ tone: 'running', title: 'Checking…', means: 'This takes up to 10 seconds.' } as const)
  const report = useMemo(() => reportOf(snapshot, { ...here, ...reporter() }), [snapshot, here])

  return (
    <div className={styles.page} data-phase={snapshot.phase} data-testid="check">
      <div className={styles.head}>
        <h1>Connection check</h1>
        <p className={styles.lede}>What works in this browser and on this network, tested for real.</p>
      </div>
      <section
        aria-labelledby="check-verdict"
        className={`${styles.verdict} ${styles[`${verdict.tone}Ground`]}`}
        data-testid="check-verdict"
        data-tone={verdict.tone}
      >
        <Sign tone={verdict.tone} />
        <div>
          <h2 id="check-verdict">{verdict.title}</h2>
          <p>{verdict.means}</p>
        </div>
      </section>
      <output className={controls.unseen}>
        {isDone ? `Check done. ${verdict.title}. ${verdict.means}` : 'Checking the connection.'}
      </output>
      <CopyReport isReady={isDone} report={report}>
        <button
          aria-disabled={!isDone}
          className={`${controls.plain} ${styles.button}`}
          data-testid="check-again"
          onClick={() => isDone && again()}
          type="button"
        >
          {isDone ? 'Check again' : 'Checking…'}
        </button>
      </CopyReport>
      <CheckLines isBusy={!isDone} lines={linesOf(snapshot, here)} />
    </div>
  )
}

const reporter = () => ({
  browser: navigator.userAgent,
  scheme: window.location.protocol,
  host: window.location.hostname,
  at: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
})
