// Chunks that their senders are late with: which of them a neighbour is asked for as well, and who is let off for it.
// Asks nobody by itself.
import type { ChunkDownload } from './chunk-download'
import { isSooner, longestInComing, type Sender, secondsToCome } from './endgame'
import type { Millis } from './events'
import type { Slice } from './neighbour'
import type { Addressee, KnownContent, SwarmState } from './state'
import type { UnderWay } from './under-way'

/** A neighbour that may bring what others are late with. */
export type LateNeighbour = Addressee & Sender & Slice<'mayBegin' | 'snubbed', 'lateLookedForAt'>

/** A chunk is under way this often at most. */
const MAX_COPIES = 2
/** While there is something left to begin elsewhere, a chunk is asked for once more only if it is late by all means. */
const LATE_SECONDS = 30
const LATE_GAIN = 4
const LATE_LOOK_MS = 1_000
const ENDGAME_LOOK_MS = 100
/** A chunk that somebody waits for, for a player for one, is not left to come in its time. */
const WANTED_LATE_SECONDS = 2
/** How many late chunks one neighbour may have begun. */
const MOST_LATE_AT_ONCE = 16

export class LateChunks<N extends LateNeighbour> {
  constructor(
    private readonly state: SwarmState<N>,
    private readonly underWay: UnderWay,
    private readonly serving: ReadonlySet<N>,
  ) {}

  /** For a neighbour with nothing left to begin: a chunk that others are slower to bring than it would be. */
  pick(known: KnownContent, neighbour: N, now: Millis): number | undefined {
    if (!this.state.policy.endgame || neighbour.snubbed || neighbour.downloads.size >= MOST_LATE_AT_ONCE)
      return undefined
    const isEndgame = known.picker.openCount === 0
    // What was not late a moment ago need not be looked at again for each block that comes.
    const lookedAt = neighbour.lateLookedForAt
    if (now > lookedAt && now < lookedAt + (isEndgame ? ENDGAME_LOOK_MS : LATE_LOOK_MS)) return undefined
    if (!this.mayBringOthers(neighbour)) return undefined
    const late = longestInComing(
      secondsToCome(this.serving, now),
      (chunk, seconds) =>
        (isEndgame || seconds > LATE_SECONDS) &&
        isSooner(neighbour, this.state.chunkBytes(known, chunk), seconds, now, isEndgame ? undefined : LATE_GAIN) &&
        neighbour.mayBegin(chunk) &&
        !this.underWay.isWhole(chunk),
    )
    if (late === undefined) neighbour.lateLookedForAt = now
    return late
  }

  /** The first chunk that somebody waits for, if another is sending it and this one would be sooner. */
  pickWanted(known: KnownContent, neighbour: N, now: Millis): number | undefined {
    const { picker } = known
    const { first, end } = picker.wantedNow
    if (first >= end || neighbour.snubbed) return undefined
    let soonest: Map<number, number> | undefined
    for (let chunk = first; chunk < end; chunk++) {
      if (!known.lacking.has(chunk) || !neighbour.mayBegin(chunk) || this.underWay.isWhole(chunk)) continue
      if (picker.isOpen(chunk)) return undefined // The picker takes it.
      soonest ??= secondsToCome(this.serving, now)
      const seconds = soonest.get(chunk) ?? 0
      if (seconds > WANTED_LATE_SECONDS && isSooner(neighbour, this.state.chunkBytes(known, chunk), seconds, now))
        return chunk
    }
    return undefined
  }

  /** Where enough neighbours send a chunk: the one that will be longest about it, and need not go on. */
  superfluous(chunk: number, now: Millis): { neighbour: N; download: ChunkDownload } | undefined {
    const copies = this.underWay.of(chunk)
    if (copies.length < MAX_COPIES) return undefined
    let slowest: { neighbour: N; download: ChunkDownload; rate: number } | undefined
    for (const download of copies) {
      const neighbour = this.state.neighbours.get(download.from)
      if (!neighbour || download.checking) continue
      const rate = neighbour.deliveryRate(now) / Math.max(1, download.leftBytes)
      if (!slowest || rate < slowest.rate) slowest = { neighbour, download, rate }
    }
    return slowest
  }

  /** Whether the neighbour holds any chunk that others are sending. */
  private mayBringOthers(neighbour: N): boolean {
    for (const chunk of this.underWay.chunks()) if (neighbour.mayBegin(chunk)) return true
    return false
  }
}
