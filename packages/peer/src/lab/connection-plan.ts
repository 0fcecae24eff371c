// Whom each peer of a run connects to, and when it is connected well enough to begin. Knows no connection.
import type { Experiment, ExperimentPolicy } from '@swarmdrop/core/simulation'
import type { ConnectionPlan } from '../swarm/connection-ports'
import { DEFAULT_NEIGHBOURS } from './settings'

/** Chromium gives a page 500 peer connections; those that are ending still count. */
const CONNECTIONS_IN_A_PAGE = 440
const MOST_LINKS = 60
/** The most peers that one asks for by itself. */
const MOST_WANTED = 50
/** Links beyond the wanted ones: both sides of one may be in the page, and one that is lost takes a moment to go. */
const SPARE_LINKS = 4
/** With this many neighbours, one more makes no difference to anybody. */
const ENOUGH_NEIGHBOURS = 15
/** After so long, a peer that has any neighbour at all need not wait for those that will not connect. */
export const PATIENCE_MS = 12_000

/** How many neighbours each of the page's peers can have when there are so many of them, the server counted. */
const linksEach = (peersInPage: number) =>
  Math.min(MOST_LINKS, Math.floor(CONNECTIONS_IN_A_PAGE / Math.max(1, peersInPage)))

/** The page's bound on neighbours for the experiment: measured and simulated peers shall have as many. */
export function neighbourBound(
  peersInPage: number,
  peerCount: number,
  policy: ExperimentPolicy = {},
): ExperimentPolicy {
  const links = linksEach(peersInPage)
  return peerCount > links && links < (policy.maxNeighbours ?? DEFAULT_NEIGHBOURS) ? { maxNeighbours: links } : {}
}

export type RunPosition = {
  isServer: boolean
  isInPage: boolean
  mode: Experiment['mode']
  peerCount: number
  peersInPage: number
}

export function connectionPlanOf({
  isServer,
  isInPage,
  mode,
  peerCount,
  peersInPage,
}: RunPosition): Required<ConnectionPlan> {
  if (mode === 'client-server') {
    if (isServer) return { wants: Math.min(MOST_WANTED, peerCount), maxLinks: peerCount + SPARE_LINKS }
    return { wants: 0, maxLinks: SPARE_LINKS }
  }
  const maxLinks = isInPage ? linksEach(peersInPage) : MOST_LINKS
  // Where not all can know all, each asks half and is asked by others.
  const wants = peerCount <= maxLinks ? Math.min(MOST_WANTED, peerCount) : Math.floor(maxLinks / 2)
  return { wants, maxLinks }
}

export type Standing = {
  isServer: boolean
  mode: Experiment['mode']
  isInSwarm: boolean
  neighbours: number
  /** Whether one of the neighbours holds everything. */
  knowsSeed: boolean
  /** Peers that should be in the swarm now, the server counted; and those that are. */
  expected: number
  arrived: number
  waitedMs: number
}

export function isConnected(standing: Standing): boolean {
  const { isServer, mode, isInSwarm, neighbours, knowsSeed, expected, arrived, waitedMs } = standing
  if (!isInSwarm) return false
  if (mode === 'client-server') return isServer || knowsSeed
  const patient = waitedMs < PATIENCE_MS
  if (patient && arrived < expected) return false
  return neighbours >= (patient ? Math.min(ENOUGH_NEIGHBOURS, arrived - 1) : 1)
}
