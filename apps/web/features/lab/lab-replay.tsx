'use client'
// Recorded runs, played on one clock: one of them with all its pictures, or two side by side. Knows nothing of how
// they were run.
import {
  frameOf,
  givenUntil,
  holdingsAt,
  type LabResult,
  type RecordedReplay,
  replayOfResult,
  sampleAt,
} from '@swarmdrop/peer/lab'
import { useMemo, useState } from 'react'
import { ProgressCurves } from '../pictures/progress-curves'
import { SwarmPicture } from '../pictures/swarm-picture'
import { PlayerControls } from '../replay/player'
import styles from '../replay/replay.module.css'
import { Turns } from '../replay/turns'
import { type Player, usePlayer } from '../replay/use-player'
import controls from '../ui/controls.module.css'
import { BytesMatrix } from './bytes-matrix'
import { ChunkPeerMap } from './chunk-peer-map'
import live from './live.module.css'
import { Tabs } from './tabs'

export type ShownRun = { result: LabResult; name: string }

type Recorded = ShownRun & { replay: RecordedReplay }

type LabReplayProps = {
  /** One, or two that belong together. */
  runs: readonly ShownRun[]
  /** The index of the first among them; past the last: both. */
  first: number
  from: 'start' | 'end'
}

/** The replay; nothing, of runs without a recording. */
export function LabReplay({ runs, first, from }: LabReplayProps) {
  const recorded = useMemo(
    () =>
      runs.flatMap(({ result, name }): Recorded[] => {
        const replay = replayOfResult(result)
        return replay ? [{ result, name, replay }] : []
      }),
    [runs],
  )
  const looked = recorded.findIndex(({ result }) => result.id === runs[first]?.result.id)
  const wanted = first >= runs.length ? recorded.length : Math.max(0, looked)
  const [tab, setTab] = useState(wanted)
  const shown = recorded.length === 1 ? recorded[0] : recorded[tab]
  const endSeconds = Math.max(0, ...(shown ? [shown] : recorded).map(({ replay }) => replay.endSeconds))
  const player = usePlayer(endSeconds, from)
  if (recorded.length === 0) return null
  const names = recorded.map(({ name }) => name)
  return (
    <section aria-label="Replay" className={`${styles.replay} ${live.whole}`} data-testid="lab-replay">
      {recorded.length > 1 && (
        <Tabs label="Which run" names={[...names, 'side by side']} onChoose={setTab} chosen={tab} />
      )}
      <PlayerControls endSeconds={endSeconds} page="lab" player={player} />
      {shown ? (
        <OneRun key={shown.result.id} player={player} run={shown} />
      ) : (
        <BesideEachOther player={player} runs={recorded} />
      )}
    </section>
  )
}

function OneRun({ run: { replay }, player: { atSeconds, playing } }: { run: Recorded; player: Player }) {
  const sample = sampleAt(replay, atSeconds)
  const frame = useMemo(() => frameOf(replay, sample), [replay, sample])
  const holdings = useMemo(() => holdingsAt(replay, sample), [replay, sample])
  const given = useMemo(() => givenUntil(replay, sample), [replay, sample])
  return (
    <div className={live.live}>
      <section className={styles.picture}>
        <h3>Who sends to whom</h3>
        <SwarmPicture frame={frame} motion={playing ? 'moving' : 'still'} />
      </section>
      <section className={styles.picture}>
        <h3>Who holds which chunk</h3>
        <ChunkPeerMap frame={frame} holdings={holdings} />
      </section>
      <section className={styles.picture}>
        <h3>How far each is</h3>
        <Curves atSeconds={atSeconds} replay={replay} untilSeconds={replay.endSeconds} />
      </section>
      <Turns atSeconds={atSeconds} peers={frame.peers} replay={replay} />
      <section className={`${styles.picture} ${live.whole}`}>
        <h3>Who gave what to whom</h3>
        <BytesMatrix matrix={given} peers={frame.peers} />
      </section>
    </div>
  )
}

function BesideEachOther({ runs, player }: { runs: readonly Recorded[]; player: Player }) {
  const untilSeconds = Math.max(...runs.map(({ replay }) => replay.endSeconds))
  return (
    <div className={styles.pair}>
      {runs.map(({ result, name, replay }) => (
        <Half key={result.id} name={name} player={player} replay={replay} untilSeconds={untilSeconds} />
      ))}
    </div>
  )
}

type HalfProps = { name: string; replay: RecordedReplay; player: Player; untilSeconds: number }

function Half({ name, replay, player: { atSeconds, playing }, untilSeconds }: HalfProps) {
  const sample = sampleAt(replay, atSeconds)
  const frame = useMemo(() => frameOf(replay, sample), [replay, sample])
  const isOver = atSeconds >= replay.endSeconds
  return (
    <section aria-label={name} className={styles.picture}>
      <div className={styles.turnsHead}>
        <h3>{name}</h3>
        <span className={`${controls.figures} ${controls.quiet}`}>
          {isOver ? `over after ${replay.endSeconds.toFixed(1)} s` : 'under way'}
        </span>
      </div>
      <SwarmPicture frame={frame} motion={playing && !isOver ? 'moving' : 'still'} />
      <Curves atSeconds={atSeconds} replay={replay} untilSeconds={untilSeconds} />
    </section>
  )
}

type CurvesProps = { replay: RecordedReplay; atSeconds: number; untilSeconds: number }

const Curves = ({ replay, atSeconds, untilSeconds }: CurvesProps) => (
  <ProgressCurves
    atSeconds={atSeconds}
    chunkCount={replay.chunkCount}
    series={replay.series}
    untilSeconds={untilSeconds}
  />
)
