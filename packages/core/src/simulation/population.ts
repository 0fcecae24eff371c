// The participants of an experiment as simulated peers, and their moves. Knows nothing of what they do in between.
import type { Content } from '../content/index'
import { openAccess } from './access'
import type { Experiment } from './experiment'
import { type ParticipantPlan, participantsOf } from './participants'
import { SimPeer } from './sim-peer'

const DEFAULT_LATENCY_MS = 50

export type Move = { atMs: number; kind: 'join' | 'leave'; peer: SimPeer }

/** `moves` are those of the peers, in no order of time; the server comes first and stays. */
export type Population = { server: SimPeer; peers: SimPeer[]; moves: Move[] }

export function populate(
  experiment: Experiment,
  content: Content,
  pages: Uint8Array[],
  random: () => number,
): Population {
  const { server, peers: plans } = participantsOf(experiment)
  const open = ({ latencyMs = DEFAULT_LATENCY_MS, ...plan }: ParticipantPlan) => {
    const access = experiment.network === 'paths' ? openAccess({ ...plan, latencyMs }, random) : undefined
    return new SimPeer({ ...plan, latencyMs, content, pages, access })
  }
  const peers: SimPeer[] = []
  const moves: Move[] = []
  for (const plan of plans) {
    const peer = open(plan)
    peers.push(peer)
    moves.push(...movesOf(peer, plan))
  }
  return { server: open(server), peers, moves }
}

function movesOf(peer: SimPeer, { joinAtMs, leaveAtMs, rejoinAtMs }: ParticipantPlan): Move[] {
  const moves: Move[] = [{ atMs: joinAtMs, kind: 'join', peer }]
  if (leaveAtMs !== undefined) moves.push({ atMs: leaveAtMs, kind: 'leave', peer })
  if (rejoinAtMs !== undefined) moves.push({ atMs: rejoinAtMs, kind: 'join', peer })
  return moves
}
