// One code that a page offers: who is on the way to the link, and how many have tried wrong words. Knows no line.

import { OfferingEnd, refusalOf, type ShareCode } from '@swarmdrop/core/code'
import type { ExchangeId } from '@swarmdrop/core/signaling'
import type { Random } from '../ports'
import type { Waiting } from '../time/timers'

/** So many wrong tries use a code up. */
export const WRONG_TRIES = 5
/** Visitors between their first words and their guess. The oldest makes way for one more. */
const MOST_PENDING = 64
/** Who has not guessed by then will not. */
const GUESS_WITHIN_MS = 30_000

export type OfferPorts = { time: Waiting; random: Pick<Random, 'bytes'> }

type Pending = { end: OfferingEnd; untilMs: number }

export class OfferedCode {
  readonly code: ShareCode
  readonly #link: string
  readonly #ports: OfferPorts
  readonly #pending = new Map<ExchangeId, Pending>()
  #wrongTries = 0

  constructor(code: ShareCode, link: string, ports: OfferPorts) {
    this.code = code
    this.#link = link
    this.#ports = ports
  }

  get wrongTries(): number {
    return this.#wrongTries
  }

  get isUsedUp(): boolean {
    return this.#wrongTries >= WRONG_TRIES
  }

  /** What to say to a visitor; undefined: nothing, as what it said is no knock. Of a code that is not used up. */
  knocked(exchange: ExchangeId, knock: string): string | undefined {
    const { time, random } = this.#ports
    const end = new OfferingEnd(this.code, knock, (length) => random.bytes(length))
    if (end.answer === undefined) return undefined
    this.#makeRoom()
    this.#pending.set(exchange, { end, untilMs: time.now() + GUESS_WITHIN_MS })
    return end.answer
  }

  /** The link, sealed, or a refusal; undefined: this is no visitor of this code, or not any more. */
  guessed(exchange: ExchangeId, guess: string): string | undefined {
    const pending = this.#pending.get(exchange)
    if (!pending || this.#ports.time.now() > pending.untilMs) return undefined
    this.#pending.delete(exchange)
    const gift = pending.end.gift(guess, this.#link)
    if (gift !== undefined) return gift
    this.#wrongTries += 1
    return refusalOf(this.isUsedUp ? 'used-up' : 'wrong-code')
  }

  /** Who was on the way; none of them is any more. */
  dismiss(): ExchangeId[] {
    const visitors = [...this.#pending.keys()]
    this.#pending.clear()
    return visitors
  }

  #makeRoom(): void {
    const now = this.#ports.time.now()
    for (const [exchange, { untilMs }] of this.#pending)
      if (untilMs < now || this.#pending.size >= MOST_PENDING) this.#pending.delete(exchange)
  }
}
