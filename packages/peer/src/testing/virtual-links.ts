// Links between peers on a clock of a test's own, mostly virtual time: real signals, real frames, and lines with a rate
// and a latency. No WebRTC.
import { FIRST_LOW_MARK_BYTES } from '@swarmdrop/core'
import type { Signal } from '@swarmdrop/core/signaling'
import type { LinkConfiguration, OpenLink, PathLook, PeerLink, PeerLinkHandlers, TurnOutcome } from '../ports'
import type { Waiting } from '../time/timers'

export type LinkQuality = { latencyMs: number; bytesPerSecond: number }

/** When a browser finds that there is no way. */
const FAILS_AFTER_MS = 15_000

export class VirtualLinks {
  readonly time: Waiting
  readonly quality: LinkQuality
  /** The links that were opened and have not ended, connected or not. */
  readonly all = new Map<string, VirtualLink>()
  readonly accepted = new Map<string, number>()
  /** How many links were begun. */
  opened = 0
  /** Peers that read more slowly than their links carry, in bytes a second. */
  readonly readers = new Map<string, number>()
  /** Nothing gets from one peer to another: both sides wait in vain. */
  isBlocked = false
  /** Peers behind a network that lets no link through: what they try fails after a while. */
  readonly blocked = new Set<string>()
  /** The answer of a TURN server; undefined: none. */
  turnAnswer: TurnOutcome | undefined = 'given'
  /** What WebRTC has found of the path; undefined: it does not tell. */
  looks: (() => PathLook | undefined) | undefined
  /** Sees each frame on its way: returns what arrives instead, or undefined to lose it. */
  tamper: ((frame: Uint8Array, from: string) => Uint8Array | undefined) | undefined

  constructor(time: Waiting, quality: Partial<LinkQuality> = {}) {
    this.time = time
    this.quality = { latencyMs: 20, bytesPerSecond: 2_000_000, ...quality }
  }

  /** `owner`: whose links these are, for anyone who cuts or changes them. */
  of(owner: string): OpenLink {
    return (initiator, configuration, handlers) => new VirtualLink(this, owner, initiator, configuration, handlers)
  }

  /** Cuts a peer's links, as when a network goes: all that is under way is lost, and both sides notice. */
  cut(owner: string): void {
    for (const link of [...this.all.values()]) if (link.owner === owner) link.close()
  }

  /** How often this one has taken another side's word for where and with whom to connect. */
  acceptedBy(owner: string): number {
    return this.accepted.get(owner) ?? 0
  }

  countOf(owner: string): number {
    return this.ofOwner(owner).filter(({ isOpen }) => isOpen).length
  }

  ofOwner(owner: string): VirtualLink[] {
    return [...this.all.values()].filter((link) => link.owner === owner)
  }
}

class VirtualLink implements PeerLink {
  isOpen = false
  readonly way = 'direct'
  bufferedBytes = 0
  readonly #id: string
  readonly #links: VirtualLinks
  readonly #configuration: LinkConfiguration
  readonly #handlers: PeerLinkHandlers
  #other: VirtualLink | undefined
  #lowMarkBytes = FIRST_LOW_MARK_BYTES
  #freeAtMs = 0
  #hasEnded = false
  #turnHeard: ((heard: TurnOutcome | 'ended') => void) | undefined

  constructor(
    links: VirtualLinks,
    readonly owner: string,
    initiator: boolean,
    configuration: LinkConfiguration,
    handlers: PeerLinkHandlers,
  ) {
    this.#links = links
    this.#configuration = configuration
    this.#handlers = handlers
    this.#id = `${owner} ${++links.opened}`
    links.all.set(this.#id, this)
    this.#askTurn()
    if (initiator) this.#soon(() => handlers.signal({ type: 'offer', sdp: this.#id }))
  }

  accept(signal: Signal): void {
    if (signal.type === 'end') return this.close()
    if (signal.type === 'candidate' || this.#hasEnded) return
    this.#links.accepted.set(this.owner, this.#links.acceptedBy(this.owner) + 1)
    this.#other = this.#links.all.get(signal.sdp)
    if (signal.type === 'offer') this.#soon(() => this.#handlers.signal({ type: 'answer', sdp: this.#id }))
    else this.#connect()
  }

  send(frame: Uint8Array): void {
    if (!this.isOpen) return
    const { time, quality, tamper, readers } = this.#links
    const bytesPerSecond = Math.min(quality.bytesPerSecond, readers.get(this.#other?.owner ?? '') ?? Infinity)
    // The memory is the sender's again when this returns.
    const arriving = tamper ? tamper(frame.slice(), this.owner) : frame.slice()
    const sentAtMs = Math.max(time.now(), this.#freeAtMs) + (frame.length / bytesPerSecond) * 1000
    this.#freeAtMs = sentAtMs
    this.bufferedBytes += frame.length
    time.after(sentAtMs - time.now(), () => this.#sent(frame.length))
    const other = this.#other
    if (arriving) time.after(sentAtMs - time.now() + quality.latencyMs, () => other?.hear(arriving))
  }

  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
  }

  async lookAtPath(): Promise<PathLook | undefined> {
    return this.#links.looks?.()
  }

  close(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.isOpen = false
    this.#links.all.delete(this.#id)
    this.#turnHeard?.('ended')
    const other = this.#other
    this.#links.time.after(0, () => this.#handlers.closed())
    this.#links.time.after(this.#links.quality.latencyMs, () => other?.close())
  }

  hear(frame: Uint8Array): void {
    if (this.isOpen) this.#handlers.frame(frame)
  }

  #connect(): void {
    const other = this.#other
    const isReachable = [this, other].every((end) => end?.mayConnect)
    if (!other || !isReachable || this.#links.isBlocked) return
    if ([this, other].some((end) => this.#links.blocked.has(end.owner))) {
      for (const end of [this, other]) this.#links.time.after(FAILS_AFTER_MS, () => end.close())
      return
    }
    for (const end of [this, other]) end.#other = end === this ? other : this
    this.#links.time.after(this.#links.quality.latencyMs, () => {
      for (const end of [this, other]) end.open()
    })
  }

  get mayConnect(): boolean {
    return !this.#configuration.relayOnly || (this.#namesTurn && this.#links.turnAnswer === 'given')
  }

  get #namesTurn(): boolean {
    return this.#configuration.iceServers.some(({ urls }) => urls.some((url) => url.startsWith('turn:')))
  }

  #askTurn(): void {
    this.#turnHeard = this.#namesTurn ? this.#configuration.turnAsked?.() : undefined
    const { turnAnswer } = this.#links
    if (turnAnswer !== undefined) this.#soon(() => this.#turnHeard?.(turnAnswer))
  }

  open(): void {
    if (this.#hasEnded || this.isOpen) return
    this.isOpen = true
    this.#handlers.opened()
  }

  #sent(bytes: number): void {
    const before = this.bufferedBytes
    this.bufferedBytes -= bytes
    if (this.isOpen && before > this.#lowMarkBytes && this.bufferedBytes <= this.#lowMarkBytes)
      this.#handlers.drained(this.bufferedBytes)
  }

  #soon(run: () => void): void {
    this.#links.time.after(0, () => {
      if (!this.#hasEnded) run()
    })
  }
}
