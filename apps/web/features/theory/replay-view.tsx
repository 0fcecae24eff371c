'use client'
// A simulated run, played: the swarm, its chunks, the turns, the curves at one moment. Knows nothing of how it was simulated.
import { useMemo, useState } from 'react'
import { ChokeTimeline } from '../pictures/choke-timeline'
import { CopiesMap } from '../pictures/copies-map'
import { ProgressCurves } from '../pictures/progress-curves'
import { SwarmPicture } from '../pictures/swarm-picture'
import controls from '../ui/controls.module.css'
import { formatClock, formatSpan } from '../ui/format'
import { Term } from '../ui/term'
import { frameOf, readReplay, sampleAt } from './replay'
import styles from './replay.module.css'
import { SaveRun } from './save-run'
import { LENGTHS, usePlayer } from './use-player'
import type { SimulatedRun } from './use-simulation'

const STEPS = 1_000
/** Links and turns are kept for no more, and nobody could tell more apart. */
const MOST_DRAWN = 60

export function ReplayView({ run }: { run: SimulatedRun }) {
  const { timeline, experiment, result } = run
  const replay = useMemo(() => readReplay(timeline, experiment, result), [timeline, experiment, result])
  const { atSeconds, playing, length, toggle, seek, setLength } = usePlayer(replay.endSeconds)
  const [of, setOf] = useState(0)
  const sample = sampleAt(replay, atSeconds)
  const frame = useMemo(() => frameOf(replay, sample), [replay, sample])
  const step = replay.endSeconds / STEPS
  const isDrawn = frame.peers.length <= MOST_DRAWN
  const series = useMemo(() => replay.series.slice(0, MOST_DRAWN), [replay])
  const at = `${formatClock(atSeconds)} / ${formatClock(replay.endSeconds)}`
  return (
    <section aria-labelledby="replay" className={styles.replay} data-testid="theory-replay">
      <div className={styles.head}>
        <h2 id="replay">{experiment.name}, simulated</h2>
        <p className={controls.quiet}>{outcomeInWords(run)}</p>
      </div>
      <div className={styles.player}>
        <button className={`${controls.plain} ${styles.play}`} data-testid="theory-play" onClick={toggle} type="button">
          {playing ? 'Pause' : 'Play'}
        </button>
        <input
          aria-label="Moment of the run"
          aria-valuetext={at}
          className={styles.scrub}
          data-testid="theory-scrub"
          max={STEPS}
          min={0}
          onChange={(event) => seek(event.currentTarget.valueAsNumber * step)}
          type="range"
          value={step === 0 ? 0 : Math.round(atSeconds / step)}
        />
        <span className={`${styles.at} ${controls.figures}`}>{at}</span>
        <select
          aria-label="Speed"
          className={controls.field}
          data-testid="theory-speed"
          onChange={(event) => setLength(Number(event.currentTarget.value))}
          value={length}
        >
          {LENGTHS.map((seconds) => (
            <option key={seconds} value={seconds}>
              All in {seconds} s
            </option>
          ))}
        </select>
      </div>
      <div className={styles.pictures}>
        <section aria-labelledby="swarm" className={styles.picture}>
          <h3 id="swarm">Who sends to whom</h3>
          {isDrawn ? (
            <SwarmPicture frame={frame} motion={playing ? 'moving' : 'still'} />
          ) : (
            <p className={controls.quiet}>
              With more than {MOST_DRAWN - 1} peers the picture would be a tangle: choose fewer.
            </p>
          )}
        </section>
        <section aria-labelledby="copies" className={styles.picture}>
          <h3 id="copies">
            How many peers hold each{' '}
            <Term means="A piece of the file, 256 KiB. Peers swap chunks, and check each.">chunk</Term>
          </h3>
          <CopiesMap frame={frame} />
        </section>
        <section aria-labelledby="curves" className={styles.picture}>
          <h3 id="curves">How far each peer is</h3>
          <ProgressCurves
            atSeconds={atSeconds}
            chunkCount={frame.chunkCount}
            series={series}
            untilSeconds={replay.endSeconds}
          />
        </section>
        {isDrawn && (
          <section aria-labelledby="turns" className={styles.picture}>
            <div className={styles.turnsHead}>
              <h3 id="turns">
                Whom it{' '}
                <Term means="A peer uploads to a few at a time: those are unchoked. All others are choked, and wait.">
                  unchoked
                </Term>
              </h3>
              <select
                aria-label="Whose turns"
                className={controls.field}
                onChange={(event) => setOf(Number(event.currentTarget.value))}
                value={of}
              >
                {frame.peers.map(({ id, name }, place) => (
                  <option key={id} value={place}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <ChokeTimeline
              atSeconds={atSeconds}
              of={of}
              peers={frame.peers}
              spans={replay.spans}
              untilSeconds={replay.endSeconds}
            />
          </section>
        )}
      </div>
      <SaveRun run={run} />
    </section>
  )
}

function outcomeInWords({ experiment, result }: SimulatedRun): string {
  const { distributionSeconds, ratio, uploadUtilisation } = result
  if (distributionSeconds === null || ratio === null) return 'Not everybody got the file.'
  const bound = experiment.mode === 'p2p' ? 'peer-to-peer bound with whole chunks' : 'client-server bound'
  return `It took ${formatSpan(distributionSeconds)}, ${ratio.toFixed(3)} times the ${bound}; uploads were in use for ${Math.round(100 * uploadUtilisation)}\u00a0%.`
}
