// What is still on its way to a pair that has just ended: its sender could not know. Knows nothing of pairs that stand.
import { RELAY_WINDOW } from '@swarmdrop/core/signaling'
import type { SocketId } from './members'

/** What a side may have had under way: pieces of its own, and word of what it has read. */
type Left = { pieces: number; reads: number }

export class LateWords {
  /** The ones that ended longest ago first. */
  readonly #left = new Map<string, Left>()
  readonly #most: number

  /** `most`: so many sides are remembered. */
  constructor(most: number) {
    this.#most = most
  }

  /** The pair has ended, and not by this side. */
  expect(pair: string, from: SocketId): void {
    this.#left.set(keyOf(pair, from), { pieces: RELAY_WINDOW, reads: RELAY_WINDOW })
    for (const oldest of this.#left.keys()) {
      if (this.#left.size <= this.#most) return
      this.#left.delete(oldest)
    }
  }

  /** Whether a message may have been sent before its sender heard of the end. A window of each kind, once. */
  take(pair: string, from: SocketId, kind: keyof Left, cost: number): boolean {
    const left = this.#left.get(keyOf(pair, from))
    if (!left || left[kind] < cost) return false
    left[kind] -= cost
    return true
  }
}

const keyOf = (pair: string, socket: SocketId) => `${pair} ${socket}`
