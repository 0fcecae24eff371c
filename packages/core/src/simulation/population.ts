// Who takes part in an experiment, and when each comes and goes. Knows nothing of what they do in between.
import type { Content } from '../content/index'
import type { Policy } from '../swarm/index'
import type { Experiment, ExperimentPolicy, PeerGroup } from './experiment'
import { SimPeer } from './sim-peer'

const DEFAULT_LATENCY_MS = 50

export type Move = { atMs: number; kind: 'join' | 'leave'; peer: SimPeer }

/** `moves` are those of the peers, in no order of time; the server comes first and stays. */
export type Population = { server: SimPeer; peers: SimPeer[]; moves: Move[] }

export function populate(experiment: Experiment, content: Content, pages: Uint8Array[]): Population {
  const { server, peers: groups, mode } = experiment
  const policy = swarmPolicy(experiment)
  const open = (id: string, group: Omit<PeerGroup, 'count'>, behaviour: SimPeer['behaviour'], own: Partial<Policy>) =>
    new SimPeer({
      id,
      uploadBytesPerSecond: group.uploadBytesPerSecond,
      downloadBytesPerSecond: group.downloadBytesPerSecond,
      latencyMs: group.latencyMs ?? DEFAULT_LATENCY_MS,
      behaviour,
      content,
      pages,
      policy: own,
    })
  // A server that everybody fetches from serves everybody, and gives each its own copy.
  const serverPolicy: Partial<Policy> =
    mode === 'client-server' ? { ...policy, choker: 'everyone', handOutOnce: false } : policy
  const peers: SimPeer[] = []
  const moves: Move[] = []
  groups.forEach((group, g) => {
    for (let i = 0; i < group.count; i++) {
      const id = groups.length === 1 ? `peer ${i + 1}` : `peer ${g + 1}.${i + 1}`
      const peer = open(id, group, group.behaviour ?? 'normal', policy)
      peers.push(peer)
      moves.push(...movesOf(peer, group, i))
    }
  })
  return {
    server: open('server', { ...server, downloadBytesPerSecond: server.uploadBytesPerSecond }, 'server', serverPolicy),
    peers,
    moves,
  }
}

function movesOf(peer: SimPeer, group: PeerGroup, index: number): Move[] {
  const { joinAtSeconds = 0, joinWithinSeconds = 0, leaveAtSeconds, rejoinAtSeconds, count } = group
  const moves: Move[] = [{ atMs: 1000 * (joinAtSeconds + (joinWithinSeconds * index) / count), kind: 'join', peer }]
  if (leaveAtSeconds !== undefined) moves.push({ atMs: 1000 * leaveAtSeconds, kind: 'leave', peer })
  if (rejoinAtSeconds !== undefined) moves.push({ atMs: 1000 * rejoinAtSeconds, kind: 'join', peer })
  return moves
}

function swarmPolicy({ policy = {} }: Experiment): Partial<Policy> {
  const { rechokeSeconds, optimisticSeconds, requestWindow, ...same }: ExperimentPolicy = policy
  return {
    ...withoutNetwork,
    ...same,
    ...(rechokeSeconds !== undefined && { rechokeMs: rechokeSeconds * 1000 }),
    ...(optimisticSeconds !== undefined && { optimisticMs: optimisticSeconds * 1000 }),
    ...(requestWindow === false && { windowMs: 0 }),
  } as Partial<Policy>
}

// On the simulated network nobody goes dark, uplinks are full by their limits and not by their queues, and a small message
// does not wait for others' blocks: rules against what only real networks do would cost steps, and change nothing.
const withoutNetwork: Partial<Policy> = {
  silenceMs: Number.POSITIVE_INFINITY,
  keepAliveMs: Number.POSITIVE_INFINITY,
  queueMs: Number.POSITIVE_INFINITY,
  smallBlockBytes: Number.POSITIVE_INFINITY,
}
