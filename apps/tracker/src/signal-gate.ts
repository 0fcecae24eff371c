// Decides which signals a socket is sent: so many of one sender and of all, and none past what it reads. Knows nothing
// of what they say; time is an argument.
import { type Limits, signalCost } from './limits'
import type { SocketId } from './members'
import { KeyedBuckets } from './rate-limit'

/** An offer with its candidates: anyone who has said no more to a receiver lately is heard before others that have. */
const FIRST_WORDS = 40

export class SignalGate {
  readonly #limits: Limits
  readonly #toOne: KeyedBuckets
  readonly #fromAll: KeyedBuckets

  constructor(limits: Limits) {
    this.#limits = limits
    this.#toOne = new KeyedBuckets(limits.signalsToOne, limits.addresses)
    this.#fromAll = new KeyedBuckets(limits.signalsFromAll, limits.connections)
  }

  /** How many pairs and receivers are remembered. */
  get size(): number {
    return this.#toOne.size + this.#fromAll.size
  }

  /**
   * Whether the receiver, which leaves `unread` bytes unread, is sent this. What is refused costs the sender nothing.
   */
  admits(from: SocketId, to: SocketId, sealed: string, unread: number, now: number): boolean {
    if (unread > this.#limits.unreadFromOthersBytes) return false
    const cost = signalCost(sealed)
    const pair = `${from} ${to}`
    const isFirst = this.#limits.signalsToOne.capacity - this.#toOne.left(pair, now) + cost <= FIRST_WORDS
    if (this.#toOne.left(pair, now) < cost) return false
    // The first words count too, so that the rest has to wait for them.
    if (!this.#fromAll.take(to, cost, now) && !isFirst) return false
    return this.#toOne.take(pair, cost, now)
  }
}
