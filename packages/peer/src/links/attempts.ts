// All attempts of one swarm, one a peer, from the first signal to the link's end: who is connected, who waits, whom it
// was tried to reach in vain. Begins and ends none.
import type { Millis } from '@swarmdrop/core'
import type { Standing } from './admission'
import type { Attempt } from './attempt'
import { type Failure, Failures } from './failures'

export class Attempts {
  /** The longest ago first. */
  readonly #all = new Map<string, Attempt>()
  readonly #failures = new Failures()

  /** Peers that are connected, or trying to be. */
  get size(): number {
    return this.#all.size
  }

  get openCount(): number {
    return this.all().filter(({ link }) => link.isOpen).length
  }

  get(peer: string): Attempt | undefined {
    return this.#all.get(peer)
  }

  /** A copy: they may end while it is gone through. */
  all(): Attempt[] {
    return [...this.#all.values()]
  }

  add(peer: string, attempt: Attempt): void {
    this.#all.set(peer, attempt)
  }

  opened(peer: string): void {
    this.#failures.reached(peer)
  }

  /** Removes the attempt. False where another has taken its place. */
  remove(peer: string, attempt: Attempt, now: Millis): boolean {
    if (this.#all.get(peer) !== attempt) return false
    this.#all.delete(peer)
    if (!attempt.wasOpen && !attempt.wasGivenUp) this.#failures.failed(peer, attempt.failure, now)
    return true
  }

  /** Our own attempts that wait to open. */
  dialled(): Attempt[] {
    return this.all().filter(({ offers, isWaiting }) => offers && isWaiting)
  }

  /** Attempts of others that wait to open, the oldest first. */
  offeredBy(standing: Standing): [peer: string, attempt: Attempt][] {
    return [...this.#all].filter(([, { by, isWaiting }]) => by === standing && isWaiting)
  }

  hasOpen(tab: string): boolean {
    return this.all().some((one) => one.tab === tab && one.link.isOpen)
  }

  /** The peers that we could not reach in the last minute, or seem not to now, and at what it failed. */
  unreached(now: Millis): Map<string, Failure> {
    const unreached = this.#failures.recent(now)
    for (const [peer, attempt] of this.#all)
      if (attempt.link.isOpen) unreached.delete(peer)
      else if (attempt.isDoubtful(now)) unreached.set(peer, attempt.failure)
    return unreached
  }
}
