// So many at once, and one more every so often: for what others may ask of us without end. Knows nothing of what it is
// for.
import type { Waiting } from './timers'

export type BudgetSize = { atOnce: number; eachMs: number }

export class Budget {
  readonly #time: Pick<Waiting, 'now'>
  readonly #size: BudgetSize
  #left: number
  #filledAtMs: number

  constructor(time: Pick<Waiting, 'now'>, size: BudgetSize) {
    this.#time = time
    this.#size = size
    this.#left = size.atOnce
    this.#filledAtMs = time.now()
  }

  /** Whether there is one left to take; if so, takes it. */
  take(): boolean {
    const { atOnce, eachMs } = this.#size
    const now = this.#time.now()
    this.#left = Math.min(atOnce, this.#left + (now - this.#filledAtMs) / eachMs)
    this.#filledAtMs = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }

  /** Puts back one that was taken. */
  giveBack(): void {
    this.#left = Math.min(this.#size.atOnce, this.#left + 1)
  }
}
