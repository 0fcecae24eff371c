// The run as it goes, in pictures: who sends to whom, who holds what, who was choked when, how far each is, and the known figure.
import { peerCountOf } from '@swarmdrop/core'
import type { LabHost, LabSnapshot, RunView } from '@swarmdrop/peer'
import { useMemo } from 'react'
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

type LiveViewProps = {
  host: LabHost
  snapshot: LabSnapshot
  /** Stands for the pictures of the run under way where there is none. */
  replay: React.ReactNode
}

export function LiveView({ host, snapshot, replay }: LiveViewProps) {
  const { settings, results, phase, run, peerCount: count } = snapshot
  const figure = useMemo(() => knownFigure(settings, results, count), [settings, results, count])
  const experiment = phase === 'running' ? run?.experiment : undefined
  // A line rises while the run lasts, half a second at a time: what is still running is no measurement.
  const seconds = Math.round((run?.seconds ?? 0) * 2) / 2
  const running = useMemo(
    () => (experiment && seconds > 0 ? [{ n: peerCountOf(experiment), seconds, mode: experiment.mode }] : []),
    [experiment, seconds],
  )
  return (
    <div className={styles.live}>
      {replay ?? (run && <Swarm run={run} />)}
      <section className={replay ? `${styles.card} ${styles.whole}` : styles.card} data-known-figure>
        <h2>How long it takes</h2>
        <DistributionChart
          curves={figure.curves}
          height={280}
          markedN={count > 0 ? count : undefined}
          measured={figure.measured}
          running={running}
          simulated={figure.simulated}
        />
      </section>
      {!replay && run && <Details host={host} run={run} />}
    </div>
  )
}

function Swarm({ run: { frame } }: { run: RunView }) {
  return (
    <section className={styles.card}>
      <h2>Who sends to whom</h2>
      <SwarmPicture frame={frame} />
    </section>
  )
}

function Details({ host, run }: { host: LabHost; run: RunView }) {
  const { frame, holdings, matrix, chosen, chokes, notes } = run
  const series = useMemo(() => [{ name: 'Server', points: [] }, ...run.series], [run])
  const until = Math.max(1, run.seconds)
  return (
    <>
      <section className={styles.card}>
        <h2>Who holds which chunk</h2>
        <ChunkPeerMap frame={frame} holdings={holdings} />
      </section>
      <section className={styles.card}>
        <h2>How far each is</h2>
        <ProgressCurves chunkCount={frame.chunkCount} series={series} untilSeconds={until} />
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
            onChange={({ currentTarget }) => host.choose(Number(currentTarget.value))}
            value={chosen}
          >
            {frame.peers.map(({ id, name }, place) => (
              <option key={id} value={place}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <ChokeTimeline of={chosen} peers={frame.peers} spans={chokes} untilSeconds={until} />
      </section>
      <section className={`${styles.card} ${styles.whole}`}>
        <h2>What each gave to each</h2>
        <BytesMatrix matrix={matrix} names={frame.peers.map(({ name }) => name)} />
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
