// The fastest that a flow of bytes has been. Knows nothing of whose bytes they are.
import { Rate } from './rate'

const WINDOW_MS = 5_000
const WINDOW_SLOTS = 50
/** Bytes that come in one moment say nothing of a rate. */
const SHORTEST_MS = 50

/** The highest mean over 5 s; of a flow that did not last so long, its mean from its first bytes to its last. */
export class FastestMean {
  private readonly lately = new Rate(WINDOW_MS, WINDOW_SLOTS)
  /** The best mean so far, of whole windows and of short flows that are over. */
  private highest = 0
  /** The mean of the present flow while it is short. */
  private brief = 0
  private since = 0
  /**
   * Bytes since then, without the first ones: these came before `since`, and there is no telling how long they took.
   */
  private bytesSince = 0

  add(bytes: number, now: number): void {
    if (bytes <= 0) return
    if (this.lately.total(now) === 0) {
      this.highest = this.bytesPerSecond
      this.since = now
      this.bytesSince = 0
    } else this.bytesSince += bytes
    this.lately.add(bytes, now)
    const lastedMs = now - this.since
    if (lastedMs < WINDOW_MS) this.brief = (this.bytesSince * 1000) / Math.max(SHORTEST_MS, lastedMs)
    else {
      this.brief = 0
      this.highest = Math.max(this.highest, (this.lately.total(now) * 1000) / WINDOW_MS)
    }
  }

  /** 0: nothing that could be measured. */
  get bytesPerSecond(): number {
    return Math.max(this.highest, this.brief)
  }
}
