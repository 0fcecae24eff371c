// Whether several connections to one neighbour bring more than one. Decides; opens and closes none.
import type { Millis, RoundTrip } from './events'
import type { Lane, Pause } from './lane'
import { NEAR_MS, type PathEstimate } from './path-estimate'

/**
 * What is lost on the way is sent again, and all that came after it is held until then: a round trip without a block, or two. A path that is full
 * and loses nothing never pauses so; a neighbour with other things to do pauses for longer.
 */
const PAUSE = { leastRoundTrips: 0.6, mostRoundTrips: 3, mostMs: 100 }
/**
 * A full queue loses packets too, and makes answers late before: by so much, and by so many bytes of a flow. What it has lost is sent again for a
 * while, with more pauses.
 */
const FULL = { lateMs: 50, bytes: 20_480, forMs: 2_000 }
const CLEAR = { ms: 20, share: 1 / 8 }
const MEASURE_AGAIN_MS = 2_500
const LOSSES = 2
const LOSSES_WITHIN_MS = 3_000
/** A second connection is not worth it for what is over in a moment. */
const LEAST_BYTES = 2_097_152
/** On a slower line one loses next to nothing. */
const LEAST_BYTES_PER_SECOND = 60_000
/** From the first that is open until it shows in the rate. */
const TRIAL_MS = 4_000
const WORTH = 1
/** What has not paid is not tried again for so long, and each time for twice as long. */
const RETRY_MS = 60_000
const LONGEST_RETRY_MS = 1_800_000
/** What is lost no longer needs no more than one. */
const WITHOUT_LOSS_MS = 10_000
/** Whether they are still needed shows without them. */
const LOOK_AGAIN_MS = 60_000

/** Whether a block that came over the lane after nothing had for so long had waited for what was lost before it. */
export function tellsOfLoss({ path }: Lane, { gapMs }: Pause): boolean {
  const { roundTripMs } = path
  if (roundTripMs < NEAR_MS || path.isFresh || path.drainedBytes !== Number.POSITIVE_INFINITY) return false
  return gapMs >= PAUSE.leastRoundTrips * roundTripMs && gapMs <= PAUSE.mostRoundTrips * roundTripMs + PAUSE.mostMs
}

/** On a path that loses much from the start, ours is too short: it takes from what the first block took its time on a line as slow as that. */
const isQueued = ({ ms, leastMs }: RoundTrip, oursMs: Millis): boolean =>
  ms > Math.max(oursMs, leastMs) * (1 + CLEAR.share) + CLEAR.ms

export class LaneTrial {
  private lossesAt: Millis[] = []
  /** When a queue was full last. */
  private fullAt: Millis = Number.NEGATIVE_INFINITY
  private rateBefore = 0
  /** `asked`: connections are being made. `tried`: since the first of them is open. */
  private state: 'one' | 'measured' | 'asked' | 'tried' | 'paid' = 'one'
  private since: Millis = 0
  private retryAt: Millis = 0
  private retryMs = RETRY_MS

  lost({ lateMs }: Pause, bytesPerMs: number, now: Millis): void {
    if (lateMs > FULL.lateMs && lateMs * bytesPerMs > FULL.bytes) this.fullAt = now
    this.lossesAt.push(now)
    if (this.lossesAt.length > LOSSES) this.lossesAt.shift()
  }

  /** Whether the path is to be measured now: `leftBytes` are still to come from this neighbour or another, now at this rate. */
  wantsMeasure(leftBytes: number, bytesPerSecond: number, now: Millis): boolean {
    if (this.state !== 'one' || now < this.retryAt || leftBytes < LEAST_BYTES) return false
    if (bytesPerSecond < LEAST_BYTES_PER_SECOND) return false
    const [first] = this.lossesAt
    if (this.lossesAt.length < LOSSES || first === undefined || now - first > LOSSES_WITHIN_MS) return false
    this.rateBefore = bytesPerSecond
    this.become('measured', now)
    return true
  }

  /** Whether more are to be opened now. */
  measured(roundTrip: RoundTrip | undefined, { roundTripMs }: PathEstimate, bytesPerSecond: number, now: Millis): boolean {
    if (this.state !== 'measured') return false
    this.rateBefore = Math.min(this.rateBefore, bytesPerSecond)
    const isFull = roundTrip ? isQueued(roundTrip, roundTripMs) : now - this.fullAt < FULL.forMs
    this.become(isFull ? 'one' : 'asked', now)
    if (isFull) this.retryAt = now + MEASURE_AGAIN_MS
    return !isFull
  }

  opened(now: Millis): void {
    if (this.state === 'asked') this.become('tried', now)
  }

  /** None could be opened. */
  failed(now: Millis): void {
    if (this.state === 'asked') this.giveUp(now)
  }

  /** Whether those that were opened are to be closed again. */
  wantsFewer(bytesPerSecond: number, now: Millis): boolean {
    if (this.state === 'tried' && now - this.since >= TRIAL_MS) {
      if (bytesPerSecond < WORTH * this.rateBefore) {
        this.giveUp(now)
        return true
      }
      this.retryMs = RETRY_MS
      this.become('paid', now)
    }
    const isQuiet = now - Math.max(this.since, this.lossesAt.at(-1) ?? 0) >= WITHOUT_LOSS_MS
    if (this.state !== 'paid' || !(isQuiet || now - this.since >= LOOK_AGAIN_MS)) return false
    this.become('one', now)
    return true
  }

  private giveUp(now: Millis): void {
    this.retryAt = now + this.retryMs
    this.retryMs = Math.min(2 * this.retryMs, LONGEST_RETRY_MS)
    this.become('one', now)
  }

  private become(state: LaneTrial['state'], now: Millis): void {
    this.state = state
    this.since = now
    this.lossesAt = []
  }
}
