// How fast a path brings what is asked for, and how long the way there and back is with nothing of ours in its queues.
// Decides nothing.
import type { Millis } from './events'

/** A longer round trip is none, but a neighbour that had other things to do. */
const LONGEST_ROUND_TRIP_MS = 1_000
/** A round trip is believed for so long. Then it is measured again, as the path may be another. */
const ROUND_TRIP_MS = 10_000
/**
 * When a round trip is measured again at once: for this long, every answer was later, by LATE_MS and by LATE_SHARE of a
 * round trip, than our own open requests make it. The path is longer now, or somebody else's queue is in it, and may
 * have been when the path was measured.
 */
const LATE_FOR_MS = 2_000
const LATE_MS = 20
const LATE_SHARE = 1 / 8
/**
 * A round trip is measured again too where an answer was quicker than ever by this much: another peer measures then,
 * and both see the path without a queue only together.
 */
const QUICKER_MS = 5
const QUICKER_SHARE = 1 / 10
/** A look takes so many round trips, and there are so many milliseconds from one to the next. */
const LOOK_ROUND_TRIPS = 2
const LOOK_AGAIN_MS = 5_000
/** A path that is longer by so much is another: what it carries is not known either. */
const OTHER_PATH = 1.5
/** Nearer than this, that is so wherever the machine has other things to do. */
export const NEAR_MS = 20
const BUSY_ROUND_TRIPS = 2
const BUSY_MOST_MS = 150
/**
 * A rate is a mean over so long, and so many round trips: a page that stands still for a moment gets much at once
 * afterwards.
 */
const PERIOD_MS = 600
const PERIOD_ROUND_TRIPS = 3
/** The part of the best rate that is left after each period: half of it after 20 s. */
const BEST_KEPT = 0.98
/**
 * At first one round trip will do; on a path that doubles its rate in each, two of them show three quarters of the
 * second's rate.
 */
const TWO_ROUND_TRIPS_SHARE = 0.75
/** The first phase ends when the rate has not grown by this factor in some round trips. */
const GROWTH = 1.1
const GROWTH_ROUND_TRIPS = 3
/**
 * The first phase ends too when all answers of a round trip are this late, or a quarter of it: then the path has a
 * queue (as in HyStart, Ha and Rhee, 2008).
 */
const QUEUED_MS = 25
/** While less than this share of the window is open, what comes tells how long the way is, but not what it carries. */
const FULL_SHARE = 0.5
/** While the path is measured without our own queue, at most this share of what it holds is left open. */
const DRAINED_SHARE = 0.75
/** Clocks tell no shorter time. */
const LEAST_MS = 0.5

/** When a request was made, and what stood then. */
export type Asked = {
  /** The connection over which the block was asked for. */
  lane: number
  at: Millis
  length: number
  /** Bytes that the path had brought before. */
  received: number
  /** Bytes open with it, these included. */
  openBytes: number
}

/** How many bytes had come in all at that time. */
type Mark = { at: Millis; received: number }

/**
 * While a path shows what it can. `marks`: of the last round trips. `quickestMs`: of what was asked for since `since`.
 */
type First = { rate: number; grownAt: Millis; marks: Mark[]; since: Millis; quickestMs: Millis }

/** `quickestMs`: of what was asked for since `since`. */
type Look = { since: Millis; until: Millis; quickestMs: Millis }

/** A stretch of time in which blocks came. */
type Period = { since: Millis; received: number; wasFull: boolean; last: Millis; squares: number }

/**
 * The rate and round trip of a path, as BBR has them (Cardwell et al., 2016): the highest rate lately and the shortest
 * round trip lately, which do not show themselves at one time. A round trip is from a request to its block.
 */
export class PathEstimate {
  /** Bytes a millisecond, of this period and the one before. */
  private rate = 0
  private rateBefore = 0
  /**
   * The best of all, which each period takes a little from: a block passes the narrowest place at that, however little
   * comes where packets are lost.
   */
  private bestRate = 0
  private period: Period | undefined
  /** The first phase: the best rate of a round trip, and when it last grew. Undefined: it is over. */
  private first: First | undefined = newFirst(0, 0)
  /**
   * How long nothing comes between two blocks, as one who looks at any moment would find it: the mean of the gaps by
   * their length.
   */
  stallMs: Millis = 0
  /** Infinity: nothing has come. */
  private quickestMs = Number.POSITIVE_INFINITY
  private quickestAt: Millis = 0
  /** The length of what came so quickly. */
  private quickestBytes = 0
  /** The quickest since `quickestAt`. */
  private laterMs = Number.POSITIVE_INFINITY
  private onTimeAt: Millis = 0
  /** While the way is looked at without our queue. */
  private look: Look | undefined
  private lookedAt: Millis = Number.NEGATIVE_INFINITY
  /** The round trip when it was last looked at, or when the path was new no longer. */
  private lookedMs: Millis = 0

