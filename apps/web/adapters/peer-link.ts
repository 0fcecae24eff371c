// One WebRTC data channel to one peer, from the first signal to its end. Knows nothing of whom to connect to, or why.
import type { Signal } from '@swarmdrop/core'
import { FIRST_LOW_MARK_BYTES } from '@swarmdrop/core'
import SimplePeer from 'simple-peer'

/** Offer, answer and candidates over a slow mobile network take a few seconds; longer, and there is no way through. */
const CONNECT_TIMEOUT_MS = 20_000

export type PeerLinkHandlers = {
  signal(signal: Signal): void
  opened(): void
  frame(frame: Uint8Array): void
  drained(bufferedBytes: number): void
  /** Once, whether it had opened or not. */
  closed(): void
}

export class PeerLink {
  isOpen = false
  readonly #peer: SimplePeer.Instance
  readonly #handlers: PeerLinkHandlers
  #lowMarkBytes = FIRST_LOW_MARK_BYTES
  readonly #timer: ReturnType<typeof setTimeout>

  constructor(
    readonly initiator: boolean,
    configuration: RTCConfiguration,
    handlers: PeerLinkHandlers,
  ) {
    this.#handlers = handlers
    // Without `config`, simple-peer would ask public servers of its own choosing.
    this.#peer = new SimplePeer({ initiator, trickle: true, config: configuration, channelName: 'swarmdrop' })
    this.#peer.on('signal', (signal) => handlers.signal(signal as Signal))
    this.#peer.on('connect', () => this.#open())
    this.#peer.on('data', (frame: Uint8Array) => {
      // The other side may be ready, and speak, a moment before simple-peer says that we are. From then on it is the channel that we hear.
      this.#open()
      handlers.frame(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength))
    })
    this.#peer.on('error', () => this.#peer.destroy())
    this.#peer.on('close', () => {
      clearTimeout(this.#timer)
      this.isOpen = false
      handlers.closed()
    })
    this.#timer = setTimeout(() => this.#peer.destroy(), CONNECT_TIMEOUT_MS)
  }

  accept(signal: Signal): void {
    if (signal.type === 'end') return this.close()
    if (!this.#peer.destroyed) this.#peer.signal(signal as SimplePeer.SignalData)
  }

  /** Sends at once, whatever waits already: the swarm keeps the measure. What cannot be sent ends the link. */
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

  /** `drained` is called when what is buffered falls to so much. */
  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
    if (this.isOpen && !this.#peer.destroyed) channelOf(this.#peer).bufferedAmountLowThreshold = bytes
  }

  close(): void {
    this.#peer.destroy()
  }

  #open(): void {
    if (this.isOpen) return
    this.isOpen = true
    clearTimeout(this.#timer)
    const channel = channelOf(this.#peer)
    channel.bufferedAmountLowThreshold = this.#lowMarkBytes
    channel.addEventListener('bufferedamountlow', () => this.#handlers.drained(channel.bufferedAmount))
    channel.onmessage = ({ data }) => this.#handlers.frame(bytesOf(data))
    this.#handlers.opened()
  }
}

/** A page of ours sends bytes alone; of a text, whatever its bytes are. */
const bytesOf = (data: ArrayBuffer | string): Uint8Array =>
  typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data)

/**
 * simple-peer has no door to its channel. Its own marks (64 KiB, with a timer) cost two thirds of the speed, and its stream sets a
 * timer and makes a Buffer for every message.
 */
function channelOf(peer: SimplePeer.Instance): RTCDataChannel {
  return (peer as unknown as { _channel: RTCDataChannel })._channel
}
