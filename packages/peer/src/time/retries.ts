// Tries again what was refused for now, after waits that grow. Knows nothing of what is tried.
import type { Random } from '../ports'
import type { Waiting } from './timers'

export type RetriesPorts = { time: Waiting; random: Pick<Random, 'uniform'> }

const FIRST_MS = 2_000
const LONGEST_MS = 20_000
/** A wait lasts from this part of its time to all of it more, by chance. */
const LEAST_OF_WAIT = 0.5

/**
 * Waits of 2, 4, 8, 16, 20 and again 20 s, each from half of that to half as much again: those who were refused
 * together do not come back together. Never gives up.
 */
export class Retries {
  readonly #ports: RetriesPorts
  #nextMs = FIRST_MS
  #cancel = () => {}

  constructor(ports: RetriesPorts) {
    this.#ports = ports
  }

  /** Runs it after the next wait, in place of what waits already. */
  later(run: () => void): void {
    this.stop()
    const { time, random } = this.#ports
    this.#cancel = time.after(this.#nextMs * (LEAST_OF_WAIT + random.uniform()), run)
    this.#nextMs = Math.min(2 * this.#nextMs, LONGEST_MS)
  }

  /** Stops waiting, and runs nothing. The next wait is no shorter for it. */
  stop(): void {
    this.#cancel()
    this.#cancel = () => {}
  }

  /** A try has succeeded: nothing waits, and the next wait is short again. */
  reset(): void {
    this.stop()
    this.#nextMs = FIRST_MS
  }
}
