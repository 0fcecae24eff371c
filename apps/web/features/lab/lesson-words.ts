// What a run teaches besides its times, in sentences for a class: what few chunks cost, and what free riding brought.
// Pure.
import { CHUNK_BYTES } from '@swarmdrop/core'
import { type Experiment, type PeerGroup, participantsOf, peerCountOf } from '@swarmdrop/core/simulation'
import { equalCapacitySeconds } from '@swarmdrop/core/theory'
import { boundOf, type LabResult } from '@swarmdrop/peer/lab'
import { countOf, formatSeconds } from '../ui/format'

/** Below, a time is so near to the bound that nothing is left to explain. */
const FAR = 1.1
/** With fewer chunks for each peer, a swarm comes no nearer: docs/accuracy.md. */
const ENOUGH_CHUNKS_EACH = 6
/** Below, nobody would notice. */
const NOTICEABLE = 1.05

/** Empty: nothing but the times. */
export const lessons = (result: LabResult): string[] =>
  [fewChunksWords(result), riderWords(result)].filter((words) => words !== undefined)

/** The one that is most of this run, as short as it goes, for a class that reads it from afar; undefined: none. */
export const shortLesson = (result: LabResult): string | undefined =>
  riderWords(result) ?? (hadFewChunks(result) ? fewWords(result) : undefined)

/**
 * Whether a run took long over its bound as its chunks were few, as the simulation did too. Only where nothing else
 * could be the reason: by the usual rules, with peers that all come at the start, stay and behave.
 */
export function hadFewChunks({ experiment, measured, simulated }: LabResult): boolean {
  if (experiment.mode !== 'p2p' || !isPlain(experiment)) return false
  const chunks = chunkCountOf(experiment)
  const both = Math.min(measured.ratio ?? 0, simulated.ratio ?? 0)
  return both >= FAR && chunks < ENOUGH_CHUNKS_EACH * peerCountOf(experiment)
}

function isPlain({ peers, policy = {} }: Experiment): boolean {
  const { picker = 'rarest-first', choker = 'tit-for-tat' } = policy
  return picker === 'rarest-first' && choker === 'tit-for-tat' && peers.every(isPlainPeer)
}

const isPlainPeer = (peer: PeerGroup): boolean => (peer.behaviour ?? 'normal') === 'normal' && isHereAllAlong(peer)

const comesAtStart = ({ joinAtSeconds = 0, joinWithinSeconds = 0 }: PeerGroup): boolean =>
  joinAtSeconds === 0 && joinWithinSeconds === 0

function fewChunksWords(result: LabResult): string | undefined {
  if (!hadFewChunks(result)) return undefined
  const { simulated } = result
  const best = bestTimes(result)
  const least =
    best === undefined ? '' : ` Even the best possible order of sending would take ${timesWords(best)} times as long.`
  return `${fewWords(result)} The simulation takes ${timesWords(simulated.ratio ?? 1)} times as long, too.${least}`
}

const fewWords = ({ experiment }: LabResult): string =>
  `${countOf(chunkCountOf(experiment), 'chunk')} for ${countOf(peerCountOf(experiment), 'peer')} are few: at the start hardly anybody has a chunk to pass on, and at the end hardly anybody lacks one.`

const timesWords = (times: number) => times.toFixed(times < 1.1 ? 2 : 1).replace(/\.0$/, '')

/** How many times the bound the best schedule takes; undefined: it is known only where all upload equally fast. */
function bestTimes(result: LabResult): number | undefined {
  const { fileBytes, server, peers } = result.experiment
  const upload = server.uploadBytesPerSecond
  const areAlike = peers.every(
    ({ uploadBytesPerSecond, downloadBytesPerSecond }) =>
      Math.abs(uploadBytesPerSecond / upload - 1) < 0.01 && downloadBytesPerSecond >= 2 * upload,
  )
  if (!areAlike) return undefined
  const { experiment } = result
  return equalCapacitySeconds(fileBytes, upload, peerCountOf(experiment), chunkCountOf(experiment)) / boundOf(result)
}

const chunkCountOf = ({ fileBytes, chunkBytes = CHUNK_BYTES }: Experiment) => Math.ceil(fileBytes / chunkBytes)

function riderWords({ experiment, measured, names }: LabResult): string | undefined {
  // Times of those who come later or leave cannot be put next to the others'.
  if (experiment.mode !== 'p2p' || !experiment.peers.every(isHereAllAlong)) return undefined
  const all = participantsOf(experiment).peers.map(({ id, behaviour }, place) => ({
    name: names?.[place] ?? id,
    isRider: behaviour === 'free-rider',
    seconds: measured.peers[place]?.completedAtSeconds ?? undefined,
  }))
  const riders = all.filter(({ isRider }) => isRider)
  const [ridersTime, othersTime] = [riders, all.filter(({ isRider }) => !isRider)].map((of) =>
    medianOf(of.flatMap(({ seconds }) => seconds ?? [])),
  )
  if (ridersTime === undefined || othersTime === undefined) return undefined
  const who = riders.length === 1 ? `${riders[0]?.name} uploaded nothing and` : `The ${riders.length} free riders`
  const median = (of: number) => (of > 1 ? ' (median)' : '')
  const times = `${who} had the file after ${formatSeconds(ridersTime)}${median(riders.length)}, the others after ${formatSeconds(othersTime)}${median(all.length - riders.length)}.`
  // Where lines differ, nobody knows which of the two it was.
  if (!haveEqualLines(experiment.peers)) return times
  const { choker = 'tit-for-tat' } = experiment.policy ?? {}
  if (choker !== 'tit-for-tat') return `${times} Here nobody looks at who gives what.`
  return ridersTime >= NOTICEABLE * othersTime
    ? `${times} Peers serve those who give them most.`
    : `${times} Uploading nothing cost no time here: the server serves everybody alike.`
}

const isHereAllAlong = (peer: PeerGroup): boolean => comesAtStart(peer) && peer.leaveAtSeconds === undefined

const haveEqualLines = ([first, ...others]: readonly PeerGroup[]): boolean =>
  others.every(
    ({ downloadBytesPerSecond, latencyMs }) =>
      downloadBytesPerSecond === first?.downloadBytesPerSecond && latencyMs === first.latencyMs,
  )

function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
