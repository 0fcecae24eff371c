// How many guesses at a password there may be: so many that went wrong, and one more now and then. Knows no password.
import type { Waiting } from '../time/timers'

const AT_ONCE = 8
const EACH_MS = 20_000

export class GuessBudget {
  readonly #time: Pick<Waiting, 'now'>
  #left = AT_ONCE
  #filledAtMs: number

  constructor(time: Pick<Waiting, 'now'>) {
    this.#time = time
    this.#filledAtMs = time.now()
  }

  /** One may be made, or none. */
  take(): boolean {
    const now = this.#time.now()
    this.#left = Math.min(AT_ONCE, this.#left + (now - this.#filledAtMs) / EACH_MS)
    this.#filledAtMs = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }

  /** It was right: whoever knows the password learns nothing by it. */
  giveBack(): void {
    this.#left = Math.min(AT_ONCE, this.#left + 1)
  }
}
