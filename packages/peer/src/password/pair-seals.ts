// What two who have proved the password to each other seal with, each pair under its own keys. Knows nothing of how
// they proved it.
import { Sealer } from '@swarmdrop/core/signaling'
import type { Random } from '../ports'

/** The keys kept of one peer: both may have asked at once, which gives two; and again later. */
const KEYS_OF_ONE = 3
/** The most peers: more than there are neighbours. The one heard or spoken to longest ago has to prove itself again. */
const MOST_PEERS = 1_024

/** `isCommon`: the other has it too, and not only if our last word has reached it. */
type PairKey = { sealer: Sealer; isCommon: boolean }

export class PairSeals {
  readonly #ownId: string
  readonly #random: Pick<Random, 'bytes'>
  /** The one that we seal with first, then the newest. */
  readonly #keys = new Map<string, PairKey[]>()

  constructor(ownId: string, random: Pick<Random, 'bytes'>) {
    this.#ownId = ownId
    this.#random = random
  }

  has(peer: string): boolean {
    return this.#keys.has(peer)
  }

  /** Whether the other certainly has a key for us as well. */
  isCommon(peer: string): boolean {
    return this.#keys.get(peer)?.[0]?.isCommon ?? false
  }

  get count(): number {
    return this.#keys.size
  }

  add(peer: string, key: Uint8Array, isCommon: boolean): void {
    const sealer = new Sealer(key, this.#ownId, (length) => this.#random.bytes(length))
    this.#keep(peer, [{ sealer, isCommon }, ...(this.#keys.get(peer) ?? [])])
  }

  seal(to: string, message: unknown): string | undefined {
    return this.#keys.get(to)?.[0]?.sealer.seal(to, message)
  }

  /** The message under a seal; undefined: none of its keys opens it. Never throws. */
  open(from: string, sealed: string): { message: unknown } | undefined {
    const keys = this.#keys.get(from) ?? []
    for (const key of keys) {
      const opened = key.sealer.open(from, sealed)
      if (!opened.ok) continue
      key.isCommon = true
      // What the other uses now.
      this.#keep(from, [key, ...keys.filter((another) => another !== key)])
      return { message: opened.message }
    }
    return undefined
  }

  /** Keeps the keys, those that both have first: of a newer key the other's half may have been lost. */
  #keep(peer: string, keys: readonly PairKey[]): void {
    const common = keys.find(({ isCommon }) => isCommon)
    const others = keys.filter((key) => key !== common)
    this.#keys.delete(peer)
    this.#keys.set(peer, (common ? [common, ...others] : others).slice(0, KEYS_OF_ONE))
    const [oldest] = this.#keys.keys()
    if (oldest !== undefined && this.#keys.size > MOST_PEERS) this.#keys.delete(oldest)
  }
}