  /** Whether anything has come by this path. */
  get isKnown(): boolean {
    return this.quickestMs !== Number.POSITIVE_INFINITY
  }

  /** Bytes a millisecond; 0: not known. */
  get bytesPerMs(): number {
    return Math.max(this.rate, this.rateBefore, this.first?.rate ?? 0)
  }

  get roundTripMs(): Millis {
    return Math.min(this.quickestMs, LONGEST_ROUND_TRIP_MS)
  }

  /** Whether the path may carry more than it has shown. */
  get isFresh(): boolean {
    return this.first !== undefined
  }

  /**
   * Whether the path is near. Near by, blocks come in lumps as a machine has other things to do; on a long path, as
   * something was lost, which takes about a round trip, and SCTP's 400 ms where all of it has to be sent again.
   */
  get isNear(): boolean {
    const { roundTripMs, stallMs } = this
    return roundTripMs < NEAR_MS || (stallMs > BUSY_ROUND_TRIPS * roundTripMs && stallMs < BUSY_MOST_MS)
  }

  /** The bytes that are on their way where nothing waits. */
  get heldBytes(): number {
    return this.bytesPerMs * this.roundTripMs
  }

  /** While the way is looked at without our queue, no more than so much is to be open; Infinity: it is not. */
  get drainedBytes(): number {
    // Something is always asked for: without an answer, the look would never end.
    return this.look ? Math.max(1, DRAINED_SHARE * this.heldBytes) : Number.POSITIVE_INFINITY
  }

  /** A block came that was asked for so; `windowBytes` may be open, and `leastBytes` however slow the path. */
  answered(asked: Asked, receivedBytes: number, windowBytes: number, leastBytes: number, now: Millis): void {
    const tookMs = Math.max(LEAST_MS, now - asked.at)
    const isFull = asked.openBytes >= FULL_SHARE * windowBytes
    if (this.first) this.countFirst(this.first, asked, tookMs, receivedBytes, now)
    this.countPeriod(receivedBytes, isFull, now)
    this.countRoundTrip(asked, tookMs, windowBytes, windowBytes <= leastBytes, now)
  }

  private countFirst(first: First, asked: Asked, tookMs: Millis, received: number, now: Millis): void {
    const { marks } = first
    if (marks.length === 0) marks.push(asked)
    marks.push({ at: now, received })
    const roundTripMs = Math.min(this.roundTripMs, tookMs)
    const longest = GROWTH_ROUND_TRIPS * roundTripMs
    while ((marks[1]?.at ?? now) <= now - longest) marks.shift()
    const lately = meanSince(marks, now - roundTripMs)
    const rate = Math.min(lately, meanSince(marks, now - 2 * roundTripMs) / TWO_ROUND_TRIPS_SHARE)
    if (rate > GROWTH * first.rate) first.grownAt = now
    if (rate > first.rate) first.rate = rate
    this.bestRate = Math.max(this.bestRate, rate)
    if (this.isQueued(first, asked, tookMs, now)) this.endFirst(meanSince(marks, now - tookMs))
    else if (now - first.grownAt >= longest) this.endFirst(meanSince(marks, now - longest))
  }

  /** Whether all blocks asked for within a round trip came late: what is open waits in a queue, ours or another's. */
  private isQueued(first: First, asked: Asked, tookMs: Millis, now: Millis): boolean {
    if (asked.at < first.since) return false
    first.quickestMs = Math.min(first.quickestMs, tookMs)
    if (now - first.since < this.roundTripMs * 2) return false
    const isLate = first.quickestMs > this.roundTripMs + Math.max(QUEUED_MS, this.roundTripMs / 4)
    first.since = now
    first.quickestMs = Number.POSITIVE_INFINITY
    return isLate
  }

