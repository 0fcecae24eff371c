// A student's page in a room: their mark, what they wait for, and their part in a run. Where they are not in it, why.
import type { JoinedRoom, LabParticipant } from '@swarmdrop/peer/lab'
import { pathOf } from '../../session/base-path'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import { useLeaveWarning } from '../ui/use-leave-warning'
import { useStore } from '../ui/use-store'
import { useWakeLock } from '../ui/use-wake-lock'
import { OwnRun } from './own-run'
import { spokenCode } from './room-code'
import styles from './student.module.css'
import { YouAre } from './you-are'

const BUSY = 'The server is getting too many requests from your network. Trying again automatically.'
const UNREACHED = 'The server cannot be reached. Check your connection. Trying again automatically.'
const LOST = 'The connection to the room is lost. Reconnecting…'

export function StudentView({ code, student }: { code: string; student: LabParticipant }) {
  const { room, seat, run, unable, isChecking } = useStore(student)
  useLeaveWarning(run?.stage === 'running')
  useWakeLock(run?.stage === 'running')
  if (room.state === 'refused') {
    return (
      <Notice
        heading="h1"
        title="You are not in the room"
        tone="bad"
        way={
          <>
            <button className={controls.plain} onClick={() => window.location.reload()} type="button">
              Try again
            </button>
            <a href={pathOf('/lab')}>Enter another code</a>
          </>
        }
      >
        {room.reason}
      </Notice>
    )
  }
  if (room.state === 'removed') {
    return (
      <Notice
        heading="h1"
        title="The teacher has removed you from this room"
        tone="bad"
        way={
          <button className={controls.plain} onClick={() => student.askAgain()} type="button">
            Try again
          </button>
        }
      >
        This device can come back when the teacher lets you in again.
      </Notice>
    )
  }
  if (room.state === 'replaced') {
    return (
      <Notice
        heading="h1"
        title="You are in the room in another tab"
        tone="wait"
        way={
          <button
            className={controls.primary}
            data-testid="lab-take-back"
            onClick={() => student.takeBack()}
            type="button"
          >
            Use this tab
          </button>
        }
      >
        Your seat in room {spokenCode(code)} can be used in one tab only. This tab is paused until you take it back.
      </Notice>
    )
  }
  return (
    <div className={styles.page} data-in-run data-phase={run?.stage ?? 'waiting'} data-testid="lab-student">
      {seat && <YouAre isLarge={run === undefined} seat={seat} />}
      {unable !== undefined && (
        <Notice title="You are not in this run" tone="bad">
          {unable} Reload the page to be in the next one.
        </Notice>
      )}
      {run ? (
        <OwnRun mark={seat?.mark ?? 1} run={run} student={student} />
      ) : (
        <Waiting code={code} isChecking={isChecking} room={room} />
      )}
      {run && room.state !== 'in' && (
        <p className={styles.quiet}>
          {room.state === 'busy' ? BUSY : LOST} {run.stage !== 'over' && 'Your run continues.'}
        </p>
      )}
    </div>
  )
}

function Waiting({ code, room, isChecking }: { code: string; room: JoinedRoom; isChecking: boolean }) {
  const isIn = room.state === 'in' || room.state === 'lost'
  return (
    <>
      <h1>
        {isIn ? 'You are in room' : 'Joining room'} {spokenCode(code)}
      </h1>
      <p className={styles.lede} data-state={room.state} data-testid="lab-waiting" role="status">
        {isChecking ? 'Checking the connections of the class. This takes up to 10 seconds.' : whatNow(room)}
      </p>
      {room.state === 'lost' && <p className={styles.quiet}>{LOST}</p>}
    </>
  )
}

function whatNow(room: JoinedRoom): string {
  if (room.state === 'joining') return 'One moment…'
  if (room.state === 'unreached') return `${UNREACHED} Keep this tab open.`
  if (room.state === 'busy') return `${BUSY} Keep this tab open.`
  if (room.state === 'in' && !room.teacherPresent) return 'The teacher’s page is closed at the moment.'
  return 'The teacher will start the run. Keep this tab open.'
}
