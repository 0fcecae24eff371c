// A link to one peer by whatever way there is: WebRTC, and where none has opened after a while, the server. Keeps every frame and
// their order when the way changes. Knows nothing of other peers.
import { drawRelaySalt, FIRST_LOW_MARK_BYTES, type RelayKeys, relayKeys, type Signal } from '@swarmdrop/core'
import type { LinkConfiguration, OpenLink, PeerLink, PeerLinkHandlers, Random, Way } from '../ports'
import type { Timers } from '../time/timers'
import type { RelayedPair, RelayedPairHandlers } from './server-relay'
import { ServerWay } from './server-way'

/** A direct way opens in a second or two where there is one; through a TURN server over TCP in three. */
const SERVER_AFTER_MS = 3_000
/** While the server carries the link, WebRTC is tried again: the network may be another. Each wait is twice as long. */
const RETRY_AFTER_MS = 60_000
/** So much, or so long, is kept of what arrives by the new way before the old has brought its last. */
const MAX_HELD_BYTES = 8_388_608
const MOVE_WITHIN_MS = 60_000

/** What a link needs to go through the server. `openPair`: see ServerRelay. */
export type ServerPath = {
  key: Uint8Array
  attempt: string
  openPair: (pair: string, handlers: RelayedPairHandlers) => RelayedPair | undefined
}

export type WayPorts = { openLink: OpenLink; time: Timers; random: Random }

/** Links that may go through the server; undefined: they may not. */
export const wayLinks =
  (ports: WayPorts, server: ServerPath | undefined): OpenLink =>
  (initiator, configuration, handlers) =>
    new WayLink(ports, server, initiator, configuration, handlers)

class WayLink implements PeerLink {
  isOpen = false
  readonly #ports: WayPorts
  readonly #path: ServerPath | undefined
  readonly #initiator: boolean
  readonly #configuration: LinkConfiguration
  readonly #handlers: PeerLinkHandlers
  readonly #ownSalt: string | undefined
  #theirSalt: string | undefined
  #direct: PeerLink | undefined
  #server: ServerWay | undefined
  /** By which way frames go out, and come in. */
  #out: 'direct' | 'server' | undefined
  #in: 'direct' | 'server' | undefined
  /** Come by the new way, while the old has not brought its last. */
  #held: Uint8Array[] = []
  #heldBytes = 0
  #lowMarkBytes = FIRST_LOW_MARK_BYTES
  #hasEnded = false
  #retryMs = RETRY_AFTER_MS
  #offeredAt = Number.NEGATIVE_INFINITY
  readonly #stops = new Set<() => void>()

  constructor(
    ports: WayPorts,
    path: ServerPath | undefined,
    initiator: boolean,
    configuration: LinkConfiguration,
    handlers: PeerLinkHandlers,
  ) {
    this.#ports = ports
    this.#path = path
    this.#initiator = initiator
    this.#configuration = configuration
    this.#handlers = handlers
    if (path) this.#ownSalt = drawRelaySalt((length) => ports.random.bytes(length))
    if (!initiator) return
    if (this.#mayBeDirect) this.#direct = this.#openDirect(true)
    else this.#after(0, () => this.#say('offer', ''))
  }

  get way(): Way {
    return this.#out === 'server' ? 'server' : (this.#direct?.way ?? 'direct')
  }

  accept(signal: Signal): void {
    if (this.#hasEnded) return
    if (signal.type === 'end') return this.close()
    if (signal.type === 'offer') return this.#offered(signal)
    if (signal.type === 'answer') return this.#answered(signal)
    this.#direct?.accept(signal)
  }

  send(frame: Uint8Array): void {
    if (this.#out === 'direct') this.#direct?.send(frame)
    else if (this.#out === 'server') this.#server?.send(frame)
  }

  get bufferedBytes(): number {
    return (this.#server?.bufferedBytes ?? 0) + (this.#out === 'direct' ? (this.#direct?.bufferedBytes ?? 0) : 0)
  }

  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
    this.#direct?.setLowMark(bytes)
    this.#server?.setLowMark(bytes)
  }

  close(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.isOpen = false
    for (const stop of this.#stops) stop()
    this.#server?.close()
    this.#direct?.close()
    // As any link's: whoever closes it is done before it is told.
    this.#ports.time.after(0, () => this.#handlers.closed())
  }

  /** A hidden address with no TURN server to hide it behind: WebRTC would connect to nobody. */
  get #mayBeDirect(): boolean {
    const { relayOnly, iceServers } = this.#configuration
    return !this.#path || !relayOnly || iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)))
  }

  #offered(offer: { sdp: string; relay?: string | undefined }): void {
    this.#theirSalt ??= offer.relay
    const isDirect = offer.sdp !== '' && this.#mayBeDirect
    if (isDirect && this.#out !== 'direct' && !this.#isTooSoon()) {
      this.#dropDirect()
      this.#direct = this.#openDirect(false)
      this.#direct.accept({ type: 'offer', sdp: offer.sdp })
    }
    if (this.#out) return
    if (isDirect) this.#serverSoon()
    else {
      this.#say('answer', '')
      this.#goByServer()
    }
  }

  /** Each offer costs a connection: who repeats it at once wants something else. */
  #isTooSoon(): boolean {
    const now = this.#ports.time.now()
    const isTooSoon = now - this.#offeredAt < RETRY_AFTER_MS / 2
    if (!isTooSoon) this.#offeredAt = now
    return isTooSoon
  }

  #answered(answer: { sdp: string; relay?: string | undefined }): void {
    this.#theirSalt ??= answer.relay
    if (answer.sdp !== '') this.#direct?.accept({ type: 'answer', sdp: answer.sdp })
    if (this.#out) return
    if (answer.sdp !== '') return this.#serverSoon()
    this.#dropDirect()
    this.#goByServer()
  }

  #say(type: 'offer' | 'answer', sdp: string): void {
    this.#handlers.signal({ type, sdp, ...(this.#ownSalt !== undefined && { relay: this.#ownSalt }) })
  }

  #openDirect(initiator: boolean): PeerLink {
    const isCurrent = () => this.#direct === link && !this.#hasEnded
    const link: PeerLink = this.#ports.openLink(initiator, this.#configuration, {
      signal: (signal) => {
        if (!isCurrent() && this.#direct !== undefined) return
        if (signal.type === 'offer' || signal.type === 'answer') this.#say(signal.type, signal.sdp)
        else this.#handlers.signal(signal)
      },
      opened: () => isCurrent() && this.#directOpened(),
      wayChanged: () => isCurrent() && this.#out === 'direct' && this.#handlers.wayChanged(),
      frame: (frame) => isCurrent() && this.#heardDirect(frame),
      drained: () => isCurrent() && this.#out === 'direct' && this.#handlers.drained(this.bufferedBytes),
      closed: () => isCurrent() && this.#directClosed(),
    })
    link.setLowMark(this.#lowMarkBytes)
    return link
  }

  #directOpened(): void {
    if (this.#out === undefined) {
      this.#server?.close()
      this.#server = undefined
      return this.#open('direct')
    }
    // From now on what is said goes the better way; the server's has to bring the rest first.
    this.#out = 'direct'
    this.#server?.finish()
    this.#after(MOVE_WITHIN_MS, () => this.#in === 'server' && this.close())
    this.#handlers.wayChanged()
  }

