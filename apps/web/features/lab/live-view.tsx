// The run as it goes, in pictures: who sends to whom, who holds what, who was choked when, how far each is, and the
// known figure.
import { capacitiesOf } from '@swarmdrop/core/simulation'
import { terms } from '@swarmdrop/core/theory'
import { experimentOf, type LabHost, type LabSnapshot, type RunView } from '@swarmdrop/peer/lab'
import { useMemo } from 'react'
import { pathOf } from '../../session/base-path'
import { BoundBars } from '../charts/bound-bars'
import { BoundFormula } from '../charts/bound-formula'
import { toTheory } from '../experiment/for-real'
import { symbolWords } from '../experiment/symbol-words'
import { writeQuery } from '../experiment/url-state'
import { ChokeTimeline } from '../pictures/choke-timeline'
import { ProgressCurves } from '../pictures/progress-curves'
import { SwarmPicture } from '../pictures/swarm-picture'
import { Term } from '../ui/term'
import { BytesMatrix } from './bytes-matrix'
import { ChunkPeerMap } from './chunk-peer-map'
import fields from './fields.module.css'
import { KnownFigureChart } from './known-figure-chart'
import styles from './live.module.css'

type LiveViewProps = {
  host: LabHost
  snapshot: LabSnapshot
  /** Stands for the pictures of the run under way where there is none. */
  replay: React.ReactNode
}

export function LiveView({ host, snapshot, replay }: LiveViewProps) {
  const { run } = snapshot
  return (
    <div className={styles.live}>
      {replay ?? (run && <Spreading run={run} />)}
      <section className={replay ? `${styles.card} ${styles.whole}` : styles.card} data-known-figure>
        <h2>How long it takes</h2>
        <KnownFigureChart height={280} snapshot={snapshot} />
      </section>
      {snapshot.peerCount > 0 && <Pace snapshot={snapshot} />}
      {!replay && run && <Exchange host={host} run={run} />}
    </div>
  )
}

/** The bound of what is set, peers helping each other. */
function Pace({ snapshot: { settings, peerCount } }: { snapshot: LabSnapshot }) {
  const state = useMemo(() => toTheory(settings, peerCount), [settings, peerCount])
  const all = useMemo(() => terms(capacitiesOf(experimentOf(settings, 'p2p', peerCount))), [settings, peerCount])
  const [binding] = [...all].sort((a, b) => b.seconds - a.seconds)
  return (
    <section className={styles.card} data-testid="lab-bound">
      <h2>What sets the pace</h2>
      <BoundFormula binding={binding?.binding ?? 'total-upload'} words={symbolWords(state)} />
      <BoundBars terms={all} />
      <p>
        <a data-testid="lab-explain" href={`${pathOf('/theory')}?${writeQuery(state)}`}>
          Explain in theory
        </a>
      </p>
    </section>
  )
}

/** What everybody looks at first: where the file is, and where it goes. */
function Spreading({ run }: { run: RunView }) {
  const { frame, holdings } = run
  const series = useMemo(() => [{ name: 'Server', points: [] }, ...run.series], [run])
  return (
    <>
      <section className={styles.card}>
        <h2>Who sends to whom</h2>
        <SwarmPicture frame={frame} />
      </section>
      <section className={styles.card}>
        <h2>Who holds which chunk</h2>
        <ChunkPeerMap frame={frame} holdings={holdings} />
      </section>
      <section className={styles.card}>
        <h2>How far each is</h2>
        <ProgressCurves chunkCount={frame.chunkCount} series={series} untilSeconds={Math.max(1, run.seconds)} />
      </section>
    </>
  )
}

/** Who serves whom, and what came of it. */
function Exchange({ host, run }: { host: LabHost; run: RunView }) {
  const { frame, matrix, chosen, chokes, notes } = run
  const until = Math.max(1, run.seconds)
  return (
    <>
      <section className={styles.card}>
        <div className={styles.headLine}>
          <h2>
            <Term means="A peer uploads to a few others at a time: these are unchoked. Filled: by merit or in turn. Hollow: chosen at random (optimistic).">
              Whom it unchoked
            </Term>
          </h2>
          <select
            aria-label="Whose turns"
            className={fields.select}
            onChange={({ currentTarget }) => host.choose(Number(currentTarget.value))}
            value={chosen}
          >
            {frame.peers.map(({ id, name }, index) => (
              <option key={id} value={index}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <ChokeTimeline of={chosen} peers={frame.peers} spans={chokes} untilSeconds={until} />
      </section>
      <section className={`${styles.card} ${styles.whole}`}>
        <h2>Who gave what to whom</h2>
        <BytesMatrix matrix={matrix} peers={frame.peers} />
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
