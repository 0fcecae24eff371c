// The run on the wall, one picture at a time: the swarm with its caption and the clock, who holds what, or the known
// figure.
import { boundsOf } from '@swarmdrop/core/simulation'
import type { LabSnapshot, RunView } from '@swarmdrop/peer/lab'
import { type CSSProperties, useMemo } from 'react'
import { SwarmPicture } from '../../pictures/swarm-picture'
import { ChunkPeerMap } from '../chunk-peer-map'
import { mapHeightEm } from '../chunk-peer-paint'
import { KnownFigureChart } from '../known-figure-chart'
import { useCaption } from './use-caption'
import styles from './wall.module.css'
import { WallClock } from './wall-clock'

/** What there is for the map, in `--u`. */
const MAP_HEIGHT = 37
/** The type of its rows, in `--u`, where there is room. */
const MAP_EM = 2
/** The most rows of one column; more stand in two. */
const MOST_ROWS = 16
/** The share of the window's height that a figure takes: the rest is for the words below. */
const FIGURE_SHARE = 0.46
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
        isOver={run.phase === 'done'}
        seconds={run.seconds}
      />
    </div>
  )
}

export function WallChunks({ run }: { run: RunView | undefined }) {
  if (!run) return <p className={styles.caption}>{NO_RUN}</p>
  const peers = run.frame.peers.length
  const parts = peers > MOST_ROWS ? 2 : 1
  const em = Math.min(MAP_EM, MAP_HEIGHT / mapHeightEm(Math.ceil(peers / parts)))
  return (
    <div className={styles.chunks}>
      <h2>Who holds which chunk</h2>
      <div style={{ '--picture': `calc(${em.toFixed(3)} * var(--u))` } as CSSProperties}>
        <ChunkPeerMap frame={run.frame} holdings={run.holdings} parts={parts} />
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
