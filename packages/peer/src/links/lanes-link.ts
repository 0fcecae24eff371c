// A link to one peer with more connections besides the first, for blocks: where some of what is sent is lost on the
// way, several bring more than one (packages/core, swarm/lanes.ts). Decides neither when, nor what goes over which.
import { FIRST_LANE, type RoundTrip } from '@swarmdrop/core'
import type { Signal } from '@swarmdrop/core/signaling'
import type { LinkConfiguration, OpenLink, PeerLink, PeerLinkHandlers, Way } from '../ports'
import type { Timers } from '../time/timers'

/**
 * How many lanes either side may open. Their numbers tell whose they are: those of the side that offers the link begin
 * at 1, the other's after them.
 */
const MOST = 3
const OPEN_WITHIN_MS = 10_000
/** Chromium takes one every 2.6 s. */
const LOOK_WITHIN_MS = 6_000
const LOOK_AGAIN_MS = 200
/** Each costs a connection: one that is offered again so soon is not taken up. */
const OFFER_AGAIN_MS = 5_000

export type LanesLinkPorts = {
  /** The first, by whatever way there is. */
  openFirst: OpenLink
  openMore: OpenLink
  time: Timers
  /** Whether there is room for one more connection. */
  hasRoom(): boolean
}

export type LanesLinkHandlers = Omit<PeerLinkHandlers, 'frame'> & {
  /** `lane`: over which connection, 0 for the first. Whole, and in order on each. */
  frame(frame: Uint8Array, lane: number): void
  laneOpened(lane: number): void
  /** None of the lanes that were asked for could be opened. */
  lanesRefused(): void
  /** A lane that we opened is gone, though nobody here wished it. */
  laneLost(lane: number): void
}

type Lane = { link: PeerLink; isOurs: boolean; wasOpen: boolean; stop: () => void }

export class LanesLink {
  readonly #ports: LanesLinkPorts
  readonly #initiator: boolean
  readonly #configuration: LinkConfiguration
  readonly #handlers: LanesLinkHandlers
  readonly #first: PeerLink
  readonly #more = new Map<number, Lane>()
  readonly #offeredAt = new Map<number, number>()
  #lowMarkBytes: number | undefined
  /** The other side's words say that it knows of more connections than one. */
  #isAble = false
  #hasEnded = false

  constructor(
    ports: LanesLinkPorts,
    initiator: boolean,
    configuration: LinkConfiguration,
    handlers: LanesLinkHandlers,
  ) {
    this.#ports = ports
    this.#initiator = initiator
    // Whether TURN servers answer, the first tells.
    this.#configuration = { iceServers: configuration.iceServers, relayOnly: configuration.relayOnly }
    this.#handlers = handlers
    this.#first = ports.openFirst(initiator, configuration, {
      ...handlers,
      signal: (signal) =>
        handlers.signal(signal.type === 'offer' || signal.type === 'answer' ? { ...signal, lanes: true } : signal),
      frame: (frame) => handlers.frame(frame, FIRST_LANE),
      drained: () => handlers.drained(this.bufferedBytes),
      closed: () => {
        this.#hasEnded = true
        for (const id of [...this.#more.keys()]) this.#drop(id)
        handlers.closed()
      },
    })
  }

  get isOpen(): boolean {
    return this.#first.isOpen
  }

  get way(): Way {
    return this.#first.way
  }

  /** Open, or on their way to be, besides the first. */
  get moreCount(): number {
    return this.#more.size
  }

  accept(signal: Signal): void {
    if (signal.lane !== undefined) return this.#acceptOf(signal.lane, signal)
    if (signal.type === 'offer' || signal.type === 'answer') this.#isAble ||= signal.lanes === true
    this.#first.accept(signal)
  }

  send(frame: Uint8Array, lane: number): void {
    if (lane === FIRST_LANE) this.#first.send(frame)
    else this.#more.get(lane)?.link.send(frame)
  }

