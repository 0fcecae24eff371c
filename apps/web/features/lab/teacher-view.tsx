// The teacher's page: first one button, then the swarm as it moves, and what came of each run. Each part is drawn
// elsewhere.
import type { LabHost, LabResult } from '@swarmdrop/peer/lab'
import { settingsOf } from '@swarmdrop/peer/lab'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { labHost } from '../../session/lab'
import { expectAddress } from '../../session/page-address'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import { useLeaveWarning } from '../ui/use-leave-warning'
import { useStore } from '../ui/use-store'
import { useWakeLock } from '../ui/use-wake-lock'
import { CompareCard } from './compare-card'
import { FirstMinute } from './first-minute'
import { Invitation } from './invitation'
import { LabReplay } from './lab-replay'
import { LiveView } from './live-view'
import { LoadNotice } from './load-notice'
import { PeersHere } from './peers-here'
import { ReachPanel } from './reach-panel'
import { ReportPage } from './report-page'
import { ResultsView } from './results-view'
import { Roster } from './roster'
import { beginComparison, RunControls } from './run-controls'
import { takeFromTheory } from './set-for-real'
import { SettingsForm } from './settings-form'
import { type Chosen, type ShownRuns, shownRuns } from './shown-runs'
import styles from './teacher.module.css'
import { VerdictCard } from './verdict-card'
import { Wall } from './wall/wall'

export function TeacherView() {
  useEffect(expectAddress, [])
  const [host] = useState(labHost)
  const snapshot = useStore(host)
  const [fromTheory, setFromTheory] = useState<string>()
  useEffect(() => setFromTheory((before) => takeFromTheory(host) ?? before), [host])
  const [projector, setProjector] = useState(false)
  const leaveWall = useCallback(() => setProjector(false), [])
  const { room, phase, results, problem, sessionName } = snapshot
  const busy = phase === 'connecting' || phase === 'running'
  /** The run that was chosen in the table since the last one was started. */
  const [chosen, setChosen] = useState<Chosen>()
  if (busy && chosen !== undefined) setChosen(undefined)
  const { compared, settings, peerCount } = snapshot
  const shown = useMemo(
    () => shownRuns({ phase, results, compared, settings, peerCount }, chosen),
    [phase, results, compared, settings, peerCount, chosen],
  )
  const [isReporting, setReporting] = useState(false)
  const stage = useRef<HTMLDivElement>(null)
  const watch = (what: Chosen) => {
    setChosen(what)
    stage.current?.scrollIntoView({ block: 'start' })
  }
  const compare = (result: LabResult) => {
    duplicate(host, result)
    stage.current?.scrollIntoView({ block: 'start' })
  }
  useLeaveWarning(busy)
  useWakeLock(busy)

  if (isReporting && results.length > 0) return <ReportPage onClose={() => setReporting(false)} snapshot={snapshot} />
  if (room.state === 'none' || room.state === 'opening') {
    return (
      <div className={styles.page} data-wide>
        <FirstMinute host={host} opening={room.state === 'opening'} />
        <div ref={stage}>
          {shown && <LabReplay first={shown.first} from={shown.from} key={keyOf(shown)} runs={shown.runs} />}
        </div>
        <ResultsView
          hasFigure={false}
          onReport={() => setReporting(true)}
          onWatch={(id) => watch({ id })}
          results={results}
          sessionName={sessionName}
        />
      </div>
    )
  }
  if (projector && 'code' in room) return <Wall host={host} onLeave={leaveWall} snapshot={snapshot} />
  return (
    <div className={styles.page} data-busy={busy} data-wide="full">
      <div className={styles.head}>
        <h1>Watch a file spread</h1>
        <button className={controls.plain} onClick={() => setProjector(true)} type="button">
          Projector
        </button>
      </div>
      {room.state === 'failed' && (
        <Notice title="There is no room" tone="bad">
          {room.reason}
        </Notice>
      )}
      {room.state === 'replaced' && (
        <Notice
          title="Your room is open in another tab"
          tone="wait"
          way={
            <button
              className={controls.primary}
              data-testid="lab-take-back"
              onClick={() => host.takeBack()}
              type="button"
            >
              Use this tab
            </button>
          }
        >
          A room can be used in one tab only. This one is paused until you take it back.
        </Notice>
      )}
      <div className={styles.bench}>
        <div className={styles.rail}>
          <Invitation room={room} students={snapshot.participants}>
            <Roster host={host} snapshot={snapshot} />
          </Invitation>
          <div>
            <PeersHere busy={busy} host={host} snapshot={snapshot} />
          </div>
          <div className={styles.settings}>
            <SettingsForm host={host} snapshot={snapshot} />
          </div>
        </div>
        <div className={styles.stage} ref={stage}>
          {fromTheory !== undefined && results.length === 0 && <p className={controls.quiet}>{fromTheory}</p>}
          <RunControls host={host} snapshot={snapshot} />
          {!busy && <LoadNotice host={host} snapshot={snapshot} />}
          {!busy && <ReachPanel host={host} snapshot={snapshot} />}
          <CompareCard host={host} onWatch={(pair) => watch({ pair })} snapshot={snapshot} />
          {phase === 'done' && compared === undefined && <VerdictCard host={host} snapshot={snapshot} />}
          {phase === 'failed' && (
            <Notice title="The run failed" tone="bad">
              {problem}
            </Notice>
          )}
          <LiveView
            host={host}
            replay={shown && <LabReplay first={shown.first} from={shown.from} key={keyOf(shown)} runs={shown.runs} />}
            snapshot={snapshot}
          />
        </div>
      </div>
      <ResultsView
        hasFigure
        onReport={busy ? undefined : () => setReporting(true)}
        onCompare={busy ? undefined : compare}
        onWatch={busy ? undefined : (id) => watch({ id })}
        results={results}
        sessionName={sessionName}
      />
    </div>
  )
}

/** A run's settings become A, and B, which is to be changed. */
function duplicate(host: LabHost, { experiment }: LabResult): void {
  const { settings, peerCount } = settingsOf(experiment)
  host.takeFile(undefined)
  host.change(settings)
  host.addPeers(peerCount - host.getSnapshot().peerCount)
  beginComparison(host)
}

const keyOf = ({ runs, first, from }: ShownRuns) => `${runs.map(({ result }) => result.id).join()} ${from} ${first}`
