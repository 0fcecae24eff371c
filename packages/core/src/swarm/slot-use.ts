// What one neighbour makes of the slots that it gets: whether it asks and takes. Knows nothing of slots or of other neighbours.
import type { Millis } from './events'

/** One that idles goes behind the others for so long, and each time in a row for twice as long. */
const FIRST_IDLE_MS = 30_000
const LONGEST_IDLE_MS = 120_000
/** Who has taken before may only have nothing to ask for now: what it lacks is on its way to it from others. */
const MOST_CREDIT = 6
/** A small block on a link of a kilobyte and a half a second. */
const UNDERWAY_MS = 10_000
/** A link that has been busy for less time than this may only be slow. */
const STALLED_MS = 30_000

/** What there is to see of a neighbour's use of its slot since it was looked at before. */
export type SlotLook = {
  takenBytes: number
  /** It took back what it had asked for. */
  hasCancelled: boolean
  /** It has asked for more than we have given: what it takes is ours to decide. */
  waitsForUs: boolean
  /** Something that was sent waits on its link. */
  isLinkBusy: boolean
  /** For how long much has waited there; undefined: little does. */
  stuckMs: Millis | undefined
  /** Who takes less of what it could have for the asking is slight: others may use the slot as well. */
  worthBytes: number
  /** And so is one whose link takes less than this. */
  fairBytes: number
}

export class SlotUse {
  /** It takes so little that its slot is as good as free. */
  slight = false
  /** Looks at which it had taken, less those at which it had not. */
  private credit = 0
  private idleTurns = 0
  private idleUntil: Millis = Number.NEGATIVE_INFINITY
  private seenTakenBytes = 0
  private seenAt: Millis = 0
  private cancels = 0
  private isRefused = false

  /** Whether it goes behind those that ask. */
  isIdle(now: Millis): boolean {
    return now < this.idleUntil
  }

  /** Until when it goes behind them. */
  get idlesUntil(): Millis {
    return this.idleUntil
  }

  /** Its turn begins. */
  begins(takenBytes: number, now: Millis): void {
    this.seenTakenBytes = takenBytes
    this.seenAt = now
    this.cancels = 0
    this.isRefused = false
  }

  /** It asked for what we keep back. */
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
