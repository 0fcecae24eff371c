// What two who have proved the password to each other seal with, each pair under its own keys. Knows nothing of how they proved it.
import { Sealer } from '@swarmdrop/core'
import type { Random } from '../ports'

/** Both may have asked at once, which gives two keys; and again later. */
const KEYS_OF_ONE = 3

export class PairSeals {
  readonly #ownId: string
  readonly #random: Pick<Random, 'bytes'>
  /** The newest first. */
  readonly #sealers = new Map<string, Sealer[]>()

  constructor(ownId: string, random: Pick<Random, 'bytes'>) {
    this.#ownId = ownId
    this.#random = random
  }

  has(peer: string): boolean {
    return this.#sealers.has(peer)
  }

  get count(): number {
    return this.#sealers.size
  }

  add(peer: string, key: Uint8Array): void {
    const sealer = new Sealer(key, this.#ownId, (length) => this.#random.bytes(length))
    this.#sealers.set(peer, [sealer, ...(this.#sealers.get(peer) ?? [])].slice(0, KEYS_OF_ONE))
  }

  seal(to: string, message: unknown): string | undefined {
    return this.#sealers.get(to)?.[0]?.seal(to, message)
  }

  /** Never throws. */
  open(from: string, sealed: string): { message: unknown } | undefined {
    for (const sealer of this.#sealers.get(from) ?? []) {
      const opened = sealer.open(from, sealed)
      if (opened.ok) return { message: opened.message }
    }
    return undefined
  }
}
