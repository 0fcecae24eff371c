// Takes what is said at one desk to the node that holds what it is about: a room, a code, a pair. Knows nothing of what
// is said; where things are held is for a route to say.
import type { SwarmId } from '@swarmdrop/core/signaling'
import { type Desk, type DeskAnswer, type From, refusal, type Sockets } from '../desk'
import type { SocketId } from '../members'
import type { Cluster } from './cluster'
import { farName } from './far-sockets'
import type { NodeTag } from './keys'

/** Where a message is answered, and with what content; `node` undefined: here. */
export type Destination = { node?: NodeTag | undefined; content?: unknown }

export type Route = {
  isOurs(event: string): boolean
  /** Where this is to be answered. A route may ask Redis for it, and claims there what this node will hold. */
  find(from: From, event: string, content: unknown): Destination | Promise<Destination>
  /** The socket is gone altogether. */
  gone?(socket: SocketId): void
  /** A message was answered, here or there. */
  answered?(from: From, event: string, content: unknown, answer: DeskAnswer, node: NodeTag): void | Promise<void>
}

type Asked = From & { event: string; content: unknown }
type Gone = From & { swarmId?: SwarmId }

export class RoutedDesk implements Desk {
  readonly #name: string
  readonly #desk: Desk
  readonly #route: Route
  readonly #cluster: Cluster
  readonly #sockets: Sockets
  /** The other nodes where each socket here has said something. */
  readonly #nodesOf = new Map<SocketId, Set<NodeTag>>()
  /** The sockets of each other node that have said something here. */
  readonly #farOf = new Map<NodeTag, Map<SocketId, From>>()

  constructor(name: string, desk: Desk, route: Route, cluster: Cluster, sockets: Sockets, now: () => number) {
    this.#name = name
    this.#desk = desk
    this.#route = route
    this.#cluster = cluster
    this.#sockets = sockets
    cluster.bus.on(name, ({ socket, address, event, content }: Asked, node) => {
      const far = { socket: farName(node, socket), address }
      this.#farFrom(node).set(socket, far)
      return desk.answer(far, event, content, now())
    })
    cluster.bus.on(`${name}-gone`, ({ socket, address, swarmId }: Gone, node) => {
      desk.gone({ socket: farName(node, socket), address }, now(), swarmId)
      if (swarmId === undefined) this.#farFrom(node).delete(socket)
    })
    cluster.listen({ died: (node) => this.#died(node, now()) })
  }

  answer(from: From, event: string, content: unknown, now: number): DeskAnswer | Promise<DeskAnswer> | undefined {
    if (!this.#route.isOurs(event)) return undefined
    const found = this.#route.find(from, event, content)
    if (found instanceof Promise)
      return found.then((destination) => this.#answerAt(destination, from, event, content, now))
    return this.#answerAt(found, from, event, content, now)
  }

  gone(from: From, now: number, swarmId?: SwarmId): void {
    this.#desk.gone(from, now, swarmId)
    const gone: Gone = { ...from, ...(swarmId !== undefined && { swarmId }) }
    for (const node of this.#nodesOf.get(from.socket) ?? []) this.#cluster.bus.tell(node, `${this.#name}-gone`, gone)
    if (swarmId !== undefined) return
    this.#nodesOf.delete(from.socket)
    this.#route.gone?.(from.socket)
  }

  #remember({ socket }: From, node: NodeTag): void {
    const nodes = this.#nodesOf.get(socket) ?? new Set()
    this.#nodesOf.set(socket, nodes.add(node))
  }

  async #answerAt(
    destination: Destination,
    from: From,
    event: string,
    said: unknown,
    now: number,
  ): Promise<DeskAnswer> {
    const { node = this.#cluster.tag, content = said } = destination
    // It went while it was asked where to.
    if (!this.#sockets.isOpen(from.socket)) return refusal('rate-limited')
    const answer = await this.#ask(node, from, event, content, now)
    await this.#route.answered?.(from, event, content, answer, node)
    return answer
  }

  async #ask(node: NodeTag, from: From, event: string, content: unknown, now: number): Promise<DeskAnswer> {
    if (node === this.#cluster.tag) return (await this.#desk.answer(from, event, content, now)) ?? refusal('invalid')
    this.#remember(from, node)
    const asked: Asked = { ...from, event, content }
    const answer = await this.#cluster.bus.ask(node, this.#name, asked)
    // It is to be tried again: by then it is known where this is held, or that nobody holds it.
    return (answer as DeskAnswer | undefined) ?? refusal('rate-limited')
  }

  #farFrom(node: NodeTag): Map<SocketId, From> {
    const far = this.#farOf.get(node) ?? new Map<SocketId, From>()
    this.#farOf.set(node, far)
    return far
  }

  /** A node's sockets are gone. Ours that had something there come again, and find it elsewhere or bring it along. */
  #died(node: NodeTag, now: number): void {
    for (const from of this.#farOf.get(node)?.values() ?? []) this.#desk.gone(from, now)
    this.#farOf.delete(node)
    for (const [socket, nodes] of this.#nodesOf)
      if (nodes.delete(node)) this.#sockets.cut(socket, 'the node that held something of its is gone')
  }
}
