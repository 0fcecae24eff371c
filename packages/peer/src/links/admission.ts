// Which offers of strangers are taken up while many come. Each costs a connection and its handshake, and anyone who has
// the link can make up as many as the tracker carries. Knows no link and no signal.
import type { Millis } from '@swarmdrop/core'

/** Offers of one sender, until one of them has opened. */
const EACH_SENDER_MS = 5_000
/** Senders remembered: more than can have an offer taken up in a minute. */
const MAX_REMEMBERED = 1_024

/** `suspect`: a sender whose last attempt did not open in its time. They share little, and take nothing from others. */
export type Standing = 'stranger' | 'suspect'

/** Offers that wait to open. */
const PLACES: Record<Standing, number> = { stranger: 30, suspect: 5 }
/** Offers that are taken up. */
const OFFERS: Record<Standing, Rate> = {
  stranger: { atOnce: 30, perSecond: 6 },
  suspect: { atOnce: 5, perSecond: 1 },
}
/** Words to those whose offer is not: beyond this, the tracker would find us too talkative. */
const REFUSALS: Rate = { atOnce: 40, perSecond: 4 }

export const placesOf = (standing: Standing): number => PLACES[standing]

type Rate = { atOnce: number; perSecond: number }
type Sender = { offeredAt: Millis; hasFailed: boolean }

export class Admission {
  /** The one heard longest ago first. */
  readonly #senders = new Map<string, Sender>()
  readonly #offers: Record<Standing, Share>
  readonly #refusals: Share

  constructor(now: Millis) {
    this.#offers = { stranger: new Share(OFFERS.stranger, now), suspect: new Share(OFFERS.suspect, now) }
    this.#refusals = new Share(REFUSALS, now)
  }

  /** How the sender stands if its offer may be taken up now, which counts as taken up; undefined where it may not. */
  admit(sender: string, now: Millis): Standing | undefined {
    const known = this.#senders.get(sender)
    if (known && now - known.offeredAt < EACH_SENDER_MS) return undefined
    const standing = known?.hasFailed ? 'suspect' : 'stranger'
    if (!this.#offers[standing].take(now)) return undefined
    this.#remember(sender, { offeredAt: now, hasFailed: known?.hasFailed ?? false })
    return standing
  }

  /** Whether somebody whose offer is not taken up may be told so; telling counts. */
  mayRefuse(now: Millis): boolean {
    return this.#refusals.take(now)
  }

  opened(sender: string): void {
    this.#senders.delete(sender)
  }

  failed(sender: string, now: Millis): void {
    this.#remember(sender, { offeredAt: this.#senders.get(sender)?.offeredAt ?? now, hasFailed: true })
  }

  #remember(sender: string, what: Sender): void {
    this.#senders.delete(sender)
    this.#senders.set(sender, what)
    for (const oldest of this.#senders.keys()) {
      if (this.#senders.size <= MAX_REMEMBERED) break
      this.#senders.delete(oldest)
    }
  }
}

class Share {
  readonly #rate: Rate
  #left: number
  #at: Millis

  constructor(rate: Rate, now: Millis) {
    this.#rate = rate
    this.#left = rate.atOnce
    this.#at = now
  }

  take(now: Millis): boolean {
    const { atOnce, perSecond } = this.#rate
    this.#left = Math.min(atOnce, this.#left + ((now - this.#at) / 1000) * perSecond)
    this.#at = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
