// What goes on in a run, in one sentence for a class. Pure: of two pictures a few seconds apart, the more telling
// difference is said.
import type { RunView } from '@swarmdrop/peer/lab'
import { countOf, formatRate, formatSeconds } from '../../ui/format'

type Seen = Pick<RunView, 'experiment' | 'seconds' | 'frame' | 'participants'>

/** `before`: what was seen when the last caption was made; undefined at the start. */
export function captionOf(run: Seen, before: Seen | undefined): string {
  const peers = run.participants.filter(({ behaviour }) => behaviour !== 'server')
  const wasDone = new Set(before?.participants.filter(isDone).map(({ id }) => id))
  const fresh = peers.filter((peer) => isDone(peer) && !wasDone.has(peer.id))
  const done = peers.filter(isDone).length
  if (done === peers.length && peers.length > 0) return 'Everybody has the whole file.'
  if (fresh.length > 1) return `${fresh.length} more have the whole file: ${done} of ${peers.length} now.`
  if (fresh[0])
    return `${fresh[0].name} has the whole file after ${formatSeconds((fresh[0].completedAfterMs ?? 0) / 1000)}.`
  if (run.experiment.mode === 'client-server')
    return `Only the server uploads: ${countOf(peers.length, 'peer')} share its ${formatRate(sentBy(run, isServer))}.`
  if (peers.every(({ held }) => held === 0)) return 'Only the server has the file: nobody can pass on anything yet.'
  const [byPeers, byServer] = [sentBy(run, (one) => !isServer(one)), sentBy(run, isServer)]
  const rare = lonely(run)
  if (rare > 0 && byPeers <= byServer)
    return `${countOf(rare, 'chunk')} of ${run.frame.chunkCount} ${rare === 1 ? 'is' : 'are'} at the server alone: peers ask for the rarest first.`
  const givers = new Set(run.frame.flows.map(({ from }) => from).filter((from) => !isServer(run.frame.peers[from])))
  if (givers.size === 0) return 'Nobody but the server uploads at the moment.'
  return `${countOf(givers.size, 'peer')} ${givers.size === 1 ? 'passes' : 'pass'} on ${formatRate(byPeers)}; the server adds ${formatRate(byServer)}.`
}

const isDone = ({ completedAfterMs }: Seen['participants'][number]) => completedAfterMs !== undefined
type Peer = Seen['frame']['peers'][number] | undefined
const isServer = (peer: Peer) => peer?.role === 'server'

const sentBy = ({ frame }: Seen, isOne: (peer: Peer) => boolean): number =>
  frame.flows.reduce((sum, { from, bytesPerSecond }) => sum + (isOne(frame.peers[from]) ? bytesPerSecond : 0), 0)

/** Chunks of which there is one copy. */
const lonely = ({ frame: { copies } }: Seen): number => Array.from(copies).filter((count) => count === 1).length
