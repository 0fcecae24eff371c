// A student's own part in a run: how far, their rank and curve, from whom and to whom and why, and their chunks.
import { boundsOf, participantsOf } from '@swarmdrop/core/simulation'
import type { LabParticipant, OwnRun as OwnRunData } from '@swarmdrop/peer/lab'
import { useMemo, useState } from 'react'
import { Bar } from '../ui/bar'
import { ChunkMapView } from '../ui/chunk-map'
import controls from '../ui/controls.module.css'
import { formatPercent, percentOf } from '../ui/format'
import { Term } from '../ui/term'
import { Classmates } from './classmates'
import { OwnCurve } from './own-curve'
import { rankOf } from './rank'
import { Reasons } from './reasons'
import { stageInWords } from './stage-words'
import styles from './student.module.css'
import { chokedBy, gettingFrom, servedBecause } from './why'

export function OwnRun({ student, run, mark }: { student: LabParticipant; run: OwnRunData; mark: number }) {
  const { status, participants, experiment, plan, chunkCount, stage, points, elapsedSeconds } = run
  const [classmates] = useState(() => new Classmates())
  classmates.know(participants, status.neighbours)
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
  const rank = rankOf(participants, status.ids, participantsOf(experiment).peers.length)
  return (
    <>
      <header className={styles.head}>
        <h1 className={controls.figures}>{formatPercent(percentOf(held, chunkCount))}</h1>
        <p aria-live="polite" className={styles.lede}>
          {stageInWords(run, rank)}
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
      {plan.behaviour === 'free-rider' && (
        <p className={styles.quiet}>
          In this experiment you are a free rider: you upload nothing. See what that gets you.
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

function bitsIn(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) for (let rest = byte; rest !== 0; rest &= rest - 1) count++
  return count
}
