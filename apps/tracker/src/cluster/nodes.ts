// What a gateway gets where there are several nodes: sockets that may be elsewhere, desks that know who holds what, and
// rates that all keep together. Knows nothing of how any of it is done.
import type { PeerId, SwarmId } from '@swarmdrop/core/signaling'
import type { Desk, Sockets } from '../desk'
import type { SocketId } from '../members'
import type { KeyedBuckets } from '../rate-limit'
import type { RelayDesk } from '../relay-desk'
import type { Cluster } from './cluster'
import { CodeRoute } from './code-route'
import { reachAll } from './far-sockets'
import { FarMembers, RoutedRelay } from './relay-route'
import { RoomRoute } from './room-route'
import { RoutedDesk } from './routed-desk'
import { SharedRates } from './shared-rates'

export class Nodes {
  readonly #cluster: Cluster
  readonly #now: () => number
  readonly #codes: CodeRoute
  readonly #rates: SharedRates
  readonly #farMembers = new FarMembers()
  #relay: RoutedRelay | undefined

  constructor(cluster: Cluster, random: () => number, now: () => number) {
    this.#cluster = cluster
    this.#now = now
    this.#codes = new CodeRoute(cluster, random)
    this.#rates = new SharedRates(cluster, now)
  }

  /** All sockets, those of other nodes too; what these say to the ones here, `own` hears. */
  reach(own: Sockets, maxUnreadBytes: number): Sockets {
    const emit: Sockets['emit'] = (socket, event, content) => {
      this.#relay?.told(socket, event, content)
      own.emit(socket, event, content)
    }
    return reachAll({ ...own, emit }, this.#cluster, maxUnreadBytes)
  }

  rooms(desk: Desk, sockets: Sockets): Desk {
    return new RoutedDesk('rooms', desk, new RoomRoute(this.#cluster, sockets), this.#cluster, sockets, this.#now)
  }

  codes(desk: Desk, sockets: Sockets): Desk {
    return new RoutedDesk('codes', desk, this.#codes, this.#cluster, sockets, this.#now)
  }

  /** A mailbox of this node is no more. */
  codeRemoved(nameplate: number): void {
    this.#codes.removed(nameplate)
  }

  relay(
    desk: RelayDesk,
    memberOf: (socket: SocketId, swarmId: SwarmId) => PeerId | undefined,
    sockets: Sockets,
  ): RoutedRelay {
    this.#relay = new RoutedRelay(desk, this.#farMembers, memberOf, this.#cluster, sockets, this.#now)
    return this.#relay
  }

  /** The peer that a socket of another node is, if it has asked for a way through this node. */
  farMemberOf(socket: SocketId, swarmId: SwarmId): PeerId | undefined {
    return this.#farMembers.of(socket, swarmId)
  }

  share(name: string, buckets: KeyedBuckets): void {
    this.#rates.share(name, buckets)
  }

  close(): void {
    this.#rates.close()
  }
}
