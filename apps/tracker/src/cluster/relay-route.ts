// Where a pair that finds no other way is carried, when its sides are on two nodes: on that of the lesser id, which
// both know. What the other side says goes there piece by piece, and its windows are kept there. Knows nothing of what
// is carried.
import {
  PairName,
  type PeerId,
  pieceCost,
  RelayOpenRequest,
  RelayPiece,
  RelayRead,
  type SwarmId,
} from '@swarmdrop/core/signaling'
import type { Desk, DeskAnswer, From, Sockets } from '../desk'
import { LateWords } from '../late-words'
import type { SocketId } from '../members'
import type { RelayDesk } from '../relay-desk'
import type { Cluster } from './cluster'
import { farName } from './far-sockets'
import { type NodeTag, tagOf } from './keys'
import { type Destination, type Route, RoutedDesk } from './routed-desk'

/** Sides whose pair has just ended elsewhere. */
const MOST_LATE = 4_096

type Said = { socket: SocketId; event: string; content: unknown }

export class RoutedRelay implements Desk {
  readonly #desk: RelayDesk
  readonly #routed: RoutedDesk
  readonly #cluster: Cluster
  /** The nodes where the pairs of each socket here are carried. */
  readonly #nodesOf = new Map<SocketId, Map<string, NodeTag>>()
  readonly #late = new LateWords(MOST_LATE)

  /** `members`: the members of other nodes that have asked for a pair here, as their nodes say. */
  constructor(
    desk: RelayDesk,
    members: FarMembers,
    memberOf: (socket: SocketId, swarmId: SwarmId) => PeerId | undefined,
    cluster: Cluster,
    sockets: Sockets,
    now: () => number,
  ) {
    this.#desk = desk
    this.#cluster = cluster
    const nodesOf = this.#nodesOf
    const route: Route = {
      isOurs: (event) => event.startsWith('relay'),
      find: (from, event, content) => this.#find(from, event, content, memberOf),
      gone: (socket) => void nodesOf.delete(socket),
      answered: ({ socket }, event, content) => {
        if (event === 'relay-stop') nodesOf.get(socket)?.delete((content as { pair: string }).pair)
      },
    }
    this.#routed = new RoutedDesk('relay', members.before(desk), route, cluster, sockets, now)
    cluster.bus.on('relay-take', ({ socket, event, content }: Said, node) => {
      desk.takes(farName(node, socket), event, content, now())
    })
  }

  get counts(): RelayDesk['counts'] {
    return this.#desk.counts
  }

  close(): void {
    this.#desk.close()
  }

  /** Whether a message was of a way that stands. Where another node carries the way, that node keeps its window. */
  takes(socket: SocketId, event: string, content: unknown, now: number): boolean {
    const piece = event === 'relay' ? RelayPiece.safeParse(content).data : undefined
    const said = piece ?? (event === 'relay-read' ? RelayRead.safeParse(content).data : undefined)
    const node = said && this.#nodesOf.get(socket)?.get(said.pair)
    if (node === undefined) return this.#desk.takes(socket, event, content, now) || this.#isLate(socket, said)
    const taken: Said = { socket, event, content: said }
    this.#cluster.bus.tell(node, 'relay-take', taken)
    return true
  }

  #isLate(socket: SocketId, said: RelayPiece | RelayRead | undefined): boolean {
    if (!said) return false
    if ('cost' in said) return this.#late.take(said.pair, socket, 'reads', said.cost)
    return this.#late.take(said.pair, socket, 'pieces', pieceCost(said.sealed.length))
  }

  answer(from: From, event: string, content: unknown, now: number): DeskAnswer | Promise<DeskAnswer> | undefined {
    return this.#routed.answer(from, event, content, now)
  }

  gone(from: From, now: number, swarmId?: SwarmId): void {
    this.#routed.gone(from, now, swarmId)
  }

  /** What a socket here was told by another node: a pair that has ended is carried nowhere. */
  told(socket: SocketId, event: string, content: unknown): void {
    if (event !== 'relay-ended') return
    const { pair } = content as { pair: string }
    if (this.#nodesOf.get(socket)?.delete(pair)) this.#late.expect(pair, socket)
  }

  #find(
    { socket }: From,
    event: string,
    content: unknown,
    memberOf: (socket: SocketId, swarmId: SwarmId) => PeerId | undefined,
  ): Destination {
    const pairs = this.#nodesOf.get(socket)
    const request = event === 'relay-open' ? RelayOpenRequest.safeParse(content).data : undefined
    if (!request) {
      const pair = typeof content === 'object' && content !== null && 'pair' in content ? content.pair : undefined
      return { node: pairs?.get(PairName.safeParse(pair).data ?? '') }
    }
    const id = memberOf(socket, request.swarmId)
    const node = id === undefined ? undefined : tagOf(id < request.to ? id : request.to)
    if (node === undefined || node === this.#cluster.tag) return {}
    this.#nodesOf.set(socket, (pairs ?? new Map()).set(request.pair, node))
    return { node, content: { ...request, id } }
  }
}

/** Members on sockets of other nodes. What these say of themselves is true: nodes believe each other. */
export class FarMembers {
  readonly #ids = new Map<SocketId, Map<SwarmId, PeerId>>()

  of(socket: SocketId, swarmId: SwarmId): PeerId | undefined {
    return this.#ids.get(socket)?.get(swarmId)
  }

  /** Takes from what another node asks who asks it. */
  before(desk: RelayDesk): Desk {
    return {
      answer: (from, event, content, now) => {
        if (event !== 'relay-open' || typeof content !== 'object' || content === null || !('id' in content))
          return desk.answer(from, event, content, now)
        const { id, ...request } = content as { id: PeerId; swarmId: SwarmId }
        this.#ids.set(from.socket, (this.#ids.get(from.socket) ?? new Map()).set(request.swarmId, id))
        return desk.answer(from, event, request, now)
      },
      gone: (from, now, swarmId) => {
        if (swarmId === undefined) this.#ids.delete(from.socket)
        else this.#ids.get(from.socket)?.delete(swarmId)
        desk.gone(from, now, swarmId)
      },
    }
  }
}
