// Remembers for a minute whom it was tried to reach in vain, and what each try failed at. Knows no link.
import type { Millis } from '@swarmdrop/core'

/**
 * `no-answer`: our offer was not answered. `no-way`: answered, but no connection came of it, as no pair of addresses
 * led through. `timed-out`: the same, and it was not known when the time was over.
 */
export type Failure = 'no-answer' | 'no-way' | 'timed-out'

const REMEMBERED_MS = 60_000
const MAX_REMEMBERED = 256

export class Failures {
  /** The one that failed longest ago first. */
  readonly #peers = new Map<string, { failure: Failure; atMs: Millis }>()

  failed(peer: string, failure: Failure, now: Millis): void {
    this.#peers.delete(peer)
    this.#peers.set(peer, { failure, atMs: now })
    for (const oldest of this.#peers.keys()) {
      if (this.#peers.size <= MAX_REMEMBERED) break
      this.#peers.delete(oldest)
    }
  }

  reached(peer: string): void {
    this.#peers.delete(peer)
  }

  /** The recent failures, by peer. */
  recent(now: Millis): Map<string, Failure> {
    const recent = [...this.#peers].filter(([, { atMs }]) => now - atMs < REMEMBERED_MS)
    return new Map(recent.map(([peer, { failure }]) => [peer, failure]))
  }
}
