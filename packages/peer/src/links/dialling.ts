// Whom to offer a link next, and whom not to for now. Knows no link.
import type { Millis } from '@swarmdrop/core'
import type { Random } from '../ports'
import type { Timers } from '../time/timers'

/** At most this many attempts have just begun: with more, a machine spends itself on handshakes. */
const MAX_FRESH = 12
/** At most this many attempts are under way: one that gets no answer holds nobody up, but takes a place. */
const MAX_UNDER_WAY = 36
/** A peer that was full is asked again after this long, and up to twice that: many ask, and not all at once. */
const FULL_AGAIN_MS = 5_000
/**
 * A peer that was dialled in vain is left alone for this long: it would be in vain again, and costs others their turn.
 */
const REST_MS = 12_000
/** Failures remembered: more than a swarm's tracker names in minutes. */
const MAX_REMEMBERED = 1_024

/** Why an offer is not taken up. */
export const CONNECTED = 'connected already'
export const FULL = 'full'

export class Dialling {
  readonly #ports: { time: Timers; random: Random }
  readonly #ready: () => void
  #waiting: string[] = []
  /** When each was dialled in vain last. */
  readonly #failedAt = new Map<string, Millis>()
  #triesSince = Number.NEGATIVE_INFINITY
  /** Peers that would not connect: as a rule a tab that we know by another id. */
  readonly #unwilling = new Set<string>()
  /** Peers that were full, each with the way to stop waiting for it. */
  readonly #full = new Map<string, () => void>()

  /** `ready`: somebody may be dialled who could not before. */
  constructor(ports: { time: Timers; random: Random }, ready: () => void) {
    this.#ports = ports
    this.#ready = ready
  }

  /** Takes the peers that the tracker names now. A peer that was named before and has had no turn is forgotten. */
  want(peers: readonly string[]): void {
    const tried = (peer: string) => this.#failedAt.get(peer) ?? Number.NEGATIVE_INFINITY
    const now = this.#ports.time.now()
    const isResting = (peer: string) => tried(peer) >= this.#triesSince && now - tried(peer) < REST_MS
    // Never in vain first, then the longest ago. The tracker's order, which is random, decides among equals.
    this.#waiting = peers
      .filter((peer) => !this.#unwilling.has(peer) && !this.#full.has(peer) && !isResting(peer))
      .sort((a, b) => (tried(a) === tried(b) ? 0 : tried(a) - tried(b)))
  }

  /** The next peer to dial; undefined where enough are under way, in all or begun just now. */
  next(underWay: number, fresh: number): string | undefined {
    return underWay < MAX_UNDER_WAY && fresh < MAX_FRESH ? this.#waiting.shift() : undefined
  }

  /** Whether a peer that was never dialled in vain waits for a place, and for nothing else. */
  wantsRoom(underWay: number, fresh: number): boolean {
    const [first] = this.#waiting
    return underWay >= MAX_UNDER_WAY && fresh < MAX_FRESH && first !== undefined && !this.#failedAt.has(first)
  }

  opened(peer: string): void {
    this.#failedAt.delete(peer)
  }

  failed(peer: string, now: Millis): void {
    this.#failedAt.delete(peer)
    this.#failedAt.set(peer, now)
    for (const oldest of this.#failedAt.keys()) {
      if (this.#failedAt.size <= MAX_REMEMBERED) break
      this.#failedAt.delete(oldest)
    }
  }

  /** A peer refused us. One that is full may have a place later; any other reason holds until a link is lost. */
  refused(peer: string, reason: string | undefined): void {
    if (reason !== FULL) return void this.#unwilling.add(peer)
    const { time, random } = this.#ports
    const stop = time.after(FULL_AGAIN_MS * (1 + random.uniform()), () => {
      this.#full.delete(peer)
      this.#waiting.push(peer)
      this.#ready()
    })
    this.#full.set(peer, stop)
  }

  /**
   * We come by another way from now on: nobody is left alone for what was in vain before. They are still dialled last.
   */
  tryAgain(now: Millis): void {
    this.#triesSince = now
  }

  /** A link was lost: who refused because of it may be willing now. */
  lost(): void {
    this.#unwilling.clear()
  }

  close(): void {
    this.#waiting = []
    for (const stop of this.#full.values()) stop()
  }
}
