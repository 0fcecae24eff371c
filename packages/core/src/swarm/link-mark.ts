// How much may wait on one link: about what it drains in a second, as whatever is said on a link waits behind what is
// queued on it. Knows nothing of what waits.
import type { Millis } from './events'

/** The mark while no rate is known: short on a slow link, and a fast one shows its rate within milliseconds. */
const FIRST_MARK_BYTES = 65_536
/** A small block, and time to feed the next. */
const MIN_MARK_BYTES = 24_576
/** Chromium closes a channel near 16 MiB; with this much, the fastest link does not run dry. */
const MAX_MARK_BYTES = 1_048_576
/**
 * Up to here a mark follows its link's rate at once; beyond, it grows e-fold in GROWTH_MS of being busy. Chromium
 * discards of a burst what it cannot pass on to its network process (64 KiB on the way). A link that is new to a burst
 * of 1 MiB loses most of it, and stands still for seconds; one that grows into it loses little at a time.
 */
const SUDDEN_MARK_BYTES = 262_144
const GROWTH_MS = 2_000
/** A link reports when it has room for so much, so that a fast one is fed in time. */
const FEED_BYTES = 65_536
/** How long the past counts. */
const MEMORY_MS = 2_000
/** A link is told where to report when its mark has changed by this factor. */
const WORTH_TELLING = 1.25

/** Where a link with this mark reports that it drains: at half of it, or earlier, so that the link never runs dry. */
const lowMark = (markBytes: number): number => Math.max(Math.floor(markBytes / 2), markBytes - FEED_BYTES)

/** Where a link reports that it drains until the swarm says otherwise. */
export const FIRST_LOW_MARK_BYTES = lowMark(FIRST_MARK_BYTES)

export class LinkMark {
  bytes: number
  private toldBytes: number
  /** When more than the low mark began to wait, by the link's last report: only then is the link surely busy. */
  private since: Millis | undefined
  private drainedBytes = 0
  private drainedMs = 0

  /** `mostBytes`: at first, no more than this, however little. */
  constructor(
    private readonly queueMs: number,
    mostBytes = Number.POSITIVE_INFINITY,
  ) {
    this.bytes = Math.max(MIN_MARK_BYTES, Math.min(FIRST_MARK_BYTES, mostBytes))
    this.toldBytes = this.bytes
  }

  get lowBytes(): number {
    return lowMark(this.bytes)
  }

  get busySince(): Millis | undefined {
    return this.since
  }

  /** Takes that more was handed to the link; `waitingBytes` wait now. */
  queued(waitingBytes: number, now: Millis): void {
    if (waitingBytes > lowMark(this.bytes)) this.since ??= now
  }

  /**
   * The link has taken `goneBytes` since its last report; `waitingBytes` still wait. Returns the low mark where the
   * link must be told of another.
   */
  drained(goneBytes: number, waitingBytes: number, now: Millis): number | undefined {
    if (this.since === undefined) return undefined
    const elapsedMs = now - this.since
    const kept = Math.max(0, 1 - elapsedMs / MEMORY_MS)
    this.drainedBytes = this.drainedBytes * kept + Math.max(0, goneBytes)
    this.drainedMs = this.drainedMs * kept + elapsedMs
    this.since = waitingBytes > lowMark(this.bytes) ? now : undefined
    if (this.drainedMs === 0 || this.drainedBytes === 0) return undefined
    const perMs = this.drainedBytes / this.drainedMs
    const grown = Math.max(SUDDEN_MARK_BYTES, this.bytes * (1 + elapsedMs / GROWTH_MS))
    this.bytes = Math.min(MAX_MARK_BYTES, grown, Math.max(MIN_MARK_BYTES, perMs * this.queueMs))
    const change = this.bytes / this.toldBytes
    if (change < WORTH_TELLING && change > 1 / WORTH_TELLING) return undefined
    this.toldBytes = this.bytes
    return lowMark(this.bytes)
  }
}
