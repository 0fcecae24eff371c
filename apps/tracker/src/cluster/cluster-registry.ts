// The registry of a node among others: its own members in its memory, all of them in Redis, and signals to the node
// that holds their receiver. While Redis is away it answers with its own members alone.
import {
  DEFAULT_WANTS,
  type PeerId,
  type RefusalCode,
  type SignalRequest,
  type SwarmId,
} from '@swarmdrop/core/signaling'
import type { Member, SocketId } from '../members'
import {
  done,
  type Message,
  moreReply,
  type Others,
  type Outgoing,
  type PassOn,
  type Registry,
  type RegistryPort,
  refuse,
} from '../registry'
import type { Cluster } from './cluster'
import { tagOf } from './keys'

/** A signal on its way to another node, and a question whether somebody is in a swarm there. */
type SignalElsewhere = { swarmId: SwarmId; from: PeerId; to: PeerId; sealed: string }
type MemberElsewhere = { swarmId: SwarmId; id: PeerId }

export class ClusterRegistry implements RegistryPort {
  readonly #local: Registry
  readonly #cluster: Cluster
  #passOn: PassOn = () => 'unknown-peer'

  /** `local`: it gives ids that bear this node's tag. */
  constructor(local: Registry, cluster: Cluster) {
    this.#local = local
    this.#cluster = cluster
    cluster.bus.on('signal', (signal: SignalElsewhere) => this.#arrived(signal) ?? null)
    cluster.bus.on('is-member', ({ swarmId, id }: MemberElsewhere) => local.isMember(swarmId, id))
  }

  /** What this node holds. */
  get counts(): RegistryPort['counts'] {
    return this.#local.counts
  }

  memberOf(socket: SocketId, swarmId: SwarmId): PeerId | undefined {
    return this.#local.memberOf(socket, swarmId)
  }

  isMember(swarmId: SwarmId, id: PeerId): boolean | Promise<boolean> {
    if (tagOf(id) === this.#cluster.tag) return this.#local.isMember(swarmId, id)
    const asked: MemberElsewhere = { swarmId, id }
    return this.#cluster.bus.ask(tagOf(id), 'is-member', asked).then((answer) => answer === true)
  }

  passOnBy(passOn: PassOn): void {
    this.#passOn = passOn
  }

  handle(socket: SocketId, message: Message, now: number): Outgoing | Promise<Outgoing> {
    if (message.type === 'disconnect') return this.#disconnect(socket)
    if (message.type === 'join') {
      const member = this.#local.enter(socket, message)
      if (typeof member === 'string') return refuse(member)
      return this.#drawn('join', member, message.wants, (others) => this.#local.joinReply(member, others, now))
    }
    const { swarmId } = message
    const member = this.#local.memberIn(socket, swarmId)
    if (!member) return refuse('not-joined')
    if (message.type === 'more') return this.#drawn('more', member, message.wants, moreReply)
    if (message.type === 'signal' && tagOf(message.to) !== this.#cluster.tag) return this.#signal(member.id, message)
    const outgoing = this.#local.handle(socket, message, now)
    if (message.type === 'leave') this.#left(swarmId, member.id)
    return outgoing
  }

  #drawn(
    what: 'join' | 'more',
    member: Member,
    wants = DEFAULT_WANTS,
    inWords: (others: Others) => string,
  ): Outgoing | Promise<Outgoing> {
    const { swarm, id } = member
    const asked = this.#cluster.isHere ? this.#cluster.members.draw(what, swarm.swarmId, id, wants) : undefined
    // Redis is there again, and not all of this node's members are.
    const chosen = (shared: Others | undefined) =>
      shared && shared.size >= swarm.size ? shared : this.#local.othersOf(member, wants)
    if (!asked) return { reply: inWords(chosen(undefined)) }
    return asked.then((shared) => ({ reply: inWords(chosen(shared)) }))
  }

  async #signal(from: PeerId, { swarmId, to, sealed }: SignalRequest): Promise<Outgoing> {
    const signal: SignalElsewhere = { swarmId, from, to, sealed }
    const refused = await this.#cluster.bus.ask(tagOf(to), 'signal', signal)
    // Null: it was handed over. Undefined: nobody has answered.
    return refused === null ? done : refuse((refused as RefusalCode | undefined) ?? 'unknown-peer')
  }

  #arrived({ swarmId, from, to, sealed }: SignalElsewhere): RefusalCode | undefined {
    const socket = this.#local.isMember(swarmId, to) ? this.#local.socketOf(to) : undefined
    if (socket === undefined) return 'unknown-peer'
    return this.#passOn({ socket, signal: { swarmId, from, sealed } }, from)
  }

  #disconnect(socket: SocketId): Outgoing {
    const members = this.#local.membersOf(socket).map(({ id, swarm }) => ({ id, swarmId: swarm.swarmId }))
    this.#local.disconnect(socket)
    for (const { swarmId, id } of members) this.#left(swarmId, id)
    return done
  }

  #left(swarmId: SwarmId, id: PeerId): void {
    this.#cluster.members.leave(swarmId, id, this.#local.sizeOf(swarmId) === 0)
  }
}
