// Chunks that were begun at somebody: which one is begun next, and how one is given up and open again. Knows nothing of
// limits and answers.
import { ChunkDownload } from './chunk-download'
import type { Millis } from './events'
import type { Lane } from './lane'
import { LateChunks, type LateNeighbour } from './late-chunks'
import type { Slice } from './neighbour'
import { bytesOfBlock } from './request-window'
import type { KnownContent, SwarmState } from './state'
import { UnderWay } from './under-way'

/** A neighbour at which chunks are begun. */
export type BegunNeighbour = LateNeighbour &
  Slice<'chunks' | 'peerChoking', 'downloads' | 'unanswered' | 'exhaustedAt' | 'lastPicked' | 'snubbed'>

/** Where more chunks than this are open, they are not looked through in vain twice. */
const MANY_OPEN = 4_096

export class BegunChunks<N extends BegunNeighbour> {
  private readonly underWay = new UnderWay()
  private readonly late: LateChunks<N>

  /** `serving`: the neighbours that serve us. */
  constructor(
    private readonly state: SwarmState<N>,
    serving: ReadonlySet<N>,
  ) {
    this.late = new LateChunks(state, this.underWay, serving)
  }

  all(): IterableIterator<number> {
    return this.underWay.chunks()
  }

  /** The downloads of a chunk: one, or two where the first is late. */
  of(chunk: number): readonly ChunkDownload[] {
    return this.underWay.of(chunk)
  }

  /** What was begun at this neighbour and not all asked for; undefined: nothing. */
  unaskedAt(neighbour: N): ChunkDownload | undefined {
    for (const download of neighbour.downloads.values())
      if (download.hasUnasked && (!neighbour.peerChoking || download.isBegun)) return download
    return undefined
  }

  /** Begins a chunk at this neighbour, in blocks as they suit the lane. Undefined: there is none for it. */
  begin(known: KnownContent, neighbour: N, lane: Lane, now: Millis): ChunkDownload | undefined {
    if (neighbour.peerChoking) return undefined
    const byChance = known.held.count < this.state.policy.randomFirstChunks
    const chunk =
      this.late.pickWanted(known, neighbour, now) ??
      this.openChunk(known, neighbour, byChance) ??
      this.late.pick(known, neighbour, now)
    if (chunk === undefined) return undefined
    known.picker.setClosed(chunk)
    const superfluous = this.late.superfluous(chunk, now)
    if (superfluous) {
      this.cancel(superfluous.neighbour, superfluous.download, now)
      known.picker.setClosed(chunk)
    }
    neighbour.lastPicked = chunk
    const blockBytes = bytesOfBlock(lane.path, this.state.policy)
    const download = new ChunkDownload(chunk, neighbour.id, this.state.chunkBytes(known, chunk), blockBytes)
    neighbour.downloads.set(chunk, download)
    this.underWay.add(download)
    return download
  }

  /** All of it has come: it is checked. */
  check(known: KnownContent, neighbour: N, download: ChunkDownload): void {
    neighbour.downloads.delete(download.chunk)
    download.checking = true
    this.state.emit({
      type: 'check-chunk',
      chunk: download.chunk,
      from: neighbour.id,
      blocks: download.blocks as Uint8Array[],
      digest: this.state.digest(known, download.chunk),
    })
  }

  /** The chunk that came from this neighbour was checked: its download is over. */
  checked(chunk: number, from: string): void {
    const download = this.underWay.of(chunk).find((other) => other.from === from && other.checking)
    if (download) this.underWay.remove(download)
  }

  /** Ends all downloads of a chunk that is held now. */
  endAll(chunk: number, now: Millis): void {
    for (const download of [...this.underWay.of(chunk)]) {
      const neighbour = this.state.neighbours.get(download.from)
      if (neighbour && neighbour.downloads.get(chunk) === download) this.cancel(neighbour, download, now)
      else this.underWay.remove(download)
    }
  }

  /** Gives up what neighbours have been asked of a chunk that is not to be fetched any more. */
  cancelAll(chunk: number, now: Millis): void {
    for (const { from } of [...this.underWay.of(chunk)]) {
      const neighbour = this.state.neighbours.get(from)
      const download = neighbour?.downloads.get(chunk)
      if (neighbour && download) this.cancel(neighbour, download, now)
    }
  }

  /** Gives the download up, and takes back what is still asked of the neighbour. */
  cancel(neighbour: N, download: ChunkDownload, now: Millis): void {
    for (let offset = 0; offset < download.length; offset += download.blockBytes)
      this.takeBack(neighbour, download.chunk, offset, now)
    this.forget(neighbour, download)
  }

  /** Gives the download up. */
  forget(neighbour: N, download: ChunkDownload): void {
    neighbour.downloads.delete(download.chunk)
    this.underWay.remove(download)
    this.reopen(download.chunk)
  }

  /** Opens a chunk again, unless it is not to be fetched or somebody who does send is sending it. Its page is here. */
  reopen(chunk: number): void {
    const { known } = this.state
    if (!known?.lacking.has(chunk)) return
    const alive = this.underWay
      .of(chunk)
      .some((download) => download.checking || this.state.neighbours.get(download.from)?.snubbed === false)
    if (!alive) known.picker.setOpen(chunk)
  }

  /** A neighbour does not send what it was asked for: others may fetch it. If it wakes, the first to be whole wins. */
  snub(neighbour: N): void {
    neighbour.snubbed = true
    for (const download of neighbour.downloads.values()) this.reopen(download.chunk)
  }

  /** A neighbour that was snubbed sends again. */
  unsnub(neighbour: N): void {
    neighbour.snubbed = false
    for (const download of neighbour.downloads.values()) this.state.known?.picker.setClosed(download.chunk)
  }

  private openChunk({ picker }: KnownContent, neighbour: N, byChance: boolean): number | undefined {
    const { exhaustedAt } = neighbour
    if (exhaustedAt !== undefined && picker.openCount > MANY_OPEN)
      if (!picker.hasOpenedSince(exhaustedAt, (open) => neighbour.mayBegin(open))) return undefined
    const chunk = picker.pick((open) => neighbour.mayBegin(open), byChance, neighbour.lastPicked, neighbour.chunks)
    neighbour.exhaustedAt = chunk === undefined ? picker.openedCount : undefined
    return chunk
  }

  private takeBack(neighbour: N, chunk: number, offset: number, now: Millis): void {
    const request = neighbour.unanswered.get(chunk, offset)
    if (request) this.state.send(neighbour, { type: 'cancel', chunk, offset }, now, request.lane)
  }
}
