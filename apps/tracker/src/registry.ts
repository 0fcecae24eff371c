// Keeps who is in which swarm, and answers each message of a peer. Knows sockets by name only, and reads no clock.
import {
  DEFAULT_WANTS,
  type IceServer,
  type JoinRequest,
  type LeaveRequest,
  type MoreRequest,
  type PeerId,
  type Refusal,
  type RefusalCode,
  type SignalDelivery,
  type SignalRequest,
  type SwarmId,
} from '@swarmdrop/core/signaling'
import { type Member, Members, type SocketId } from './members'

/** A message of a socket, already validated, or that it is gone. */
export type Message =
  | ({ type: 'join' } & JoinRequest)
  | ({ type: 'more' } & MoreRequest)
  | ({ type: 'signal' } & SignalRequest)
  | ({ type: 'leave' } & LeaveRequest)
  | { type: 'disconnect' }

/**
 * The answer to the socket that asked, and perhaps a signal for another. `reply`: the JSON of a JoinReply, a MoreReply
 * or a Refusal; `signal` and `leave` that succeeded have nothing to say: an empty object.
 */
export type Outgoing = { reply: string; delivery?: { socket: SocketId; signal: SignalDelivery } }

/** Some members of a swarm as a JSON list of their ids, and how many there are, the one who asks included. */
export type Others = { peers: string; size: number }

/** Hands a signal to a socket of this node. `sender`: what its rate counts for. Undefined: it was handed over. */
export type PassOn = (delivery: { socket: SocketId; signal: SignalDelivery }, sender: string) => RefusalCode | undefined

/** What the gateway needs of what keeps the swarms: the memory of this process, or many of them over one Redis. */
export type RegistryPort = {
  readonly counts: { swarms: number; members: number; sockets: number }
  /** The id of a socket of this node; undefined where it is not in that swarm. */
  memberOf(socket: SocketId, swarmId: SwarmId): PeerId | undefined
  isMember(swarmId: SwarmId, id: PeerId): boolean | Promise<boolean>
  handle(socket: SocketId, message: Message, now: number): Outgoing | Promise<Outgoing>
  /** Sets what passes signals on that come from elsewhere. */
  passOnBy(passOn: PassOn): void
}

export type RegistryOptions = {
  random: () => number
  /** Must not repeat: 16 random bytes as base64url. */
  newPeerId: () => PeerId
  /** `now` in milliseconds since 1970: credentials for a relay expire. */
  iceServers: (id: PeerId, now: number) => IceServer[]
  /** Whether this server carries frames between peers that find no other way. */
  relays?: boolean
  /** The port of the STUN server that peers find under the page's host, where there is one. */
  stunPort?: () => number | undefined
  /** Members of all swarms together; a member takes a few hundred bytes. */
  maxMembers?: number
  maxSwarmsPerSocket?: number
}

export const refuse = (refused: RefusalCode): Outgoing => ({ reply: JSON.stringify({ refused } satisfies Refusal) })
export const done: Outgoing = { reply: '{}' }

/** A registry in the memory of this process, which answers at once. */
export class Registry implements RegistryPort {
  readonly #swarms = new Map<SwarmId, Members>()
  readonly #members = new Map<PeerId, Member>()
  readonly #sockets = new Map<SocketId, Map<SwarmId, Member>>()
  readonly #options: Required<RegistryOptions>

  constructor(options: RegistryOptions) {
    this.#options = { relays: false, maxMembers: 200_000, maxSwarmsPerSocket: 8, stunPort: () => undefined, ...options }
  }

  /** The id of a socket in a swarm; undefined where it is not in it. */
  memberOf(socket: SocketId, swarmId: SwarmId): PeerId | undefined {
    return this.memberIn(socket, swarmId)?.id
  }

  memberIn(socket: SocketId, swarmId: SwarmId): Member | undefined {
    return this.#sockets.get(socket)?.get(swarmId)
  }

  socketOf(id: PeerId): SocketId | undefined {
    return this.#members.get(id)?.socket
  }

  isMember(swarmId: SwarmId, id: PeerId): boolean {
    return this.#members.get(id)?.swarm.swarmId === swarmId
  }

