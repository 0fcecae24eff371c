// All links of one swarm: who is connected, who is being connected, and whom to refuse. Carries frames for the driver
// and signals for the tracker. Knows nothing of chunks, nor of sockets or seals.
import { FIRST_LANE, type LinkPort, type RoundTrip } from '@swarmdrop/core'
import { drawAttemptId, type Signal, type SignalMessage } from '@swarmdrop/core/signaling'
import type { IceServer, LinkConfiguration, Way } from '../ports'
import { Attempt, type AttemptAbout } from './attempt'
import { Attempts } from './attempts'
import { Dialling } from './dialling'
import type { Failure } from './failures'
import { LanesLink, type LanesLinkHandlers, type LanesLinkPorts } from './lanes-link'
import type { LinksPorts } from './links-ports'
import { Offers } from './offers'
import type { ServerPorts } from './server-path'
import type { ServerRelay } from './server-relay'
import { TurnRecord } from './turn-record'
import { wayLinks } from './way-link'

/** A little over the swarm's 50 neighbours, so that newcomers can be weighed against those that are here. */
const MAX_LINKS = 60

export type PeerLinksHandlers = {
  signal(to: string, attempt: string, signal: Signal): void
  /** `dialled`: we wanted it, as the tracker had named this one. */
  opened(peer: string, dialled: boolean): void
  frame(peer: string, frame: Uint8Array, lane: number): void
  /** A further connection to a peer is open, where somebody asked for some. */
  laneOpened?(peer: string, lane: number): void
  lanesRefused?(peer: string): void
  laneLost?(peer: string, lane: number): void
  drained(peer: string, bufferedBytes: number): void
  wayChanged(): void
  /** TURN servers answer otherwise than before. */
  turnChanged(): void
  /** A link that had opened is gone. `lost`: by nobody's wish. */
  closed(peer: string, lost: boolean): void
}

type LinkArguments = [initiator: boolean, configuration: LinkConfiguration, handlers: LanesLinkHandlers]

/** The way through the server, and the swarm's key, under which all that goes that way is sealed. */
export type LinksServer = { relay: ServerRelay; key: Uint8Array }

export class PeerLinks implements LinkPort {
  /** Set on joining: the tracker's id for us, and its servers. */
  ownId = ''
  iceServers: readonly IceServer[] = []
  readonly #ports: LinksPorts
  readonly #handlers: PeerLinksHandlers
  readonly #maxLinks: number
  readonly #attempts = new Attempts()
  readonly #banned = new Set<string>()
  readonly #dialling: Dialling
  readonly #offers: Offers
  readonly turn: TurnRecord
  #closed = false

  readonly #server: LinksServer | undefined