  private endFirst(rate: number): void {
    this.rateBefore = rate
    this.first = undefined
    this.quickestMs -= this.ownMs(this.quickestBytes, this.quickestMs)
    this.lookedMs = this.quickestMs
    this.period = undefined
  }

  private countPeriod(received: number, isFull: boolean, now: Millis): void {
    const { period } = this
    if (!period) {
      this.period = { since: now, received, wasFull: isFull, last: now, squares: 0 }
      return
    }
    period.wasFull &&= isFull
    period.squares += (now - period.last) ** 2
    period.last = now
    const lastedMs = now - period.since
    if (lastedMs < Math.max(PERIOD_MS, PERIOD_ROUND_TRIPS * this.roundTripMs)) return
    const rate = (received - period.received) / lastedMs
    this.period = { since: now, received, wasFull: true, last: now, squares: 0 }
    this.stallMs = period.squares / lastedMs
    if (!period.wasFull && rate < this.bytesPerMs) return
    this.rateBefore = this.rate
    this.rate = rate
    this.bestRate = Math.max(BEST_KEPT * this.bestRate, rate)
  }

  /** The part of `tookMs` that a block's own length takes. */
  private ownMs(length: number, tookMs: Millis): Millis {
    return Math.min(length / Math.max(this.bestRate, this.bytesPerMs), tookMs / 2)
  }

  private countRoundTrip(
    { at, length }: Asked,
    tookMs: Millis,
    windowBytes: number,
    isLeast: boolean,
    now: Millis,
  ): void {
    // The block's own length is no part of the way. Before the rate is known, there is no telling how much of it that
    // is.
    const ownMs = this.first ? 0 : this.ownMs(length, tookMs)
    const wayMs = tookMs - ownMs
    if (this.look) return this.lookOn(this.look, at, wayMs, now)
    this.laterMs = Math.min(this.laterMs, wayMs)
    if (wayMs < windowBytes / this.bytesPerMs + LATE_MS + LATE_SHARE * this.quickestMs) this.onTimeAt = now
    if (wayMs <= this.quickestMs) {
      this.quickestBytes = length
      this.believe(wayMs, now)
      const isMuch = wayMs < this.lookedMs - Math.max(QUICKER_MS, QUICKER_SHARE * this.lookedMs)
      if (isMuch && !this.first && !isLeast) this.beginLook(now)
      return
    }
    const isLate = this.quickestMs >= NEAR_MS && now - this.onTimeAt >= LATE_FOR_MS
    if (now - this.quickestAt < ROUND_TRIP_MS && !isLate) return
    // With so little open, there is no queue of ours that would be worth the look.
    if (isLeast) this.believe(this.laterMs, now)
    else this.beginLook(now)
  }

  private beginLook(now: Millis): void {
    if (now - this.lookedAt >= LOOK_AGAIN_MS)
      this.look = { since: now, until: Number.POSITIVE_INFINITY, quickestMs: Number.POSITIVE_INFINITY }
  }

  private lookOn(look: Look, at: Millis, wayMs: Millis, now: Millis): void {
    if (at <= look.since) return
    look.quickestMs = Math.min(look.quickestMs, wayMs)
    if (look.until === Number.POSITIVE_INFINITY) look.until = now + (LOOK_ROUND_TRIPS - 1) * wayMs
    if (now < look.until) return
    this.look = undefined
    this.lookedAt = now
    // Another path: what it carries is not known either.
    if (look.quickestMs > OTHER_PATH * this.quickestMs + LATE_MS) this.first ??= newFirst(this.bytesPerMs, now)
    this.believe(look.quickestMs, now)
    this.lookedMs = look.quickestMs
  }

  private believe(ms: Millis, now: Millis): void {
    this.quickestMs = ms
    this.quickestAt = now
    this.onTimeAt = now
    this.laterMs = Number.POSITIVE_INFINITY
  }
}

const newFirst = (rate: number, now: Millis): First => ({
  rate,
  grownAt: now,
  marks: [],
  since: now,
  quickestMs: Number.POSITIVE_INFINITY,
})

/** Bytes a millisecond from the last mark before `from`, or the first of all, to the last. */
function meanSince(marks: readonly Mark[], from: Millis): number {
  const last = marks[marks.length - 1] as Mark
  let since = marks[0] as Mark
  for (const mark of marks) {
    if (mark.at > from) break
    since = mark
  }
  return (last.received - since.received) / Math.max(LEAST_MS, last.at - since.at)
}
