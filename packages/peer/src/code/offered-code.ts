// One code that a page offers: who is on the way to the link, and how many have tried wrong words. Knows no line.

import { OfferingEnd, refusalOf, type ShareCode } from '@swarmdrop/core/code'
import type { ExchangeId } from '@swarmdrop/core/signaling'
import type { Random } from '../ports'
import type { Waiting } from '../time/timers'

/** After this many wrong tries a code is used up. */
export const WRONG_TRIES = 5
/** Visitors between their first words and their guess. The oldest makes way for one more. */
const MOST_PENDING = 64
/** A visitor who has not guessed by then will not. */
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

  /** The answer to a visitor's knock, of a code that is not used up; undefined: none, as what came is no knock. */
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

  /** Sends everybody away who was on the way to this code, and returns their exchanges. */
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
