// How many knocks are answered, so that a flood of them does not hold a page up. Knows nothing of what is answered.
import type { Waiting } from '../time/timers'

/** So many at once: a class; and then so many a second. An answer takes a hundredth of a second. */
const AT_ONCE = 64
const PER_SECOND = 4

export class KnockBudget {
  readonly #time: Waiting
  #left = AT_ONCE
  #filledAtMs: number

  constructor(time: Waiting) {
    this.#time = time
    this.#filledAtMs = time.now()
  }

  /** One is answered, or none may be. */
  take(): boolean {
    const now = this.#time.now()
    this.#left = Math.min(AT_ONCE, this.#left + ((now - this.#filledAtMs) / 1_000) * PER_SECOND)
    this.#filledAtMs = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
