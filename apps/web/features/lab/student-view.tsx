// What a student sees of their own part: how far, their place, from whom and to whom and why, and their chunks.
import { boundsOf, castOf } from '@swarmdrop/core'
import type { JoinedRoom, LabParticipant, OwnRun as OwnRunData } from '@swarmdrop/peer'
import { useMemo, useState } from 'react'
import { pathOf } from '../../session/base-path'
import { Bar } from '../ui/bar'
import { ChunkMapView } from '../ui/chunk-map'
import controls from '../ui/controls.module.css'
import { formatPercent, formatRate, formatSeconds, percentOf } from '../ui/format'
import { Notice } from '../ui/notice'
import { PersonMark } from '../ui/person-mark'
import { Term } from '../ui/term'
import { useLeaveWarning } from '../ui/use-leave-warning'
import { useStore } from '../ui/use-store'
import { useWakeLock } from '../ui/use-wake-lock'
import { Classmates } from './classmates'
import { OwnCurve } from './own-curve'
import { placeOf } from './place'
import { spokenCode } from './room-code'
import styles from './student.module.css'
import { chokedBy, gettingFrom, type Reason, servedBecause } from './why'
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
        way={<a href={pathOf('/lab')}>Enter another code</a>}
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
        You can come back when the teacher lets you in again. This holds for this device.
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
        A place in room {spokenCode(code)} is for one tab. This one waits until you want it back.
      </Notice>
    )
  }
  return (
    <div className={styles.page} data-in-run data-phase={run?.stage ?? 'waiting'} data-testid="lab-student">
      {seat && <YouAre seat={seat} />}
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
        <p className={styles.quiet}>{room.state === 'busy' ? BUSY : LOST} Your run continues.</p>
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
  return 'The teacher starts the run. Keep this tab open.'
}

function OwnRun({ student, run, mark }: { student: LabParticipant; run: OwnRunData; mark: number }) {
  const { status, members, experiment, role, chunkCount, stage, points, elapsedSeconds } = run
  const [classmates] = useState(() => new Classmates())
  classmates.know(members, status.neighbours)
  const [subscribed] = useState(() => ({
    chunkMap: () => {
      const map = student.chunkMap()
      return map && classmates.drawn(map)
    },
    subscribe: (changed: () => void) => student.subscribe(changed),
  }))
  const nameOf = (id: string) => classmates.nameOf(id)
  const numberOf = (id: string) => classmates.numberOf(id)
  const bounds = useMemo(() => boundsOf(experiment), [experiment])
  const held = bitsIn(status.held)
  const isComplete = held >= chunkCount
  const { policy = {}, mode } = experiment
  const own = { isComplete, policy: mode === 'client-server' ? { ...policy, choker: 'everyone' as const } : policy }
  const choking = chokedBy(status.neighbours, nameOf)
  const place = placeOf(members, status.ids, castOf(experiment).peers.length)
  return (
    <>
      <header className={styles.head}>
        <h1 className={controls.figures}>{formatPercent(percentOf(held, chunkCount))}</h1>
        <p aria-live="polite" className={styles.lede}>
          {stageInWords(run, place)}
        </p>
        <Bar label="Your chunks" percent={percentOf(held, chunkCount)} />
      </header>
      {points.length > 1 && (
        <OwnCurve
          boundSeconds={mode === 'p2p' ? bounds.chunked : bounds.clientServer}
          chunkCount={chunkCount}
          mark={mark}
          points={points}
          untilSeconds={stage === 'over' ? (points.at(-1)?.atSeconds ?? 0) : elapsedSeconds}
        />
      )}
      {role.behaviour === 'free-rider' && (
        <p className={styles.quiet}>
          In this experiment you are a free rider: you upload nothing. Watch what it brings you.
        </p>
      )}
      {stage !== 'over' && (
        <>
          <Reasons
            empty="Nobody is sending you anything right now."
            numberOf={numberOf}
            reasons={gettingFrom(status.neighbours, nameOf)}
            title="You download from"
          />
          <Reasons
            empty={
              mode === 'client-server' ? 'Nobody: only the server uploads.' : 'Nobody needs your chunks right now.'
            }
            numberOf={numberOf}
            reasons={servedBecause(status.neighbours, nameOf, own)}
            title="You upload to"
          />
          {choking.length > 0 && (
            <p className={styles.quiet}>
              <Term means="They have chunks that you lack, and are serving others.">Choked</Term> by{' '}
              {choking.join(', ')}.
            </p>
          )}
          <section>
            <h2>Your chunks</h2>
            <ChunkMapView
              nameOf={(number) => classmates.nameOfNumber(number)}
              session={subscribed}
              snapshot={{ chunkCount }}
            />
          </section>
        </>
      )}
    </>
  )
}

function stageInWords(
  { stage, role, completedAfterMs, seconds, reason, elapsedSeconds, startsInSeconds }: OwnRunData,
  place: string,
): string {
  const done = completedAfterMs === undefined ? '' : `You finished in ${formatSeconds(completedAfterMs / 1000)}. `
  if (startsInSeconds > 0) return `Starts in ${Math.ceil(startsInSeconds)}…`
  if (stage === 'connecting') return 'Connecting to the others. The run begins when all are ready.'
  if (stage === 'away') {
    const { rejoinAtMs } = role
    const back = done === '' && rejoinAtMs !== undefined ? ` You come back ${rejoinAtMs / 1000} s after the start.` : ''
    return `${done}By the plan of this experiment you have left the swarm.${back} Keep this tab open.`
  }
  if (stage === 'over') {
    if (seconds === null || seconds === undefined)
      return `${done}${reason === '' ? 'The run is over.' : reason} Keep this tab open for the next one.`
    const had = place === '' ? '' : `${place.replace('You are', 'You were')} `
    return `${done}${had}The last one finished in ${formatSeconds(seconds)}. Keep this tab open for the next run.`
  }
  if (done !== '') return `${done}${place} You are helping the others now.`
  return `${elapsedSeconds.toFixed(0)} s. ${place}`
}

type ReasonsProps = {
  title: string
  reasons: readonly Reason[]
  empty: string
  /** By which somebody is drawn. */
  numberOf: (id: string) => number
}

function Reasons({ title, reasons, empty, numberOf }: ReasonsProps) {
  return (
    <section className={styles.reasons}>
      <h2>{title}</h2>
      {reasons.length === 0 && <p className={styles.quiet}>{empty}</p>}
      <ul>
        {reasons.map(({ id, name, bytesPerSecond, why }) => (
          <li key={id}>
            <PersonMark number={numberOf(id)} />
            <b>
              <bdi>{name}</bdi>
            </b>
            <span className={`${styles.rate} ${controls.figures}`}>{formatRate(bytesPerSecond)}</span>
            <span className={styles.why}>{why}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function bitsIn(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) for (let rest = byte; rest !== 0; rest &= rest - 1) count++
  return count
}
