// A link's WebRTC, which may fail and be tried again while another way carries the frames. Knows nothing of other ways.
import { FIRST_LOW_MARK_BYTES } from '@swarmdrop/core'
import type { Signal } from '@swarmdrop/core/signaling'
import type { LinkConfiguration, OpenLink, PathLook, PeerLink, PeerLinkHandlers, Way } from '../ports'

/** The network may be another by then. Each wait is twice as long. */
const RETRY_AFTER_MS = 60_000
const TRY_WITHIN_MS = 30_000

export type DirectWayPorts = {
  openLink: OpenLink
  now(): number
  /** Runs something later, unless the link has ended by then. */
  after(ms: number, run: () => void): void
}

export class DirectWay {
  readonly #ports: DirectWayPorts
  readonly #initiator: boolean
  readonly #configuration: LinkConfiguration
  readonly #handlers: PeerLinkHandlers
  #link: PeerLink | undefined
  #lowMarkBytes = FIRST_LOW_MARK_BYTES
  #retryMs = RETRY_AFTER_MS
  #offeredAt = Number.NEGATIVE_INFINITY

  /** `closed` may be heard once for each try. */
  constructor(ports: DirectWayPorts, initiator: boolean, configuration: LinkConfiguration, handlers: PeerLinkHandlers) {
    this.#ports = ports
    this.#initiator = initiator
    this.#configuration = configuration
    this.#handlers = handlers
  }

  /** Open, or on its way to be. */
  get isTried(): boolean {
    return this.#link !== undefined
  }

  get way(): Way {
    return this.#link?.way ?? 'direct'
  }

  get bufferedBytes(): number {
    return this.#link?.bufferedBytes ?? 0
  }

  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
    this.#link?.setLowMark(bytes)
  }

  async lookAtPath(): Promise<PathLook | undefined> {
    return this.#link?.lookAtPath()
  }

  send(frame: Uint8Array): void {
    this.#link?.send(frame)
  }

  offer(): void {
    this.#link = this.#open()
  }

  /**
   * The other side offers a connection in place of an earlier one. Each costs a connection: an offer that is repeated
   * at once is not taken up.
   */
  offered(sdp: string): void {
    const now = this.#ports.now()
    if (now - this.#offeredAt < RETRY_AFTER_MS / 2) return
    this.#offeredAt = now
    this.drop()
    this.#link = this.#open()
    this.#link.accept({ type: 'offer', sdp })
  }

  accept(signal: Signal): void {
    this.#link?.accept(signal)
  }

  /** The side that offers offers again, after a while. */
  retryLater(): void {
    if (!this.#initiator) return
    this.#ports.after(this.#retryMs, () => {
      this.#retryMs *= 2
      if (this.#link) return
      const link = this.#open()
      this.#link = link
      // Without an answer WebRTC would wait for ever.
      this.#ports.after(TRY_WITHIN_MS, () => {
        if (this.#link !== link || link.isOpen) return
        this.drop()
        this.retryLater()
      })
    })
  }

  /** Ends the way; nothing more is heard of it. */
  drop(): void {
    const link = this.#link
    this.#link = undefined
    link?.close()
  }

  #open(): PeerLink {
    const heard =
      <A extends unknown[]>(tell: (...args: A) => void) =>
      (...args: A) => {
        if (this.#link === link) tell(...args)
      }
    const handlers = this.#handlers
    const link: PeerLink = this.#ports.openLink(this.#initiator, this.#configuration, {
      // The first may come before it is known as the link.
      signal: (signal) => (this.#link === undefined || this.#link === link) && handlers.signal(signal),
      opened: heard(() => handlers.opened()),
      wayChanged: heard(() => handlers.wayChanged()),
      frame: heard((frame) => handlers.frame(frame)),
      drained: heard((bytes) => handlers.drained(bytes)),
      closed: heard(() => {
        this.#link = undefined
        handlers.closed()
      }),
    })
    link.setLowMark(this.#lowMarkBytes)
    return link
  }
}
