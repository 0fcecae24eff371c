// One simulated peer: the very Swarm that runs in a tab, with a host on the simulated network. Decides nothing but
// what a liar does.
import { Bitfield, type Content } from '../content/index'
import { FIRST_LOW_MARK_BYTES, type Policy, Swarm } from '../swarm/index'
import type { Message } from '../wire/index'
import type { Access } from './access'
import type { ChannelBundle } from './channel-bundle'
import { type Host, type Link, latencyBetween, openHost } from './network'
import type { ParticipantPlan } from './participants'
import { lies } from './peer-group'

/**
 * The part of an uplink that is left to blocks; framing and control messages take the rest, and would else queue up
 * behind blocks for ever.
 */
const PAYLOAD_SHARE = 0.998

/**
 * Every loss of a connection is reported here at once, so nobody needs to listen for silence, nor to break it; what
 * else neighbours are watched for takes minutes.
 */
const NETWORK_TELLS = {
  silenceMs: Number.POSITIVE_INFINITY,
  keepAliveMs: Number.POSITIVE_INFINITY,
  watchMs: 10_000,
} satisfies Partial<Policy>

/**
 * Without paths, uplinks are full by their limits and not by their queues, and a small message does not wait for
 * others' blocks: what keeps words from waiting on real networks would cost steps, and change nothing.
 */
const NO_QUEUES = {
  queueMs: Number.POSITIVE_INFINITY,
  smallBlockBytes: Number.POSITIVE_INFINITY,
  largeBlockBytes: 0,
  mostLanes: 1,
} satisfies Partial<Policy>

export type SimPeerOptions = {
  id: string
  uploadBytesPerSecond: number
  downloadBytesPerSecond: number
  latencyMs: number
  behaviour: ParticipantPlan['behaviour']
  content: Content
  pages: Uint8Array[]
  policy: Partial<Policy>
  /** How the peer is connected, on a network of paths. */
  access?: Access | undefined
}

/** One direction of a connection between two peers. */
export class PeerLink implements Link {
  isOpen = true
  sentAt = 0
  readonly latencyMs: number
  /** The number of waiting bytes at which its swarm is told that the link drains. */
  lowMarkBytes = FIRST_LOW_MARK_BYTES
  readonly blocks: Link['blocks'] = []
  /** The channels of this side, on a network of paths. */
  channels: ChannelBundle<Message> | undefined

  constructor(
    readonly from: SimPeer,
    readonly to: SimPeer,
  ) {
    this.latencyMs = latencyBetween(from.host, to.host)
  }
}

export class SimPeer {
  readonly id: string
  readonly behaviour: SimPeerOptions['behaviour']
  readonly host: Host
  readonly access: Access | undefined
  /** Links to each peer that it is connected to, by the other's id. */
  readonly links = new Map<string, PeerLink>()
  /** Peers that it lets in no more. */
  readonly banned = new Set<SimPeer>()
  swarm: Swarm | undefined
  /** When its alarm is set to; Infinity when it is not. */
  wakeAt = Number.POSITIVE_INFINITY
  /** Chunks it has, kept while it is away; of a liar, those it really has. */
  held: Bitfield
  completedAtMs: number | undefined
  uploadedBytes = 0
  downloadedBytes = 0
  private readonly options: SimPeerOptions

  constructor(options: SimPeerOptions) {
    const { id, behaviour, content } = options
    this.id = id
    this.behaviour = behaviour
    this.options = options
    this.access = options.access
    this.host = openHost(options.uploadBytesPerSecond, options.downloadBytesPerSecond, options.latencyMs)
    const { chunkCount } = content.layout
    this.held = behaviour === 'server' || this.isLiar ? Bitfield.full(chunkCount) : new Bitfield(chunkCount)
  }

  get isLiar(): boolean {
    return lies(this.behaviour)
  }

  /** Whether the experiment waits for it to complete. */
  get isCounted(): boolean {
    return this.behaviour !== 'server' && !this.isLiar
  }

  get uploads(): boolean {
    return this.behaviour !== 'free-rider' && this.options.uploadBytesPerSecond > 0
  }

  get isComplete(): boolean {
    return this.held.isComplete
  }

  join(now: number, random: () => number): Swarm {
    const { content, pages, policy, uploadBytesPerSecond, access } = this.options
    this.swarm = new Swarm(
      {
        contentId: content.id,
        start: { content, pages, held: this.held },
        downloading: this.isCounted,
        uploading: this.uploads,
        // Nobody in a tab knows how fast its uplink is: there, its queue is what tells.
        uploadBytesPerSecond: access ? undefined : uploadBytesPerSecond * PAYLOAD_SHARE,
        policy: { ...policy, ...NETWORK_TELLS, ...(access ? {} : NO_QUEUES) },
        now,
      },
      random,
    )
    this.wakeAt = Number.POSITIVE_INFINITY
    return this.swarm
  }

  /** Ends the link to another; what is on its way is lost. False where there is no link. */
  hangUp(other: SimPeer): boolean {
    const link = this.links.get(other.id)
    if (!link) return false
    link.isOpen = false
    link.channels?.closeAll()
    return this.links.delete(other.id)
  }

  leave(): void {
    this.swarm = undefined
    this.wakeAt = Number.POSITIVE_INFINITY
  }
}
