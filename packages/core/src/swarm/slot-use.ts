// What one neighbour makes of the slots that it gets: whether it asks and takes. Knows nothing of slots or of other
// neighbours.
import type { Millis } from './events'

/** A neighbour that idles goes behind the others for this long, and for twice as long each time in a row. */
const FIRST_IDLE_MS = 30_000
const LONGEST_IDLE_MS = 120_000
/** How much a neighbour that has taken before may idle: what it lacks may be on its way to it from others. */
const MOST_CREDIT = 6
/** A small block on a link of a kilobyte and a half a second. */
const UNDERWAY_MS = 10_000
/** A link that has been busy for less time than this may only be slow. */
const STALLED_MS = 30_000

/** What can be seen of a neighbour's use of its slot since the last look. */
export type SlotLook = {
  takenBytes: number
  /** The neighbour took back what it had asked for. */
  hasCancelled: boolean
  /** The neighbour has asked for more than we have given: what it takes is ours to decide. */
  waitsForUs: boolean
  /** Something that was sent waits on its link. */
  isLinkBusy: boolean
  /** How long much has waited on its link; undefined: little waits. */
  stuckMs: Millis | undefined
  /** A neighbour that takes less than this, though it could, is slight: others may use the slot as well. */
  worthBytes: number
  /** A neighbour whose link takes less than this is slight too. */
  fairBytes: number
}

export class SlotUse {
  /** The neighbour takes so little that its slot is as good as free. */
  slight = false
  /** Looks at which it had taken, less those at which it had not. */
  private credit = 0
  private idleTurns = 0
  private idleUntil: Millis = Number.NEGATIVE_INFINITY
  private seenTakenBytes = 0
  private seenAt: Millis = 0
  private cancels = 0
  private isRefused = false

  /** Whether the neighbour goes behind those that ask. */
  isIdle(now: Millis): boolean {
    return now < this.idleUntil
  }

  /** The time until which the neighbour goes behind those that ask. */
  get idlesUntil(): Millis {
    return this.idleUntil
  }

  /** The neighbour is unchoked. */
  begins(takenBytes: number, now: Millis): void {
    this.seenTakenBytes = takenBytes
    this.seenAt = now
    this.cancels = 0
    this.isRefused = false
  }

  /** The neighbour asked for a chunk that we keep back. */
  refused(): void {
    this.isRefused = true
  }

  cancelled(): void {
    this.cancels++
  }

  /** When it was looked at last, or its turn began. */
  get lookedAt(): Millis {
    return this.seenAt
  }

  get hasCancelled(): boolean {
    return this.cancels > 0
  }

  /** Looks at what it did since the last time. */
  look(
    { takenBytes, hasCancelled, waitsForUs, isLinkBusy, stuckMs, worthBytes, fairBytes }: SlotLook,
    now: Millis,
  ): void {
    const took = takenBytes - this.seenTakenBytes
    // What was sent last is still on its way: too early to tell.
    if (took === 0 && stuckMs !== undefined && stuckMs < UNDERWAY_MS) return
    const wasRefused = this.isRefused
    this.begins(takenBytes, now)
    if ((waitsForUs || wasRefused) && !(hasCancelled && took === 0)) return
    if (took > 0 || (stuckMs !== undefined && stuckMs < STALLED_MS)) {
      this.slight = took < (isLinkBusy ? Math.min(worthBytes, fairBytes) : worthBytes)
      if (this.slight) return
      this.idleTurns = 0
      this.credit = Math.min(MOST_CREDIT, this.credit + 1)
      this.idleUntil = Number.NEGATIVE_INFINITY
      return
    }
    this.slight = false
    if (this.isIdle(now)) return // It has kept its slot only as nobody else wants it.
    if (this.credit-- > 0) return
    this.credit = 0
    this.idleUntil = now + Math.min(LONGEST_IDLE_MS, FIRST_IDLE_MS * 2 ** this.idleTurns++)
  }
}
