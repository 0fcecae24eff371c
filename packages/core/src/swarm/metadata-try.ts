// One part of the metadata (the manifest, or a hash page) on its way from one neighbour, and when to ask another for it
// as well. Knows nothing of what is in it, nor of who else could be asked.
import type { Millis } from './events'
import type { Slice } from './neighbour'
import type { Addressee } from './state'

/** A neighbour as metadata goes to it and comes from it. */
export type MetadataNeighbour = Addressee &
  Slice<
    'manifestBytes' | 'linkHasRoom' | 'countQueued' | 'countRefusal',
    'metadataAwaited' | 'metadataParts' | 'pendingMetadata' | 'metadataServedBytes'
  >

const PIECE_BYTES = 65_536
/** The time before a neighbour shows a rate: a round trip, and what it may have to say to others. */
const GRACE_MS = 2_000
/** A neighbour at this rate is given the time that the part takes. */
const FAIR_BYTES_PER_SECOND = 65_536
/**
 * Even at a fair rate, one more is asked each time this has passed since the part was wanted: a wrong one is known at
 * its end only.
 */
const PATIENCE_MS = 10_000
/** How many neighbours are given TRIAL_MS each to show what they can do; a slower one goes on alongside the next. */
const TRIALS = 3
const TRIAL_MS = 10_000

export class MetadataTry {
  private readonly pieces = new Map<number, Uint8Array>()
  private gotBytes = 0

  constructor(
    readonly part: number,
    readonly from: MetadataNeighbour,
    /** The part's length, by the manifest or by the neighbour's word. */
    readonly length: number,
    readonly askedAt: Millis,
  ) {}

  /** The pieces to ask for. */
  *wanted(): Generator<{ offset: number; length: number }> {
    for (let offset = 0; offset < this.length; offset += PIECE_BYTES) yield { offset, length: this.lengthAt(offset) }
  }

  /** Whether such a piece was asked for. */
  expects(offset: number, length: number): boolean {
    return offset % PIECE_BYTES === 0 && offset < this.length && length === this.lengthAt(offset)
  }

  /** Takes a piece. False: the piece is here already. */
  take(offset: number, data: Uint8Array): boolean {
    if (this.pieces.has(offset)) return false
    this.pieces.set(offset, data)
    this.gotBytes += data.length
    return true
  }

  get missingBytes(): number {
    return this.length - this.gotBytes
  }

  /** All of it, once nothing is missing. */
  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.length)
    for (const [offset, data] of this.pieces) bytes.set(data, offset)
    return bytes
  }

  /** The time until which this neighbour is at least as far as a fair one would be. */
  get fairUntil(): Millis {
    return this.askedAt + GRACE_MS + (this.gotBytes * 1_000) / FAIR_BYTES_PER_SECOND
  }

  private lengthAt(offset: number): number {
    return Math.min(PIECE_BYTES, this.length - offset)
  }
}

/**
 * How long a part has been wanted, and how often it was asked for: its deadline is one for all whom we ask, however
 * many are wrong.
 */
export type Hunt = { since: Millis; asked: number }

/** When another neighbour is to be asked for the part that these are sending; they go on. */
export function askAnotherAt(tries: readonly MetadataTry[], { since }: Hunt): Millis {
  if (tries.length === 0) return Number.NEGATIVE_INFINITY
  const askedAt = tries.map((one) => one.askedAt).sort((a, b) => b - a)
  const fairUntil = Math.max(...tries.map((one) => one.fairUntil))
  const atLatest = since + PATIENCE_MS * tries.length
  const trialOver = (askedAt[TRIALS - 1] ?? Number.NEGATIVE_INFINITY) + TRIAL_MS
  return Math.max(Math.min(fairUntil, atLatest), trialOver)
}
