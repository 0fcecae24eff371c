// Carries messages between simulated peers where no paths are simulated: what one says to another in one step shares a
// packet, and what many are told at one moment is one event. Knows nothing of what messages mean.
import { encodedLength, type Message } from '../wire/index'
import { queuedBytes, type Transmission, takeIn, transmitBlock, transmitControl } from './network'
import type { PeerLink, SimPeer } from './sim-peer'

/** What one side says to another at one moment: small messages, which share a packet as they do in SCTP. */
type Packet = { link: PeerLink; messages: Message[]; bytes: number }

/** A packet on its way to the other side's downlink; where many are told the same at one moment, to all of them. */
export type Transit = {
  kind: 'reach'
  links: PeerLink[]
  messages: Message[]
  bytes: number
  /** When its first byte, and its last, reach the other side. */
  beginsAt: number
  reachesAt: number
}

/** What happens to messages on their way. */
export type TrafficTask =
  | Transit
  | { kind: 'arrive'; link: PeerLink; messages: readonly Message[] }
  | { kind: 'drained'; link: PeerLink }

export class Traffic {
  /** Being filled with what is said in the present step. */
  private packet: Packet | undefined
  private lastSent: Transit | undefined

  constructor(
    private readonly queue: { push(at: number, task: TrafficTask): void },
    private readonly arrived: (link: PeerLink, messages: readonly Message[]) => void,
  ) {}

  /** The link from one peer to another: most often that of the packet which is being filled. */
  linkTo(from: SimPeer, toId: string): PeerLink | undefined {
    const link = this.packet?.link
    return link?.from === from && link.to.id === toId ? link : from.links.get(toId)
  }

  /** Sends a small message, with the packet of this step. */
  send(link: PeerLink, message: Message, now: number): void {
    const bytes = encodedLength(message)
    const { packet } = this
    if (packet?.link === link) {
      packet.messages.push(message)
      packet.bytes += bytes
      return
    }
    this.dispatch(now)
    this.packet = { link, messages: [message], bytes }
  }

  /** Sends one message to many; over their channels to those who have such. */
  sendAll(from: SimPeer, peers: readonly string[], message: Message, now: number): void {
    this.dispatch(now)
    const messages = [message]
    const bytes = encodedLength(message)
    for (const id of peers) {
      const link = from.links.get(id)
      if (link?.channels) link.channels.send(message, bytes)
      else if (link) this.travel(link, messages, bytes, transmitControl(from.host, link, bytes, now))
    }
  }

  /** Sends a block. Returns how many bytes of blocks then wait for the uplink. */
  sendBlock(link: PeerLink, message: Message, now: number): number {
    this.dispatch(now)
    const bytes = encodedLength(message)
    const transmission = transmitBlock(link.from.host, link, bytes, now)
    this.travel(link, [message], bytes, transmission)
    const bufferedBytes = queuedBytes(link, now)
    if (bufferedBytes > link.lowMarkBytes) this.queue.push(transmission.sentAt, { kind: 'drained', link })
    return bufferedBytes
  }

  /** Puts the packet of this step on its way. */
  dispatch(now: number): void {
    const { packet } = this
    if (!packet) return
    this.packet = undefined
    const { link, messages, bytes } = packet
    this.travel(link, messages, bytes, transmitControl(link.from.host, link, bytes, now))
  }

  /** A packet has reached the other side's downlink, which takes it in at its own rate. */
  reach(transit: Transit, now: number): void {
    if (transit === this.lastSent) this.lastSent = undefined // Nobody can join it any more.
    const { links, messages, bytes, beginsAt } = transit
    for (const link of links) {
      const at = takeIn(link.to.host, bytes, beginsAt, now)
      if (at <= now) this.arrived(link, messages)
      else this.queue.push(at, { kind: 'arrive', link, messages })
    }
  }

  private travel(link: PeerLink, messages: Message[], bytes: number, { beginsAt, reachesAt }: Transmission): void {
    // News of a chunk goes to everybody at once: to whom it comes at one moment, that is one event.
    const last = this.lastSent
    if (last?.messages === messages && last.beginsAt === beginsAt && last.reachesAt === reachesAt) {
      last.links.push(link)
      return
    }
    this.lastSent = { kind: 'reach', links: [link], messages, bytes, beginsAt, reachesAt }
    this.queue.push(reachesAt, this.lastSent)
  }
}
