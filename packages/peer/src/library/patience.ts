// Asks a storage that may never answer. Knows nothing of what is asked.
import { FIRST_ANSWER_MS, inTime } from '../stores/in-time'
import { storageSilent } from '../stores/store-errors'
import type { Waiting } from '../time/timers'

type Asking<T> = {
  /** How long the answer may take. */
  ms?: number
  /** What to do with an answer that nobody waits for any more. */
  late?: (answer: T) => unknown
}

export class Patience {
  readonly #time: Waiting
  /** Questions whose time is over, and that have no answer yet. */
  #unanswered = 0

  constructor(time: Waiting) {
    this.#time = time
  }

  /**
   * Asks the disk. Rejects with StoreError when no answer comes in time; at once, and without asking, while an earlier
   * one has not come, as one silence is enough to wait for.
   */
  async ask<T>(question: () => Promise<T>, { ms = FIRST_ANSWER_MS, late = () => {} }: Asking<T> = {}): Promise<T> {
    if (this.#unanswered > 0) throw storageSilent()
    const answer = question()
    let isAnswered = false
    const noted = answer.finally(() => {
      isAnswered = true
    })
    try {
      return await inTime(this.#time, ms, noted)
    } catch (error) {
      if (!isAnswered) this.#listenOn(answer, late)
      throw error
    }
  }

  #listenOn<T>(answer: Promise<T>, late: (answer: T) => unknown): void {
    this.#unanswered++
    answer
      .then(
        (value) => {
          this.#unanswered--
          return late(value)
        },
        () => {
          this.#unanswered--
        },
      )
      .catch(() => {})
  }
}
