// Which offers of others are taken up, and for which of them others make way. Begins no attempt.
import type { Millis } from '@swarmdrop/core'
import { Admission, placesOf, type Standing } from './admission'
import type { Attempt, AttemptAbout } from './attempt'
import type { Attempts } from './attempts'
import { CONNECTED, FULL } from './dialling'

export type OffersOptions = {
  attempts: Attempts
  /** Ourselves. */
  tab: { readonly name: string }
  maxLinks: number
  now: () => Millis
  /** Says why an offer is not taken up. */
  refuse: (to: string, attempt: string, reason: string) => void
}

export class Offers {
  readonly #options: OffersOptions
  readonly #admission: Admission

  constructor(options: OffersOptions) {
    this.#options = options
    this.#admission = new Admission(options.now())
  }

  /**
   * Takes an offer. Returns what is to be begun for it; undefined where it was refused. `ownId`: the tracker's id for
   * us.
   */
  take(from: string, id: string, tab: string, ownId: string): AttemptAbout | undefined {
    const { attempts, tab: ownTab, maxLinks, now } = this.#options
    const before = attempts.get(from)
    // One link a tab. Where both offer at once, the offer of the lesser id stands.
    const isConnected = before?.link.isOpen || tab === ownTab.name || attempts.hasOpen(tab)
    if (isConnected || (before?.offers && ownId < from)) return this.#refuse(from, id, CONNECTED)
    const standing = attempts.openCount < maxLinks && this.#admission.admit(from, now())
    if (!standing) return this.#refuse(from, id, FULL)
    if (before) this.#replace(from, before)
    this.#makeRoom(standing)
    return { id, by: before?.by === 'us' ? 'us' : standing, offers: false, tab }
  }

  opened(sender: string): void {
    this.#admission.opened(sender)
  }

  failed(sender: string, now: Millis): void {
    this.#admission.failed(sender, now)
  }

  /** Ends the oldest attempt of others that waits to open. */
  #makeRoom(standing: Standing): void {
    const waiting = this.#options.attempts.offeredBy(standing)
    const [oldest] = waiting
    if (!oldest || waiting.length < placesOf(standing)) return
    const [peer, attempt] = oldest
    this.#refuse(peer, attempt.id, FULL)
    this.#replace(peer, attempt)
  }

  /** Ends an attempt for a newer one of the same peer: it had its time, if not all of it. */
  #replace(peer: string, attempt: Attempt): void {
    const now = this.#options.now()
    if (!attempt.offers && attempt.hasHadFairTime(now)) this.#admission.failed(peer, now)
    attempt.giveUp()
  }

  #refuse(to: string, attempt: string, reason: string): undefined {
    if (this.#admission.mayRefuse(this.#options.now())) this.#options.refuse(to, attempt, reason)
  }
}
