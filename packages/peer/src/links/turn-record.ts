// Keeps how TURN servers answered last, and takes a long silence for an answer. Knows no connection.
import type { TurnOutcome } from '../ports'
import type { Timers } from '../time/timers'

/** Two round trips by UDP, some more by TCP and TLS. Browsers give up after 11 s (Firefox) or 40 s (Chromium). */
const ANSWERS_WITHIN_MS = 5_000

export class TurnRecord {
  /** What came of asking; undefined: no server was asked, or the answer is still on its way. */
  outcome: TurnOutcome | undefined
  readonly #time: Timers
  readonly #changed: () => void
  readonly #waiting = new Set<() => void>()

  constructor(time: Timers, changed: () => void) {
    this.#time = time
    this.#changed = changed
  }

  /** A connection asks. What this gives takes what it hears; `ended`: it will hear no more. */
  asked(): (heard: TurnOutcome | 'ended') => void {
    const stop = this.#time.after(ANSWERS_WITHIN_MS, () => {
      this.#waiting.delete(stop)
      this.#set('unreachable')
    })
    this.#waiting.add(stop)
    return (heard) => {
      stop()
      this.#waiting.delete(stop)
      if (heard !== 'ended') this.#set(heard)
    }
  }

  close(): void {
    for (const stop of this.#waiting) stop()
    this.#waiting.clear()
  }

  #set(outcome: TurnOutcome): void {
    if (outcome === this.outcome) return
    this.outcome = outcome
    this.#changed()
  }
}
