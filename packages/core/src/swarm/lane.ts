// One of the connections to a neighbour, as far as we ask for blocks over it. Decides nothing.
import type { Millis } from './events'
import { type Asked, PathEstimate } from './path-estimate'

/**
 * The connection that is always there. Everything goes over it but blocks and what is said of them, which may go over
 * others.
 */
export const FIRST_LANE = 0

/**
 * `gapMs`: how long nothing had come though something was due, less what the block itself takes. `lateMs`: by how much
 * the answers before that were longer than a round trip, the lesser of two: what waits in the path's queue.
 */
export type Pause = { gapMs: Millis; lateMs: Millis }

export class Lane {
  readonly path = new PathEstimate()
  /** Bytes asked for over this lane, and not answered. */
  openBytes = 0
  receivedBytes = 0
  /** Nothing more is asked for over this lane, and it is closed once all is answered. */
  isClosing = false
  /** When blocks were first due over this lane, with none coming since. */
  private dueSince: Millis = 0
  /** How much later than a round trip the last answer was. */
  private lateMs = Number.POSITIVE_INFINITY
  private lateBeforeMs = Number.POSITIVE_INFINITY

  constructor(readonly id: number) {}

  asked(length: number, now: Millis): Asked {
    if (this.openBytes === 0) this.dueSince = now
    this.openBytes += length
    return { lane: this.id, at: now, length, received: this.receivedBytes, openBytes: this.openBytes }
  }

  answered({ length }: Asked): void {
    this.openBytes -= length
  }

  /** A block came that was asked for so. */
  received({ at, length }: Asked, now: Millis): Pause {
    const { path } = this
    const ownMs = path.bytesPerMs > 0 ? length / path.bytesPerMs : 0
    const gapMs = now - this.dueSince - ownMs
    this.dueSince = now
    this.receivedBytes += length
    const lateMs = Math.min(this.lateMs, this.lateBeforeMs)
    this.lateBeforeMs = this.lateMs
    this.lateMs = now - at - ownMs - path.roundTripMs
    return { gapMs, lateMs }
  }
}
