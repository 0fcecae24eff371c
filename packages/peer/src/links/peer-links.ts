// All links of one swarm: who is connected, who is being connected, and whom to refuse. Carries frames for the driver and
// signals for the tracker. Knows nothing of chunks, nor of sockets or seals.
import { drawAttemptId, type LinkPort, type SignalMessage } from '@swarmdrop/core'
import type { IceServer, OpenLink, PeerLink, Random, RelayChoice } from '../ports'
import type { Timers } from '../time/timers'

/** Offer, answer and candidates over a slow mobile network take a few seconds; longer, and there is no way through. */
export const CONNECT_WITHIN_MS = 20_000
/** More than this at once, and a machine spends itself on handshakes: the rest wait their turn. */
const MAX_CONNECTING = 12
/** A little over the swarm's 50 neighbours: what is beyond is not even answered. */
const MAX_LINKS = 60

export type PeerLinksHandlers = {
  signal(to: string, message: SignalMessage): void
  opened(peer: string): void
  frame(peer: string, frame: Uint8Array): void
  drained(peer: string, bufferedBytes: number): void
  /** A link that had opened is gone. `lost`: by nobody's wish. */
  closed(peer: string, lost: boolean): void
}

export type PeerLinksPorts = {
  time: Timers
  random: Random
  openLink: OpenLink
  relay: RelayChoice
  /** For whoever looks into it: a person can do nothing about it. */
  log(message: string): void
}

type Entry = {
  link: PeerLink
  initiator: boolean
  attempt: string
  tab: string | undefined
  wasOpen: boolean
  dropped: boolean
  /** It has opened or ended: no longer waited for. */
  settled: () => void
}

export class PeerLinks implements LinkPort {
  /** Set by whoever joins: the tracker's id for us, and its servers. */
  ownId = ''
  iceServers: readonly IceServer[] = []
  readonly #tab: string
  readonly #ports: PeerLinksPorts
  readonly #handlers: PeerLinksHandlers
  readonly #maxLinks: number
  readonly #entries = new Map<string, Entry>()
  readonly #banned = new Set<string>()
  /** Those who would not connect: most often a tab that we know by another id. Forgotten when a link is lost. */
  readonly #unwilling = new Set<string>()
  #waiting: string[] = []
  #closed = false

  constructor(ports: PeerLinksPorts, handlers: PeerLinksHandlers, maxLinks = MAX_LINKS) {
    this.#maxLinks = maxLinks
    this.#tab = drawAttemptId((length) => ports.random.bytes(length))
    this.#ports = ports
    this.#handlers = handlers
  }

  /** Offers a connection to each that has none; those that the tracker named before and we have not tried are forgotten. */
  connect(peers: readonly string[]): void {
    this.#waiting = peers.filter((peer) => peer !== this.ownId && !this.#banned.has(peer) && !this.#unwilling.has(peer))
    this.#connectWaiting()
  }

  /** A signal whose seal was right. */
  receive(from: string, { attempt, tab, signal }: SignalMessage): void {
    if (this.#closed || this.#banned.has(from) || this.#banned.has(tab)) return
    const entry = this.#entries.get(from)
    if (signal.type === 'offer') {
      if (!this.#mayAccept(from, tab, entry)) return this.#refuse(from, attempt)
      entry?.link.close()
      this.#add(from, false, attempt, tab).link.accept(signal)
    } else if (entry?.attempt === attempt) {
      entry.tab ??= tab
      if (signal.type === 'end') this.#unwilling.add(from)
      entry.link.accept(signal)
    }
  }

  send(peer: string, frame: Uint8Array): void {
    this.#entries.get(peer)?.link.send(frame)
  }

  bufferedBytes(peer: string): number {
    return this.#entries.get(peer)?.link.bufferedBytes ?? 0
  }

  setLowMark(peer: string, bytes: number): void {
    this.#entries.get(peer)?.link.setLowMark(bytes)
  }

  drop(peer: string, reason: string, ban: boolean): void {
    const entry = this.#entries.get(peer)
    if (ban) {
      this.#banned.add(peer)
      if (entry?.tab) this.#banned.add(entry.tab)
      this.#ports.log(`Swarmdrop no longer talks to peer ${peer}: ${reason}.`)
    }
    if (!entry) return
    entry.dropped = true
    entry.link.close()
  }

  get hasRelay(): boolean {
    return this.iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)))
  }

  /** Ends every connection: what was agreed for it holds no more. Each is looked for again, as after any loss. */
  hangUp(): void {
    this.#unwilling.clear()
    for (const { link } of [...this.#entries.values()]) link.close()
  }

  /** Of each link that was open its end is heard, and nothing after. */
  close(): void {
    this.#closed = true
    this.#waiting = []
    for (const { link, settled } of this.#entries.values()) {
      settled()
      link.close()
    }
  }

  #connectWaiting(): void {
    let connecting = [...this.#entries.values()].filter(({ link }) => !link.isOpen).length
    while (!this.#closed && connecting < MAX_CONNECTING && this.#entries.size < this.#maxLinks) {
      const peer = this.#waiting.shift()
      if (peer === undefined) return
      if (this.#entries.has(peer)) continue
      const attempt = drawAttemptId((length) => this.#ports.random.bytes(length))
      this.#add(peer, true, attempt, undefined)
      connecting++
    }
  }

  /** One link a tab. Where both offer at once, the offer of the lesser id stands. */
  #mayAccept(from: string, tab: string, entry: Entry | undefined): boolean {
    if (entry?.link.isOpen || (entry?.initiator && this.ownId < from)) return false
    for (const other of this.#entries.values())
      if (other !== entry && other.tab === tab && other.link.isOpen) return false
    return tab !== this.#tab && this.#entries.size < this.#maxLinks
  }

  #refuse(to: string, attempt: string): void {
    this.#handlers.signal(to, {
      attempt,
      tab: this.#tab,
      signal: { type: 'end', reason: 'connected already, or full' },
    })
  }

  #add(peer: string, initiator: boolean, attempt: string, tab: string | undefined): Entry {
    const { openLink, time, relay } = this.#ports
    const configuration = { iceServers: this.iceServers, relayOnly: relay.isRelayOnly() }
    const link = openLink(initiator, configuration, {
      signal: (signal) => this.#handlers.signal(peer, { attempt, tab: this.#tab, signal }),
      opened: () => this.#opened(peer, entry),
      frame: (frame) => this.#frame(peer, entry, frame),
      drained: (bufferedBytes) => this.#handlers.drained(peer, bufferedBytes),
      closed: () => this.#ended(peer, entry),
    })
    const settled = time.after(CONNECT_WITHIN_MS, () => link.close())
    const entry: Entry = { link, initiator, attempt, tab, wasOpen: false, dropped: false, settled }
    this.#entries.set(peer, entry)
    return entry
  }

  #opened(peer: string, entry: Entry): void {
    entry.settled()
    if (this.#closed || this.#entries.get(peer) !== entry) return
    entry.wasOpen = true
    this.#handlers.opened(peer)
    this.#connectWaiting()
  }

  #frame(peer: string, entry: Entry, frame: Uint8Array): void {
    if (!this.#closed && this.#entries.get(peer) === entry) this.#handlers.frame(peer, frame)
  }

  #ended(peer: string, entry: Entry): void {
    entry.settled()
    if (this.#entries.get(peer) !== entry) return
    this.#entries.delete(peer)
    if (entry.wasOpen) {
      this.#unwilling.clear()
      this.#handlers.closed(peer, !entry.dropped && !this.#closed)
    }
    this.#connectWaiting()
  }
}