  /** What is held: everything is 0 when everybody has left. */
  get counts(): { swarms: number; members: number; sockets: number } {
    return { swarms: this.#swarms.size, members: this.#members.size, sockets: this.#sockets.size }
  }

  /** The memberships of one socket. */
  membersOf(socket: SocketId): Member[] {
    return [...(this.#sockets.get(socket)?.values() ?? [])]
  }

  /** The swarms in which somebody is. */
  swarmIds(): Iterable<SwarmId> {
    return this.#swarms.keys()
  }

  idsIn(swarmId: SwarmId): PeerId[] {
    return this.#swarms.get(swarmId)?.ids ?? []
  }

  sizeOf(swarmId: SwarmId): number {
    return this.#swarms.get(swarmId)?.size ?? 0
  }

  passOnBy(): void {}

  handle(socket: SocketId, message: Message, now: number): Outgoing {
    if (message.type === 'join') return this.#join(socket, message, now)
    if (message.type === 'disconnect') return this.disconnect(socket)
    const member = this.memberIn(socket, message.swarmId)
    if (member === undefined) return refuse('not-joined')
    if (message.type === 'more') return { reply: moreReply(this.othersOf(member, message.wants)) }
    if (message.type === 'signal') return this.#signal(member, message)
    this.#remove(member)
    return done
  }

  #join(socket: SocketId, request: JoinRequest, now: number): Outgoing {
    const member = this.enter(socket, request)
    if (typeof member === 'string') return refuse(member)
    return { reply: this.joinReply(member, this.othersOf(member, request.wants), now) }
  }

  /** A new member, or why there is none. */
  enter(socket: SocketId, { swarmId }: JoinRequest): Member | RefusalCode {
    const joined = this.#sockets.get(socket)
    if (joined?.has(swarmId)) return 'already-joined'
    const { maxMembers, maxSwarmsPerSocket, newPeerId } = this.#options
    if ((joined?.size ?? 0) >= maxSwarmsPerSocket || this.#members.size >= maxMembers) return 'too-many-swarms'

    const id = newPeerId()
    const member = this.#swarm(swarmId).add(id, socket)
    this.#members.set(id, member)
    if (joined) joined.set(swarmId, member)
    else this.#sockets.set(socket, new Map([[swarmId, member]]))
    return member
  }

  /** The JSON of a JoinReply. */
  joinReply({ id }: Member, { peers, size }: Others, now: number): string {
    const { iceServers, stunPort, relays } = this.#options
    const servers = JSON.stringify({
      iceServers: iceServers(id, now),
      stunPort: stunPort(),
      relays: relays || undefined,
    }).slice(1)
    return `{"id":"${id}","peers":${peers},"size":${size},${servers}`
  }

  #swarm(swarmId: SwarmId): Members {
    const known = this.#swarms.get(swarmId)
    if (known) return known
    const swarm = new Members(swarmId)
    this.#swarms.set(swarmId, swarm)
    return swarm
  }

  /** Others of a member's swarm, drawn from those in this memory. */
  othersOf(member: Member, wants: number = DEFAULT_WANTS): Others {
    return { peers: member.swarm.sample(member, wants, this.#options.random), size: member.swarm.size }
  }

  #signal(from: Member, { swarmId, to, sealed }: SignalRequest): Outgoing {
    const receiver = this.#members.get(to)
    if (receiver === undefined || receiver.swarm !== from.swarm || receiver === from) return refuse('unknown-peer')
    return { reply: '{}', delivery: { socket: receiver.socket, signal: { swarmId, from: from.id, sealed } } }
  }

  disconnect(socket: SocketId): Outgoing {
    for (const member of this.#sockets.get(socket)?.values() ?? []) this.#remove(member)
    return done
  }

  #remove(member: Member): void {
    const { swarm, socket } = member
    swarm.remove(member)
    if (swarm.size === 0) this.#swarms.delete(swarm.swarmId)
    this.#members.delete(member.id)
    const joined = this.#sockets.get(socket)
    joined?.delete(swarm.swarmId)
    if (joined?.size === 0) this.#sockets.delete(socket)
  }
}

/** The JSON of a MoreReply. */
export const moreReply = ({ peers, size }: Others): string => `{"peers":${peers},"size":${size}}`
