// A link to one peer by whatever way there is: WebRTC, and where none has opened after a while, the server. Keeps every
// frame and their order when the way changes. Knows nothing of other peers.
import type { Signal } from '@swarmdrop/core/signaling'
import type { LinkConfiguration, OpenLink, PathLook, PeerLink, PeerLinkHandlers, Random, Way } from '../ports'
import type { Timers } from '../time/timers'
import { DirectWay } from './direct-way'
import { FrameOrder, type Road } from './frame-order'
import { ServerPath, type ServerPorts } from './server-path'
import type { ServerWay } from './server-way'

/** A direct way opens in a second or two where there is one; through a TURN server over TCP in three. */
const SERVER_AFTER_MS = 3_000
/** The old way has brought its last by then, or the link ends. */
const MOVE_WITHIN_MS = 60_000

export type WayPorts = { openLink: OpenLink; time: Timers; random: Random }

/** Links that may go through the server; undefined: they may not. */
export const wayLinks =
  (ports: WayPorts, server: ServerPorts | undefined): OpenLink =>
  (initiator, configuration, handlers) =>
    new WayLink(ports, server, initiator, configuration, handlers)

/** The description in an offer or an answer. */
type Description = { sdp: string; relay?: string | undefined }

class WayLink implements PeerLink {
  readonly #time: Timers
  readonly #handlers: PeerLinkHandlers
  readonly #path: ServerPath | undefined
  /**
   * The direct way; undefined where one side has none: a hidden address with no TURN server to hide it behind would
   * connect to nobody.
   */
  #direct: DirectWay | undefined
  readonly #order: FrameOrder
  #server: ServerWay | undefined
  /** WebRTC is open, and the link not yet: the server's way was agreed to first. */
  #directWaits = false
  #hasEnded = false
  #lowMarkBytes: number | undefined
  readonly #stops = new Set<() => void>()

