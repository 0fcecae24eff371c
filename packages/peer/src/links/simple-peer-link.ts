// One WebRTC data channel to one peer, by simple-peer and whatever WebRTC it is given. Knows nothing of whom to connect
// to, or why.
import { FIRST_LOW_MARK_BYTES } from '@swarmdrop/core'
import type { Signal } from '@swarmdrop/core/signaling'
import SimplePeer from 'simple-peer'
import type { LinkConfiguration, OpenLink, PathLook, PeerLink, PeerLinkHandlers, Way } from '../ports'
import { type ChosenWay, chosenWay, type Stats } from './chosen-way'
import { type GatheringConnection, hearTurn, namesTurn } from './turn-gathering'

/** The part of a connection that is used here; simple-peer uses more of it. */
type Connection = GatheringConnection & {
  addEventListener(type: 'datachannel', listener: (event: { channel: unknown }) => void): void
  addEventListener(type: 'iceconnectionstatechange', listener: () => void): void
  createDataChannel(label: string, options?: object): unknown
  getStats(): Promise<Stats>
}

/** WebRTC's constructors: a browser's own, or node-datachannel's. */
export type Rtc = {
  RTCPeerConnection: new (configuration?: object) => Connection
  RTCSessionDescription: unknown
  RTCIceCandidate: unknown
}

/** The part of a data channel that is used. */
type Channel = {
  bufferedAmount: number
  bufferedAmountLowThreshold: number
  onmessage: ((event: { data: ArrayBuffer | string }) => void) | null
  addEventListener(type: 'bufferedamountlow', listener: () => void): void
}

/** Links of a runtime whose WebRTC this is. */
export const simplePeerLinks =
  (rtc: Rtc): OpenLink =>
  (initiator, configuration, handlers) =>
    new SimplePeerLink(rtc, initiator, configuration, handlers)

class SimplePeerLink implements PeerLink {
  isOpen = false
  way: Way = 'direct'
  readonly #peer: SimplePeer.Instance
  readonly #handlers: PeerLinkHandlers
  #channel: Channel | undefined
  #connection: Connection | undefined
  #lowMarkBytes = FIRST_LOW_MARK_BYTES
  /** The shortest round trip since the way is this one. */
  #leastMs = Number.POSITIVE_INFINITY

  constructor(rtc: Rtc, initiator: boolean, configuration: LinkConfiguration, handlers: PeerLinkHandlers) {
    const { iceServers, relayOnly, turnAsked } = configuration
    const turnHeard = namesTurn(iceServers) ? turnAsked?.() : undefined
    this.#handlers = handlers
    this.#peer = new SimplePeer({
      initiator,
      trickle: true,
      // Without `config`, simple-peer would ask public servers of its own choosing.
      config: { iceServers: [...iceServers], iceTransportPolicy: relayOnly ? 'relay' : 'all' },
      channelName: 'swarmdrop',
      wrtc: watched(rtc, initiator, {
        connection: (connection) => {
          this.#connection = connection
          if (turnHeard) hearTurn(connection, turnHeard)
          // The pair of addresses that a connection begins with need not be the one that it stays with.
          connection.addEventListener('iceconnectionstatechange', () => this.isOpen && void this.#look(connection))
        },
        channel: (channel) => {
          // Of several, the last before it opens, as simple-peer takes it: those after it are nobody's.
          if (!this.isOpen) this.#channel = channel
        },
      }),
    })
    this.#peer.on('signal', (signal) => handlers.signal(signal as Signal))
    this.#peer.on('connect', () => this.#open())
    this.#peer.on('data', (frame: Uint8Array) => {
      // The other side may be ready, and speak, a moment before simple-peer says that we are. From then on the channel
      // is heard itself.
      this.#open()
      handlers.frame(new Uint8Array(frame.buffer as ArrayBuffer, frame.byteOffset, frame.byteLength))
    })
    this.#peer.on('error', () => this.#peer.destroy())
    this.#peer.on('close', () => {
      this.isOpen = false
      turnHeard?.('ended')
      handlers.closed()
    })
  }

  accept(signal: Signal): void {
    if (signal.type === 'end') return this.close()
    if (!this.#peer.destroyed) this.#peer.signal(signal as SimplePeer.SignalData)
  }

  send(frame: Uint8Array): void {
    if (!this.isOpen || this.#peer.destroyed) return
    try {
      this.#peer.send(frame)
    } catch {
      this.#peer.destroy()
    }
  }

  get bufferedBytes(): number {
    return this.#peer.bufferSize
  }

  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
    if (this.isOpen && !this.#peer.destroyed && this.#channel) this.#channel.bufferedAmountLowThreshold = bytes
  }

  async lookAtPath(): Promise<PathLook | undefined> {
    const roundTrip = this.#connection && (await this.#look(this.#connection))
    return roundTrip && { ms: roundTrip.ms, leastMs: this.#leastMs, count: roundTrip.looks }
  }

  close(): void {
    this.#peer.destroy()
  }

  #open(): void {
    if (this.isOpen) return
    const channel = this.#channel
    if (!channel) {
      // Nothing would tell when the network has taken what was sent: a swarm waits for that, and would stand still.
      this.#peer.destroy(new Error('This WebRTC does not tell of its data channels.'))
      return
    }
    this.isOpen = true
    channel.bufferedAmountLowThreshold = this.#lowMarkBytes
    channel.addEventListener('bufferedamountlow', () => this.#handlers.drained(channel.bufferedAmount))
    // simple-peer's stream sets a timer and makes a Buffer for every message, which costs two thirds of the speed.
    channel.onmessage = ({ data }) => this.#handlers.frame(bytesOf(data))
    this.#handlers.opened()
    if (this.#connection) void this.#look(this.#connection)
  }

  /** The way there, and how long it takes. */
  async #look(connection: Connection): Promise<ChosenWay['roundTrip']> {
    const chosen = await chosenWay(connection)
    if (!this.isOpen || !chosen) return undefined
    const { way, roundTrip } = chosen
    const isOther = way !== this.way
    if (roundTrip) this.#leastMs = isOther ? roundTrip.ms : Math.min(this.#leastMs, roundTrip.ms)
    if (isOther) {
      this.way = way
      this.#handlers.wayChanged()
    }
    return roundTrip
  }
}

/**
 * The same WebRTC, with each connection and its data channels told: simple-peer keeps them to itself, and its marks (64
 * KiB, with a timer) are not ours.
 */
function watched(
  rtc: Rtc,
  initiator: boolean,
  tell: { connection(connection: Connection): void; channel(channel: Channel): void },
): SimplePeer.Options['wrtc'] {
  class WatchedConnection extends rtc.RTCPeerConnection {
    constructor(configuration?: object) {
      super(configuration)
      tell.connection(this)
      // The side that offers makes the channel.
      if (!initiator) this.addEventListener('datachannel', ({ channel }) => tell.channel(channel as Channel))
    }

    override createDataChannel(label: string, options?: object): unknown {
      const channel = super.createDataChannel(label, options)
      tell.channel(channel as Channel)
      return channel
    }
  }
  return { ...rtc, RTCPeerConnection: WatchedConnection } as unknown as SimplePeer.Options['wrtc']
}

/**
 * A peer of ours sends bytes alone. A text is no frame of ours whatever it says, and its neighbour is dropped for what
 * comes of it.
 */
const bytesOf = (data: ArrayBuffer | string): Uint8Array =>
  typeof data === 'string' ? Uint8Array.from(data, (character) => character.charCodeAt(0) & 0xff) : new Uint8Array(data)
