// The run as it goes, in pictures: who sends to whom, who holds what, who was choked when, how far each is, and the known figure.
import { peerCountOf } from '@swarmdrop/core'
import { useMemo, useState } from 'react'
import type { LabHost, LabSnapshot } from '../../session/lab/host'
import type { LabRun } from '../../session/lab/run'
import { DistributionChart } from '../charts/distribution-chart'
import { ChokeTimeline } from '../pictures/choke-timeline'
import { ProgressCurves } from '../pictures/progress-curves'
import { SwarmPicture } from '../pictures/swarm-picture'
import { Term } from '../ui/term'
import { BytesMatrix } from './bytes-matrix'
import { ChunkPeerMap } from './chunk-peer-map'
import fields from './fields.module.css'
import { knownFigure } from './known-figure'
import styles from './live.module.css'

type LiveViewProps = { host: LabHost; snapshot: LabSnapshot; run: LabSnapshot['run'] }

export function LiveView({ host, snapshot, run }: LiveViewProps) {
  const { settings, results, phase } = snapshot
  const count = host.peerCount
  const figure = useMemo(() => knownFigure(settings, results, count), [settings, results, count])
  const current = run?.current
  const going = phase === 'running' && current !== undefined
  const seconds = current === undefined ? 0 : Math.max(0, current.elapsedSeconds)
  // The measured point climbs towards the line while the run lasts.
  const tenths = Math.round(seconds * 2) / 2
  const measured = useMemo(() => {
    if (!going || tenths === 0) return figure.measured
    return [
      ...figure.measured,
      {
        n: peerCountOf(current.experiment),
        seconds: tenths,
        mode: current.experiment.mode,
      },
    ]
  }, [figure, going, tenths, current])
  return (
    <div className={styles.live}>
      {current && <Swarm run={run} />}
      <section className={styles.card} data-known-figure>
        <h2>How long it takes</h2>
        <DistributionChart
          curves={figure.curves}
          height={280}
          markedN={count > 0 ? count : undefined}
          measured={measured}
          simulated={figure.simulated}
        />
      </section>
      {current && <Details run={run} seconds={seconds} />}
    </div>
  )
}

/** `run` is a new object at each change of what is in it. */
type PartProps = { run: { current: LabRun }; seconds: number }

function Swarm({ run }: Pick<PartProps, 'run'>) {
  const frame = useMemo(() => run.current.board.frame, [run])
  return (
    <section className={styles.card}>
      <h2>Who sends to whom</h2>
      <SwarmPicture frame={frame} />
    </section>
  )
}

function Details({ run, seconds }: PartProps) {
  const { board, notes } = run.current
  const [of, setOf] = useState(0)
  const frame = useMemo(() => run.current.board.frame, [run])
  const series = useMemo(() => [{ name: 'Server', points: [] }, ...run.current.board.series], [run])
  const until = Math.max(1, seconds)
  const chosen = Math.min(of, frame.peers.length - 1)
  return (
    <>
      <section className={styles.card}>
        <h2>Who holds which chunk</h2>
        <ChunkPeerMap board={board} stamp={run} />
      </section>
      <section className={styles.card}>
        <h2>How far each is</h2>
        <ProgressCurves chunkCount={board.chunkCount} series={series} untilSeconds={until} />
      </section>
      <section className={styles.card}>
        <div className={styles.headLine}>
          <h2>
            <Term means="A peer serves a few others at a time: those are unchoked. Filled: by merit or turn. Hollow: drawn by lot, optimistically.">
              Unchoked by
            </Term>
          </h2>
          <select
            aria-label="Whose turns"
            className={fields.select}
            onChange={({ currentTarget }) => setOf(Number(currentTarget.value))}
            value={chosen}
          >
            {frame.peers.map(({ id, name }, place) => (
              <option key={id} value={place}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <ChokeTimeline of={chosen} peers={frame.peers} spans={board.chokesBy(chosen, until)} untilSeconds={until} />
      </section>
      <section className={`${styles.card} ${styles.whole}`}>
        <h2>What each gave to each</h2>
        <BytesMatrix matrix={board.matrix} names={frame.peers.map(({ name }) => name)} />
      </section>
      {notes.length > 0 && (
        <ul className={`${styles.notes} ${styles.whole}`}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}
