// What goes on in a run, in one sentence for a class. Pure: of two pictures a few seconds apart, the more telling
// difference is said.
import type { RunView } from '@swarmdrop/peer/lab'
import { countOf, formatPercent, formatRate, formatSeconds } from '../../ui/format'

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
  if (run.experiment.mode === 'client-server') {
    const rate = sentBy(run, isServer)
    return `Only the server uploads: ${countOf(peers.length, 'peer')} share its ${rate > 0 ? formatRate(rate) : 'upload'}.`
  }
  if (peers.every(({ held }) => held === 0)) return 'Only the server has the file: nobody can pass on anything yet.'
  const behind = isRidersTurn(run) ? behindWords(peers, run.frame.chunkCount) : undefined
  if (behind !== undefined) return behind
  const [byPeers, byServer] = [sentBy(run, (one) => !isServer(one)), sentBy(run, isServer)]
  const rare = lonely(run)
  if (rare > 0 && byPeers <= byServer)
    return `${rare} of ${countOf(run.frame.chunkCount, 'chunk')} ${rare === 1 ? 'is' : 'are'} still at the server only: peers ask for the rarest first.`
  const givers = new Set(run.frame.flows.map(({ from }) => from).filter((from) => !isServer(run.frame.peers[from])))
  if (givers.size === 0) return 'Only the server is uploading right now.'
  const adds = byServer > 0 ? `; the server adds ${formatRate(byServer)}` : ''
  return `${countOf(givers.size, 'peer')} ${givers.size === 1 ? 'passes' : 'pass'} on ${formatRate(byPeers)}${adds}.`
}

/** Every other caption at most is about free riders. */
const RIDERS_EVERY_SECONDS = 6
/** Less of the file apart, nobody sees it. */
const BEHIND_PERCENT = 8

const isRidersTurn = ({ seconds }: Seen): boolean => Math.floor((2 * seconds) / RIDERS_EVERY_SECONDS) % 2 === 1

/** That uploading nothing leaves one behind; undefined where it does not, or nobody does. */
function behindWords(peers: Seen['participants'], chunkCount: number): string | undefined {
  const [riders, others] = [true, false].map((wanted) =>
    peers.filter(({ behaviour }) => (behaviour === 'free-rider') === wanted),
  )
  const meanOf = (of: Seen['participants'] = []) =>
    Math.round((100 * of.reduce((sum, { held }) => sum + held, 0)) / (of.length * chunkCount))
  const [rider] = riders ?? []
  if (!rider || !others || others.length === 0) return undefined
  const [behind, ahead] = [meanOf(riders), meanOf(others)]
  if (ahead - behind < BEHIND_PERCENT) return undefined
  const who = riders?.length === 1 ? `${rider.name} uploads nothing, and has` : `${riders?.length} free riders have`
  return `${who} ${formatPercent(behind)} of the file; the others have ${formatPercent(ahead)}.`
}

const isDone = ({ completedAfterMs }: Seen['participants'][number]) => completedAfterMs !== undefined
type Peer = Seen['frame']['peers'][number] | undefined
const isServer = (peer: Peer) => peer?.role === 'server'

const sentBy = ({ frame }: Seen, isOne: (peer: Peer) => boolean): number =>
  frame.flows.reduce((sum, { from, bytesPerSecond }) => sum + (isOne(frame.peers[from]) ? bytesPerSecond : 0), 0)

/** Chunks of which there is one copy. */
const lonely = ({ frame: { copies } }: Seen): number => Array.from(copies).filter((count) => count === 1).length
