// Counts what the tracker has done since it started: numbers alone, no names and no addresses. Knows nothing of who
// reads them.
import { type RefusalCode, refusalCodes } from '@swarmdrop/core/signaling'

/** How every refusal begins, as the gateway writes it. */
const REFUSED = '{"refused":"'

export class Tally {
  joins = 0
  signals = 0
  /** Carried between people who find no other way to each other, as text. */
  relayedBytes = 0
  readonly refusals = new Map<RefusalCode, number>(refusalCodes.map((code) => [code, 0]))

  /** Counts a message that was answered. `reply`: JSON. */
  answered(event: string, reply: string): void {
    if (reply.startsWith(REFUSED)) return this.#refused(reply.slice(REFUSED.length, reply.indexOf('"', REFUSED.length)))
    if (event === 'join') this.joins += 1
    else if (event === 'signal') this.signals += 1
  }

  #refused(code: string): void {
    const before = this.refusals.get(code as RefusalCode)
    if (before !== undefined) this.refusals.set(code as RefusalCode, before + 1)
  }
}
