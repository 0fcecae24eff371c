// One of the connections to a neighbour, as far as we ask for blocks over it. Decides nothing.
import type { Millis } from './events'
import { type Asked, PathEstimate } from './path-estimate'

/** Of the connection that is always there. All but blocks, and what is said of them, goes over this one. */
export const FIRST_LANE = 0

export class Lane {
  readonly path = new PathEstimate()
  /** Asked for over it, and not answered. */
  openBytes = 0
  receivedBytes = 0
  /** No more is asked for over it; it is closed once all is answered. */
  isClosing = false
  /** Since when blocks have been due over it with none coming. */
  private dueSince: Millis = 0

  constructor(readonly id: number) {}

  asked(length: number, now: Millis): Asked {
    if (this.openBytes === 0) this.dueSince = now
    this.openBytes += length
    return { lane: this.id, at: now, length, received: this.receivedBytes, openBytes: this.openBytes }
  }

  answered({ length }: Asked): void {
    this.openBytes -= length
  }

  /** How long nothing had come, though something was due. */
  received(bytes: number, now: Millis): Millis {
    const gapMs = now - this.dueSince
    this.dueSince = now
    this.receivedBytes += bytes
    return gapMs
  }
}