  constructor(
    { openLink, time, random }: WayPorts,
    server: ServerPorts | undefined,
    initiator: boolean,
    configuration: LinkConfiguration,
    handlers: PeerLinkHandlers,
  ) {
    this.#time = time
    this.#handlers = handlers
    this.#path = server && new ServerPath(server, random, initiator)
    this.#order = new FrameOrder(
      (frame) => !this.#hasEnded && handlers.frame(frame),
      () => this.close(),
    )
    const after = (ms: number, run: () => void) => this.#after(ms, run)
    if (!server || mayBeDirect(configuration))
      this.#direct = new DirectWay({ openLink, now: () => time.now(), after }, initiator, configuration, {
        signal: (signal) => this.#signal(signal),
        opened: () => this.#directOpened(),
        wayChanged: () => this.#order.out === 'direct' && handlers.wayChanged(),
        frame: (frame) => this.#order.heard('direct', frame),
        drained: () => this.#order.out === 'direct' && handlers.drained(this.bufferedBytes),
        closed: () => this.#directClosed(),
      })
    if (!initiator) return
    if (this.#direct) this.#direct.offer()
    else after(0, () => this.#signal({ type: 'offer', sdp: '' }))
  }

  get isOpen(): boolean {
    return this.#order.isOpen && !this.#hasEnded
  }

  get way(): Way {
    return this.#order.out === 'server' ? 'server' : (this.#direct?.way ?? 'direct')
  }

  accept(signal: Signal): void {
    if (this.#hasEnded) return
    if (signal.type === 'end') return this.close()
    if (signal.type === 'offer') return this.#offered(signal)
    if (signal.type === 'answer') return this.#answered(signal)
    this.#direct?.accept(signal)
  }

  send(frame: Uint8Array): void {
    if (this.#order.out === 'direct') this.#direct?.send(frame)
    else this.#server?.send(frame)
  }

  get bufferedBytes(): number {
    const direct = this.#order.out === 'direct' ? this.#direct?.bufferedBytes : 0
    return (direct ?? 0) + (this.#server?.bufferedBytes ?? 0)
  }

  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
    this.#direct?.setLowMark(bytes)
    if (this.#order.out !== 'direct') this.#server?.setLowMark(bytes)
  }

  /** Looks at the path; undefined through the server, where the other half of the way is not seen. */
  async lookAtPath(): Promise<PathLook | undefined> {
    return this.#order.out === 'direct' ? this.#direct?.lookAtPath() : undefined
  }

  close(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    for (const stop of this.#stops) stop()
    this.#server?.close()
    this.#direct?.drop()
    // As any link's: anyone who closes it is done before it is told.
    this.#time.after(0, () => this.#handlers.closed())
  }

  #signal(signal: Signal): void {
    const isDescription = signal.type === 'offer' || signal.type === 'answer'
    this.#handlers.signal(isDescription && this.#path ? { ...signal, relay: this.#path.ownSalt } : signal)
  }

  #offered({ sdp, relay }: Description): void {
    if (this.#path) this.#path.theirSalt ??= relay
    const direct = sdp === '' ? undefined : this.#direct
    if (this.#order.out !== 'direct') direct?.offered(sdp)
    if (this.isOpen) return
    if (direct) return this.#serverSoon()
    this.#signal({ type: 'answer', sdp: '' })
    this.#goByServer()
  }

  #answered({ sdp, relay }: Description): void {
    if (this.#path) this.#path.theirSalt ??= relay
    if (sdp !== '') this.#direct?.accept({ type: 'answer', sdp })
    if (this.isOpen) return
    if (sdp !== '') return this.#serverSoon()
    this.#direct?.drop()
    this.#direct = undefined
    this.#goByServer()
  }

  #directOpened(): void {
    this.#directWaits = !this.isOpen && this.#server?.mayOpen === true
    if (this.#directWaits) return
    // Where the server was asked, the other side may go that way before it hears from us: it is told when the way
    // stands.
    if (!this.isOpen) return this.#open('direct')
    // From now on what is said goes the better way; the server's has to bring the rest first.
    this.#order.out = 'direct'
    this.#server?.finish()
    // What waits there counts until all of it is read, however little it is.
    this.#server?.setLowMark(0)
    this.#after(MOVE_WITHIN_MS, () => this.#order.hearsServer && this.close())
    this.#handlers.wayChanged()
  }

  #directClosed(): void {
    this.#directWaits = false
    if (this.#order.out === 'direct') this.close()
    else if (this.#order.out === 'server') this.#direct?.retryLater()
    else this.#goByServer()
  }

  #serverSoon(): void {
    this.#after(SERVER_AFTER_MS, () => !this.isOpen && this.#goByServer())
  }

  /** Goes through the server, or ends the link where that is no way either. */
  #goByServer(): void {
    if (this.#server && !this.#server.hasEnded) return
    // One that has ended was refused, or its other side has not come.
    const server = this.#server ? undefined : this.#path?.open(this.#serverHandlers)
    if (!server) return this.#endUnlessDirect()
    this.#server = server
    if (this.#lowMarkBytes !== undefined) server.setLowMark(this.#lowMarkBytes)
  }

  readonly #serverHandlers = {
    stands: () => (this.isOpen ? this.#server?.finish() : this.#server?.greet()),
    opened: () => {
      if (this.#hasEnded || this.isOpen) return
      this.#open('server')
      if (this.#directWaits && this.isOpen) this.#directOpened()
    },
    frame: (frame: Uint8Array) => this.#order.heard('server', frame),
    drained: () => this.#handlers.drained(this.bufferedBytes),
    heardAll: () => {
      if (!this.isOpen) return this.#goDirect()
      this.#order.heardAllOfServer()
      this.#closeServerWhenDone()
    },
    saidAll: () => this.#closeServerWhenDone(),
    ended: () => {
      if (this.#order.hasMoved) this.#serverGone()
      // Anyone who has been greeted may have said something by this way, which is lost.
      else if (this.isOpen || this.#server?.hasGreeted) this.close()
      else this.#endUnlessDirect()
    },
  }

  /** The other side has found WebRTC open before it heard from the server; so has this one, or will. */
  #goDirect(): void {
    this.#server?.close()
    if (this.#directWaits) this.#directOpened()
    else this.#endUnlessDirect()
  }

  /** When both sides have moved. */
  #closeServerWhenDone(): void {
    const server = this.#server
    if (!server?.hasSaidAll || !this.#order.hasMoved) return
    server.close()
    this.#serverGone()
  }

  /** The way through the server is gone, with all that was not read. */
  #serverGone(): void {
    const { bufferedBytes } = this
    this.#server = undefined
    if (this.bufferedBytes < bufferedBytes) this.#handlers.drained(this.bufferedBytes)
  }

  #endUnlessDirect(): void {
    if (!this.#direct?.isTried) this.close()
  }

  #open(road: Road): void {
    if (this.#server?.hasEnded) this.#server = undefined
    this.#order.open(road, () => this.#handlers.opened())
    if (road === 'server' && !this.#direct?.isTried) this.#direct?.retryLater()
  }

  #after(ms: number, run: () => void): void {
    const stop = this.#time.after(ms, () => {
      this.#stops.delete(stop)
      if (!this.#hasEnded) run()
    })
    this.#stops.add(stop)
  }
}

const mayBeDirect = ({ relayOnly, iceServers }: LinkConfiguration): boolean =>
  !relayOnly || iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)))
