// What a page draws of a swarm. Reads, and changes nothing.
import { Bitfield, bytesOfChunks, type Content } from '../content/index'
import type { ReportedActivity } from '../wire/index'
import { aimOf } from './choosing'
import type { Downloads } from './downloads'
import type { Millis } from './events'
import type { Slice } from './neighbour'
import type { ReportNeighbour, Reports } from './reports'
import type { KnownContent, SwarmState } from './state'
import type { Uploads } from './uploads'

/** A neighbour as it is drawn. */
export type DrawnNeighbour = ReportNeighbour &
  Slice<
    | 'id'
    | 'chosenChunks'
    | 'receivedBytes'
    | 'ratesNow'
    | 'amChoking'
    | 'peerChoking'
    | 'amInterested'
    | 'peerInterested'
    | 'optimistic'
    | 'snubbed'
  >

export type NeighbourSnapshot = {
  id: string
  /** The order of arrival, from 1. */
  number: number
  complete: boolean
  /** 0 until it has said. */
  chunksHeld: number
  /**
   * How many chunks the neighbour will hold once it has what it has chosen, by its own word: all, unless it has said
   * otherwise.
   */
  chunksChosen: number
  /** Bytes a second to it and from it. */
  uploadRate: number
  downloadRate: number
  uploadedBytes: number
  downloadedBytes: number
  amChoking: boolean
  peerChoking: boolean
  amInterested: boolean
  peerInterested: boolean
  optimistic: boolean
  snubbed: boolean
  /** The neighbour has stopped fetching what it lacks, by its own word. */
  paused: boolean
  /** The neighbour passes on what it holds, as far as it has said. */
  serves: boolean
}

export type SwarmSnapshot = {
  content: Content | undefined
  chunksHeld: number
  heldBytes: number
  /** How many chunks will be held once all that is chosen is here: all, unless a part was chosen. */
  chunksChosen: number
  chosenBytes: number
  /** Bytes of blocks, of use or not, without the framing. */
  uploadedBytes: number
  downloadedBytes: number
  uploadRate: number
  downloadRate: number
  /** How long blocks that were asked of us have waited for our upload limit, and for nothing else. */
  uploadLimitedMs: number
  /** Each chunk is held by somebody else who passes it on: nothing is lost if we go. */
  othersHoldAll: boolean
  neighbours: NeighbourSnapshot[]
}

type Parts = {
  state: SwarmState<DrawnNeighbour>
  downloads: Downloads
  uploads: Uploads
  reporting: Reports | undefined
}

/** The activity of a neighbour where nobody reports: it is taken to pass on what it holds. */
const AT_WORK: ReportedActivity = { paused: false, serves: true }

export function takeSnapshot({ state, downloads, uploads, reporting }: Parts, now: Millis): SwarmSnapshot {
  const isFetching = state.downloading && !state.isDone
  const activityOf = (neighbour: DrawnNeighbour) => reporting?.activityOf(neighbour) ?? AT_WORK
  const neighbours = [...state.neighbours.values()].map((neighbour): NeighbourSnapshot => {
    const rates = neighbour.ratesNow(now)
    return {
      id: neighbour.id,
      number: neighbour.number,
      complete: neighbour.complete,
      chunksHeld: neighbour.chunks?.count ?? 0,
      chunksChosen: neighbour.chosenChunks ?? neighbour.chunks?.size ?? 0,
      // What is over has no rate, though its mean has not fallen yet.
      uploadRate: state.uploading && !neighbour.complete ? rates.upload : 0,
      downloadRate: isFetching ? rates.download : 0,
      uploadedBytes: neighbour.sentBytes,
      downloadedBytes: neighbour.receivedBytes,
      amChoking: neighbour.amChoking,
      peerChoking: neighbour.peerChoking,
      amInterested: neighbour.amInterested,
      peerInterested: neighbour.peerInterested,
      optimistic: neighbour.optimistic,
      snubbed: neighbour.snubbed,
      ...activityOf(neighbour),
    }
  })
  const { known } = state
  const sum = (of: (neighbour: NeighbourSnapshot) => number) => neighbours.reduce((total, n) => total + of(n), 0)
  return {
    content: known?.content,
    chunksHeld: known?.held.count ?? 0,
    heldBytes: known ? bytesOfChunks(known.content.layout, known.held) : 0,
    chunksChosen: known ? aimOf(known) : 0,
    chosenBytes: known ? chosenBytes(known) : 0,
    uploadedBytes: uploads.sentBytes,
    downloadedBytes: downloads.receivedBytes,
    uploadRate: sum((n) => n.uploadRate),
    downloadRate: sum((n) => n.downloadRate),
    uploadLimitedMs: uploads.limitedMs(now),
    othersHoldAll:
      known?.picker.neighboursHoldAll === true &&
      holdAll([...state.neighbours.values()], (neighbour) => activityOf(neighbour).serves),
    neighbours,
  }
}

/** `all` together hold every chunk: whether those of them do who pass it on. */
function holdAll(all: DrawnNeighbour[], serves: (neighbour: DrawnNeighbour) => boolean): boolean {
  const serving = all.filter(serves)
  if (serving.length === all.length || serving.some(({ complete }) => complete)) return true
  const [first, ...rest] = serving.flatMap(({ chunks }) => chunks ?? [])
  if (!first) return false
  let missing = Bitfield.full(first.size).without(first)
  for (const chunks of rest) missing = missing.without(chunks)
  return missing.count === 0
}

const chosenBytes = ({ content: { layout }, held, lacking }: KnownContent): number =>
  bytesOfChunks(layout, held) + bytesOfChunks(layout, lacking)

/** The chunks for a picture, one entry a chunk in each array. */
export type ChunkMap = {
  /** 0 missing, 1 under way, 2 held, 3 missing and not chosen. */
  state: Uint8Array
  /** Number of the neighbour that it came or is coming from; 0: nobody. */
  from: Uint16Array
  /** Neighbours that hold it. */
  copies: Uint16Array
}

export function takeChunkMap(state: SwarmState<DrawnNeighbour>, downloads: Downloads): ChunkMap | undefined {
  const { known } = state
  if (!known) return undefined
  const chunks = known.content.layout.chunkCount
  const map = {
    state: new Uint8Array(chunks),
    from: downloads.sourceNumbers(chunks),
    copies: known.picker.allCopies(),
  }
  if (aimOf(known) < chunks)
    for (let chunk = 0; chunk < chunks; chunk++) if (!known.lacking.has(chunk)) map.state[chunk] = 3
  for (const chunk of downloads.chunksUnderWay()) map.state[chunk] = 1
  known.held.forEach((chunk) => {
    map.state[chunk] = 2
  })
  return map
}
