// Whether several connections to one neighbour bring more than one. Decides; opens and closes none.
import type { Millis, RoundTrip } from './events'
import type { Lane, Pause } from './lane'
import { NEAR_MS, type PathEstimate } from './path-estimate'

/**
 * The pause that a loss makes: what was lost is sent again, and all that came after it is held until then, for a round
 * trip or two. A full path that loses nothing never pauses so; a neighbour with other things to do pauses for longer.
 */
const PAUSE = { leastRoundTrips: 0.6, mostRoundTrips: 3, mostMs: 100 }
/**
 * A full queue loses packets too, and then the network's own round trip is longer than without one by more than so
 * much. What waits at the sender, as it does where packets are lost by chance, is not in it.
 */
const QUEUED = { ms: 20, share: 1 / 8 }
/** A path that was measured is not measured again for so long. */
const MEASURE_AGAIN_MS = 2_500
/**
 * How a full path is told where it cannot be measured: a full queue makes answers late by so much and by so many bytes
 * of a flow, before it loses any. What was lost is sent again for a while, with more pauses.
 */
const FULL = { lateMs: 50, bytes: 20_480, forMs: 2_000 }
const LOSSES = 2
const LOSSES_WITHIN_MS = 3_000
/** A second connection is not worth it for what is over in a moment. */
const LEAST_BYTES = 2_097_152
/** Slower paths are not tried: on them, one lane loses next to nothing. */
const LEAST_BYTES_PER_SECOND = 60_000
/**
 * How long a trial takes from its first open lane, until the rate shows whether several lanes bring less than one did.
 */
const TRIAL_MS = 4_000
/** A trial that has not paid is repeated after this long, and after twice as long each time. */
const RETRY_MS = 60_000
const LONGEST_RETRY_MS = 1_800_000
/** A lane that is alone again pauses for so long, whatever is lost. */
const CLOSING_MS = 1_000
/** After this long, several lanes are closed to see whether they are still needed. */
const LOOK_AGAIN_MS = 60_000

/** Whether a gap before a block tells of a loss: the block had come, and waited for one that was lost before it. */
export function tellsOfLoss({ path }: Lane, { gapMs }: Pause): boolean {
  const { roundTripMs } = path
  if (roundTripMs < NEAR_MS || path.isFresh || path.drainedBytes !== Number.POSITIVE_INFINITY) return false
  return gapMs >= PAUSE.leastRoundTrips * roundTripMs && gapMs <= PAUSE.mostRoundTrips * roundTripMs + PAUSE.mostMs
}

/**
 * `oursMs`: from a request to its block. The network may have been full since before it was first measured, and ours
 * may be too short.
 */
const isQueued = ({ ms, leastMs }: RoundTrip, oursMs: Millis): boolean =>
  ms > Math.max(oursMs, leastMs) * (1 + QUEUED.share) + QUEUED.ms

export class LaneTrial {
  private lossesAt: Millis[] = []
  /** When a queue was full last. */
  private fullAt: Millis = Number.NEGATIVE_INFINITY
  private rateBefore = 0
  /**
   * `measured`: the path is being measured. `asked`: connections are being made. `tried`: since the first of them is
   * open.
   */
  private state: 'one' | 'measured' | 'asked' | 'tried' | 'paid' = 'one'
  private since: Millis = Number.NEGATIVE_INFINITY
  private retryAt: Millis = 0
  private retryMs = RETRY_MS

  lost({ lateMs }: Pause, bytesPerMs: number, now: Millis): void {
    if (lateMs > FULL.lateMs && lateMs * bytesPerMs > FULL.bytes) this.fullAt = now
    if (this.state !== 'one' || now - this.since < CLOSING_MS) return
    this.lossesAt.push(now)
    if (this.lossesAt.length > LOSSES) this.lossesAt.shift()
  }

  /**
   * Whether the path is to be measured now. `leftBytes` are still to come, from anybody; `bytesPerSecond` come from
   * this neighbour.
   */
  wantsMeasure(leftBytes: number, bytesPerSecond: number, now: Millis): boolean {
    if (this.state !== 'one' || now < this.retryAt || leftBytes < LEAST_BYTES) return false
    if (bytesPerSecond < LEAST_BYTES_PER_SECOND) return false
    const [first] = this.lossesAt
    if (this.lossesAt.length < LOSSES || first === undefined || now - first > LOSSES_WITHIN_MS) return false
    this.rateBefore = bytesPerSecond
    this.become('measured', now)
    return true
  }

  /** Takes a measured round trip. True: more lanes are to be opened now. */
  measured(
    roundTrip: RoundTrip | undefined,
    { roundTripMs }: PathEstimate,
    bytesPerSecond: number,
    now: Millis,
  ): boolean {
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

  /** No further lane could be opened. */
  failed(now: Millis): void {
    if (this.state === 'asked') this.giveUp(now)
  }

  /** Whether the further lanes are to be closed again. */
  wantsFewer(bytesPerSecond: number, now: Millis): boolean {
    if (this.state === 'tried' && now - this.since >= TRIAL_MS) {
      if (bytesPerSecond < this.rateBefore) {
        this.giveUp(now)
        return true
      }
      this.retryMs = RETRY_MS
      this.become('paid', now)
    }
    if (this.state !== 'paid' || now - this.since < LOOK_AGAIN_MS) return false
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
