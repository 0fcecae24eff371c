// The run on the wall, one picture at a time: the swarm with its caption and the clock, who holds what, or the known figure.
import { boundsOf } from '@swarmdrop/core/simulation'
import type { LabSnapshot, RunView } from '@swarmdrop/peer/lab'
import { type CSSProperties, useMemo } from 'react'
import { SwarmPicture } from '../../pictures/swarm-picture'
import { ChunkPeerMap } from '../chunk-peer-map'
import { KnownFigureChart } from '../known-figure-chart'
import { useCaption } from './use-caption'
import styles from './wall.module.css'
import { WallClock } from './wall-clock'

/** What there is for the map, in `--u`. */
const MAP_HEIGHT = 37
/** Of the window's height: the rest is for the words below. */
const FIGURE_SHARE = 0.52
const NO_RUN = 'The swarm appears here when a run begins.'

export function WallSwarm({ run }: { run: RunView | undefined }) {
  const caption = useCaption(run)
  const experiment = run?.experiment
  const bounds = useMemo(() => experiment && boundsOf(experiment), [experiment])
  if (!run || !bounds) return <p className={styles.caption}>{NO_RUN}</p>
  return (
    <div className={styles.swarm}>
      <div className={styles.picture}>
        <SwarmPicture frame={run.frame} isWhole />
      </div>
      <p className={styles.caption} data-testid="wall-caption">
        {caption}
      </p>
      <WallClock
        boundSeconds={run.experiment.mode === 'p2p' ? bounds.chunked : bounds.clientServer}
        seconds={run.seconds}
      />
    </div>
  )
}

export function WallChunks({ run }: { run: RunView | undefined }) {
  if (!run) return <p className={styles.caption}>{NO_RUN}</p>
  const rows = run.frame.peers.length
  return (
    <div className={styles.chunks}>
      <h2>Who holds which chunk</h2>
      <div
        style={
          {
            '--picture': `calc(${Math.min(1.6, MAP_HEIGHT / (1.4 * rows + 1)).toFixed(3)} * var(--u))`,
          } as CSSProperties
        }
      >
        <ChunkPeerMap frame={run.frame} holdings={run.holdings} />
      </div>
    </div>
  )
}

export function WallFigure({ snapshot }: { snapshot: LabSnapshot }) {
  return (
    <div className={styles.chunks}>
      <h2>How long it takes</h2>
      <KnownFigureChart height={Math.max(240, Math.round(window.innerHeight * FIGURE_SHARE))} snapshot={snapshot} />
    </div>
  )
}
