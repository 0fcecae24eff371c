'use client'
// A simulated run, played: the swarm, its chunks, the turns, the curves at one moment. Knows nothing of how it was
// simulated.
import { frameOf, replayOfTimeline, sampleAt } from '@swarmdrop/peer/lab'
import { useMemo } from 'react'
import { CopiesMap } from '../pictures/copies-map'
import { ProgressCurves } from '../pictures/progress-curves'
import { SwarmPicture } from '../pictures/swarm-picture'
import { PlayerControls } from '../replay/player'
import styles from '../replay/replay.module.css'
import { Turns } from '../replay/turns'
import { usePlayer } from '../replay/use-player'
import controls from '../ui/controls.module.css'
import { formatSpan } from '../ui/format'
import { Term } from '../ui/term'
import { SaveRun } from './save-run'
import type { SimulatedRun } from './use-simulation'

/** Links and turns are kept for no more, and nobody could tell more apart. */
const MOST_DRAWN = 60

export function ReplayView({ run }: { run: SimulatedRun }) {
  const { timeline, experiment, result } = run
  const replay = useMemo(() => replayOfTimeline(timeline, experiment, result), [timeline, experiment, result])
  const player = usePlayer(replay.endSeconds)
  const { atSeconds, playing } = player
  const sample = sampleAt(replay, atSeconds)
  const frame = useMemo(() => frameOf(replay, sample), [replay, sample])
  const isDrawn = frame.peers.length <= MOST_DRAWN
  const series = useMemo(() => replay.series.slice(0, MOST_DRAWN), [replay])
  return (
    <section aria-labelledby="replay" className={styles.replay} data-testid="theory-replay">
      <div className={styles.head}>
        <h2 id="replay">{experiment.name}, simulated</h2>
        <p className={controls.quiet}>{outcomeInWords(run)}</p>
      </div>
      <PlayerControls endSeconds={replay.endSeconds} page="theory" player={player} />
      <div className={styles.pictures}>
        <section aria-labelledby="swarm" className={styles.picture}>
          <h3 id="swarm">Who sends to whom</h3>
          {isDrawn ? (
            <SwarmPicture frame={frame} motion={playing ? 'moving' : 'still'} />
          ) : (
            <p className={controls.quiet}>Choose {MOST_DRAWN - 1} peers or fewer to see this picture.</p>
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
        {isDrawn && <Turns atSeconds={atSeconds} peers={frame.peers} replay={replay} />}
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