  get bufferedBytes(): number {
    let bytes = this.#first.bufferedBytes
    for (const { link } of this.#more.values()) bytes += link.bufferedBytes
    return bytes
  }

  /** Sets the low mark of all lanes together: when each has drained to its part, all have. */
  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
    const each = Math.floor(bytes / (1 + this.#more.size))
    this.#first.setLowMark(each)
    for (const { link } of this.#more.values()) link.setLowMark(each)
  }

  /**
   * The round trip as WebRTC finds it from now on. It looks every few seconds, and what it found before may be from
   * before others came to the path.
   */
  async measurePath(): Promise<RoundTrip | undefined> {
    const before = await this.#first.lookAtPath()
    const { time } = this.#ports
    const until = time.now() + LOOK_WITHIN_MS
    while (before && !this.#hasEnded && time.now() < until) {
      await new Promise<void>((resolve) => void time.after(LOOK_AGAIN_MS, resolve))
      const look = await this.#first.lookAtPath()
      if (look?.count !== before.count) return look
    }
    return undefined
  }

  openLanes(count: number): void {
    for (let i = 0; i < count && this.#mayOpen(true); i++) this.#open(this.#freeId(), true)
    if (![...this.#more.values()].some(({ isOurs }) => isOurs)) this.#handlers.lanesRefused()
  }

  closeLane(id: number): void {
    this.#drop(id)
  }

  close(): void {
    this.#first.close()
  }

  /** Through the server, all would share one line. */
  #mayOpen(areOurs: boolean): boolean {
    if (this.#hasEnded || !this.#isAble || !this.isOpen || this.way === 'server' || !this.#ports.hasRoom()) return false
    return [...this.#more.values()].filter(({ isOurs }) => isOurs === areOurs).length < MOST
  }

  #freeId(): number {
    let id = this.#initiator ? 1 : 1 + MOST
    while (this.#more.has(id)) id++
    return id
  }

  #isTheirs(id: number): boolean {
    const least = this.#initiator ? 1 + MOST : 1
    return id >= least && id < least + MOST
  }

  #acceptOf(id: number, signal: Signal): void {
    if (signal.type === 'offer') {
      const now = this.#ports.time.now()
      const isSoon = now - (this.#offeredAt.get(id) ?? Number.NEGATIVE_INFINITY) < OFFER_AGAIN_MS
      if (!this.#isTheirs(id) || this.#more.has(id)) return
      this.#offeredAt.set(id, now)
      if (isSoon || !this.#mayOpen(false)) return this.#handlers.signal({ type: 'end', lane: id })
      this.#open(id, false)
    }
    if (signal.type === 'end') this.#ended(id)
    else this.#more.get(id)?.link.accept(signal)
  }

  #open(id: number, isOurs: boolean): void {
    const isCurrent = () => this.#more.get(id) === lane
    const stop = this.#ports.time.after(OPEN_WITHIN_MS, () => isCurrent() && !lane.wasOpen && this.#ended(id))
    const link = this.#ports.openMore(isOurs, this.#configuration, {
      signal: (signal) => this.#handlers.signal({ ...signal, lane: id }),
      opened: () => {
        if (!isCurrent()) return
        lane.wasOpen = true
        stop()
        if (isOurs) this.#handlers.laneOpened(id)
      },
      wayChanged: () => {},
      frame: (frame) => isCurrent() && this.#handlers.frame(frame, id),
      drained: () => this.#handlers.drained(this.bufferedBytes),
      closed: () => isCurrent() && this.#ended(id),
    })
    const lane: Lane = { link, isOurs, wasOpen: false, stop }
    this.#more.set(id, lane)
    if (this.#lowMarkBytes !== undefined) this.setLowMark(this.#lowMarkBytes)
  }

  /** A lane has ended, though we did not close it. */
  #ended(id: number): void {
    const lane = this.#more.get(id)
    if (!lane) return
    this.#drop(id)
    if (!lane.isOurs || this.#hasEnded) return
    if (lane.wasOpen) this.#handlers.laneLost(id)
    else if (![...this.#more.values()].some(({ isOurs }) => isOurs)) this.#handlers.lanesRefused()
  }

  #drop(id: number): void {
    const lane = this.#more.get(id)
    if (!lane) return
    this.#more.delete(id)
    lane.stop()
    lane.link.close()
    if (this.#lowMarkBytes !== undefined && !this.#hasEnded) this.setLowMark(this.#lowMarkBytes)
  }
}