  /** `tab`: ourselves. `server`: left out, nothing goes through it. */
  constructor(
    ports: LinksPorts,
    tab: { readonly name: string },
    handlers: PeerLinksHandlers,
    { maxLinks = MAX_LINKS, server }: { maxLinks?: number | undefined; server?: LinksServer } = {},
  ) {
    this.#ports = ports
    this.#handlers = handlers
    this.#maxLinks = maxLinks
    this.#server = server
    this.#offers = new Offers({
      attempts: this.#attempts,
      tab,
      maxLinks,
      now: () => ports.time.now(),
      refuse: (to, attempt, reason) => handlers.signal(to, attempt, { type: 'end', reason }),
    })
    this.#dialling = new Dialling(ports, () => this.#dialWaiting())
    this.turn = new TurnRecord(ports.time, () => handlers.turnChanged())
  }

  /**
   * Offers a connection to each that has none; those that the tracker named before and we have not tried are forgotten.
   */
  connect(peers: readonly string[]): void {
    this.#dialling.want(peers.filter((peer) => peer !== this.ownId && !this.#banned.has(peer)))
    this.#dialWaiting()
  }

  /** A signal whose seal was right, from the tab that it names. */
  receive(from: string, { attempt: id, tab, signal }: SignalMessage): void {
    if (this.#closed || this.#banned.has(from) || this.#banned.has(tab)) return
    const attempt = this.#attempts.get(from)
    // A link that goes through the server is offered a better way under the name of its attempt.
    const isOurs = attempt?.id === id && (signal.type !== 'offer' || (attempt.tab === tab && attempt.link.isOpen))
    if (signal.type === 'offer' && !isOurs) return this.#offered(from, id, tab, signal)
    if (!attempt || !isOurs) return
    if (signal.type === 'answer') attempt.tab ??= tab
    if (signal.type === 'end' && attempt.isWaiting) {
      attempt.wasGivenUp = true
      this.#dialling.refused(from, signal.reason)
    }
    attempt.link.accept(signal)
  }

  send(peer: string, frame: Uint8Array, lane = FIRST_LANE): void {
    this.#attempts.get(peer)?.link.send(frame, lane)
  }

  openLanes(peer: string, count: number): void {
    this.#attempts.get(peer)?.link.openLanes(count)
  }

  async measurePath(peer: string): Promise<RoundTrip | undefined> {
    return this.#attempts.get(peer)?.link.measurePath()
  }

  closeLane(peer: string, lane: number): void {
    this.#attempts.get(peer)?.link.closeLane(lane)
  }

  bufferedBytes(peer: string): number {
    return this.#attempts.get(peer)?.link.bufferedBytes ?? 0
  }

  setLowMark(peer: string, bytes: number): void {
    this.#attempts.get(peer)?.link.setLowMark(bytes)
  }

  drop(peer: string, reason: string, ban: boolean): void {
    const attempt = this.#attempts.get(peer)
    if (ban) {
      this.#banned.add(peer)
      if (attempt?.tab) this.#banned.add(attempt.tab)
      this.#ports.log(`Swarmdrop no longer talks to peer ${peer}: ${reason}.`)
    }
    attempt?.giveUp()
  }

  /** The way that an open link goes by; undefined: there is no link. */
  wayTo(peer: string): Way | undefined {
    const link = this.#attempts.get(peer)?.link
    return link?.isOpen ? link.way : undefined
  }

  /** How many peers are connected, or being connected. */
  get known(): number {
    return this.#attempts.size
  }

  /** Whether nobody is connected. */
  get isAlone(): boolean {
    return this.#attempts.openCount === 0
  }

  /** The peers that we could not reach in the last minute, or seem not to now, and at what it failed. */
  unreached(): Map<string, Failure> {
    return this.#attempts.unreached(this.#ports.time.now())
  }

  /** Whether addresses can be hidden: behind a TURN server, or behind this one. */
  get hasRelay(): boolean {
    if (this.#server?.relay.isOffered) return true
    return this.iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)))
  }

  /** Our own network may be another: whom we could not reach before we may reach now. */
  tryAgain(): void {
    this.#dialling.tryAgain(this.#ports.time.now())
  }

  /** Ends every connection: what was agreed for it holds no more. Each is looked for again, as after any loss. */
  hangUp(): void {
    this.#dialling.lost()
    this.tryAgain()
    for (const attempt of this.#attempts.all()) {
      if (attempt.isWaiting) attempt.giveUp()
      else attempt.link.close()
    }
  }

  /** Ends all links. Those that were open report their end, and nothing after. */
  close(): void {
    this.#closed = true
    this.#dialling.close()
    this.turn.close()
    for (const attempt of this.#attempts.all()) {
      attempt.settle()
      attempt.link.close()
    }
  }

  #dialWaiting(): void {
    const now = this.#ports.time.now()
    for (;;) {
      const ours = this.#attempts.dialled()
      if (this.#closed || this.#attempts.openCount + ours.length >= this.#maxLinks) return
      const fresh = ours.filter((attempt) => attempt.isFresh(now)).length
      const peer = this.#dialling.next(ours.length, fresh)
      if (peer === undefined) {
        // When it has ended, the one who waits is dialled.
        if (this.#dialling.wantsRoom(ours.length, fresh)) ours.find((attempt) => attempt.isStale(now))?.makeWay()
        return
      }
      if (this.#attempts.get(peer)) continue
      const id = drawAttemptId((length) => this.#ports.random.bytes(length))
      this.#begin(peer, { id, by: 'us', offers: true, tab: undefined })
    }
  }

  #offered(from: string, id: string, tab: string, offer: Signal): void {
    const about = this.#offers.take(from, id, tab, this.ownId)
    if (about) this.#begin(from, about).link.accept(offer)
  }

  #begin(peer: string, about: AttemptAbout): Attempt {
    const configuration = {
      iceServers: this.iceServers,
      relayOnly: this.#ports.relay.isRelayOnly(),
      turnAsked: () => this.turn.asked(),
    }
    const isCurrent = () => !this.#closed && this.#attempts.get(peer) === attempt
    const ports: LanesLinkPorts = {
      openFirst: wayLinks(this.#ports, this.#pathTo(peer, about.id)),
      openMore: this.#ports.openLink,
      time: this.#ports.time,
      hasRoom: () => this.#connectionCount < this.#maxLinks,
    }
    const openLink = (...link: LinkArguments) => new LanesLink(ports, ...link)
    const attempt: Attempt = new Attempt({ time: this.#ports.time, openLink }, configuration, about, {
      signal: (signal) => this.#handlers.signal(peer, about.id, signal),
      opened: () => isCurrent() && this.#opened(peer, attempt),
      frame: (frame, lane) => isCurrent() && this.#handlers.frame(peer, frame, lane),
      laneOpened: (lane) => isCurrent() && this.#handlers.laneOpened?.(peer, lane),
      lanesRefused: () => isCurrent() && this.#handlers.lanesRefused?.(peer),
      laneLost: (lane) => isCurrent() && this.#handlers.laneLost?.(peer, lane),
      drained: (bufferedBytes) => this.#handlers.drained(peer, bufferedBytes),
      wayChanged: () => isCurrent() && this.#handlers.wayChanged(),
      ended: () => this.#ended(peer, attempt),
      aged: () => this.#dialWaiting(),
    })
    this.#attempts.add(peer, attempt)
    return attempt
  }

  /** Open, or on their way to be. */
  get #connectionCount(): number {
    let count = 0
    for (const { link } of this.#attempts.all()) count += 1 + link.moreCount
    return count
  }

  #pathTo(peer: string, attempt: string): ServerPorts | undefined {
    if (!this.#server?.relay.isOffered) return undefined
    const { relay, key } = this.#server
    return { key, attempt, openPair: (pair, handlers) => relay.open(peer, pair, handlers) }
  }

  #opened(peer: string, attempt: Attempt): void {
    this.#dialling.opened(peer)
    this.#offers.opened(peer)
    this.#attempts.opened(peer)
    this.#handlers.opened(peer, attempt.by === 'us')
    this.#dialWaiting()
  }

  #ended(peer: string, attempt: Attempt): void {
    const now = this.#ports.time.now()
    if (!this.#attempts.remove(peer, attempt, now)) return
    if (attempt.wasOpen) {
      this.#dialling.lost()
      this.#handlers.closed(peer, !attempt.wasGivenUp && !this.#closed)
    } else if (!attempt.wasGivenUp) (attempt.offers ? this.#dialling : this.#offers).failed(peer, now)
    this.#dialWaiting()
  }
}
