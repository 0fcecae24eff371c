// What a link needs to go through the server: the keys of its attempt, and the server itself. Knows nothing of other
// ways.
import { drawRelaySalt, relayKeys } from '@swarmdrop/core/signaling'
import type { Random } from '../ports'
import type { RelayedPair, RelayedPairHandlers } from './server-relay'
import { ServerWay, type ServerWayHandlers } from './server-way'

/** `key`: the swarm's. `openPair`: see ServerRelay. */
export type ServerPorts = {
  key: Uint8Array
  attempt: string
  openPair: (pair: string, handlers: RelayedPairHandlers) => RelayedPair | undefined
}

export class ServerPath {
  /** Our salt, to be told to the other side. */
  readonly ownSalt: string
  /** The other side's salt; undefined as long as it has told none. */
  theirSalt: string | undefined
  readonly #ports: ServerPorts
  readonly #initiator: boolean

  constructor(ports: ServerPorts, random: Random, initiator: boolean) {
    this.#ports = ports
    this.#initiator = initiator
    this.ownSalt = drawRelaySalt((length) => random.bytes(length))
  }

  /** A way through the server; undefined where the other side knows of none, or there is no place for one more. */
  open(handlers: ServerWayHandlers): ServerWay | undefined {
    const { key, attempt, openPair } = this.#ports
    if (this.theirSalt === undefined) return undefined
    const [offer, answer] = this.#initiator ? [this.ownSalt, this.theirSalt] : [this.theirSalt, this.ownSalt]
    const { pair, fromOfferer, fromAnswerer } = relayKeys(key, attempt, offer, answer)
    const [sends, hears] = this.#initiator ? [fromOfferer, fromAnswerer] : [fromAnswerer, fromOfferer]
    const way = new ServerWay({ sends, hears }, (pairHandlers) => openPair(pair, pairHandlers), handlers)
    return way.hasEnded ? undefined : way
  }
}