  #heardDirect(frame: Uint8Array): void {
    if (this.#in === 'direct') return this.#handlers.frame(frame)
    this.#held.push(frame)
    this.#heldBytes += frame.length
    if (this.#heldBytes > MAX_HELD_BYTES) this.close()
  }

  #directClosed(): void {
    this.#direct = undefined
    if (this.#out === 'direct') return this.close()
    if (this.#out === 'server') return this.#retryLater()
    this.#goByServer()
  }

  /** Without a word to it: it is not waited for any more. */
  #dropDirect(): void {
    const direct = this.#direct
    this.#direct = undefined
    direct?.close()
  }

  #retryLater(): void {
    if (!this.#initiator || !this.#mayBeDirect) return
    this.#after(this.#retryMs, () => {
      this.#retryMs *= 2
      if (!this.#direct) this.#direct = this.#openDirect(true)
    })
  }

  #serverSoon(): void {
    if (this.#keys()) this.#after(SERVER_AFTER_MS, () => this.#out === undefined && this.#goByServer())
  }

  #keys(): RelayKeys | undefined {
    const [own, their] = [this.#ownSalt, this.#theirSalt]
    if (!this.#path || own === undefined || their === undefined) return undefined
    const { key, attempt } = this.#path
    return this.#initiator ? relayKeys(key, attempt, own, their) : relayKeys(key, attempt, their, own)
  }

  /** Or ends the link, where that is no way either. */
  #goByServer(): void {
    if (this.#server && !this.#server.hasEnded) return
    const [path, keys] = [this.#path, this.#keys()]
    if (!path || !keys || this.#server) return this.#endUnlessDirect()
    const [sends, hears] = this.#initiator
      ? [keys.fromOfferer, keys.fromAnswerer]
      : [keys.fromAnswerer, keys.fromOfferer]
    this.#server = new ServerWay({ sends, hears }, (handlers) => path.openPair(keys.pair, handlers), {
      opened: () => !this.#hasEnded && this.#out === undefined && this.#open('server'),
      frame: (frame) => this.#handlers.frame(frame),
      drained: () => this.#handlers.drained(this.bufferedBytes),
      heardAll: () => this.#heardAllOfServer(),
      saidAll: () => this.#closeServerWhenDone(),
      ended: () => this.#serverEnded(),
    })
    this.#server.setLowMark(this.#lowMarkBytes)
    if (this.#server.hasEnded) this.#endUnlessDirect()
  }

  #endUnlessDirect(): void {
    if (!this.#direct) this.close()
  }

  #heardAllOfServer(): void {
    if (this.#in !== 'server') return
    this.#in = 'direct'
    const held = this.#held
    this.#held = []
    for (const frame of held) if (!this.#hasEnded) this.#handlers.frame(frame)
    this.#closeServerWhenDone()
  }

  /** When both sides have moved. */
  #closeServerWhenDone(): void {
    const server = this.#server
    if (!server?.hasSaidAll || this.#in !== 'direct') return
    this.#server = undefined
    server.close()
  }

  #serverEnded(): void {
    const hasMoved = this.#out === 'direct' && this.#in === 'direct'
    if (this.#out === undefined) this.#endUnlessDirect()
    else if (!hasMoved) this.close()
  }

  #open(way: 'direct' | 'server'): void {
    this.#out = way
    this.#in = way
    this.isOpen = true
    this.#handlers.opened()
    if (way === 'server' && !this.#direct) this.#retryLater()
  }

  #after(ms: number, run: () => void): void {
    const stop = this.#ports.time.after(ms, () => {
      this.#stops.delete(stop)
      if (!this.#hasEnded) run()
    })
    this.#stops.add(stop)
  }
}
