// Keeps a transfer to the password that this browser knows for its link, whichever tab sets it. Knows nothing of what a
// gate is.
import type { Gate } from '@swarmdrop/peer'

export type FollowerPorts = {
  /** The key of the link's password; undefined: the link is enough. */
  keyOf: () => Uint8Array | undefined
  /** Loads what makes one. */
  newGate: (key: Uint8Array) => Promise<Gate>
}

type Followed = { leave(): void; comeBack(): void; setGate(gate: Gate | undefined): void }

export class PasswordFollower {
  readonly #ports: FollowerPorts
  #known: Uint8Array | undefined
  #looks = 0

  /** `known`: the key of the gate that the transfer has begun with. */
  constructor(ports: FollowerPorts, known: Uint8Array | undefined) {
    this.#ports = ports
    this.#known = known
  }

  /** This page has set the password, or taken it off. */
  note(key: Uint8Array | undefined): void {
    this.#looks += 1
    this.#known = key
  }

  /**
   * Looks whether another password is known by now: then the transfer is out of its swarm until it goes by that. What
   * was taken off, or deleted, elsewhere opens nothing here: anyone who sees this page may do that.
   */
  async look(transfer: Followed): Promise<void> {
    const key = this.#ports.keyOf()
    if (key === undefined || (this.#known && isSame(key, this.#known))) return
    this.note(key)
    const look = this.#looks
    transfer.leave()
    const gate = await this.#ports.newGate(key)
    if (look !== this.#looks) return
    transfer.setGate(gate)
    transfer.comeBack()
  }
}

const isSame = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, at) => byte === other[at])
