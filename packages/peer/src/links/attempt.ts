// One try to connect to one peer, and the link that comes of it. Knows nothing of other peers, nor of whom to connect
// to.
import type { Millis } from '@swarmdrop/core'
import type { Signal } from '@swarmdrop/core/signaling'
import type { LinkConfiguration } from '../ports'
import type { Timers } from '../time/timers'
import type { Standing } from './admission'
import type { Failure } from './failures'
import type { LanesLink, LanesLinkHandlers } from './lanes-link'

/** Offer, answer and candidates over a slow mobile network take a few seconds; longer, and there is no way through. */
export const CONNECT_WITHIN_MS = 20_000
/**
 * Somebody who is there answers within this time: one round trip through the tracker, on a busy machine a few seconds.
 */
const ANSWER_WITHIN_MS = 10_000
/**
 * This long after an answer some way has opened, by the server if by no other; after this long without an answer, that
 * is worth a word.
 */
const DOUBT_AFTER_MS = 6_000
/**
 * Others do not wait for one who has not answered in so long, nor for one who has, and to whom no link has opened in so
 * long.
 */
const ANSWERS_SOON_MS = 1_000
const OPENS_SOON_MS = 1_500
/** An attempt has had a fair time by then. One without an answer makes way for others where there are too many. */
const FAIR_MS = 3_000

export type AttemptAbout = {
  /** The attempt's name, drawn by the side that offers. */
  id: string
  /** `us`: we wanted it, no matter whose offer it then was. Else how the one stands who made the offer. */
  by: 'us' | Standing
  /** Whether the offer is ours. */
  offers: boolean
  /** Proved by its offer or answer. */
  tab: string | undefined
}

type OpenLanesLink = (initiator: boolean, configuration: LinkConfiguration, handlers: LanesLinkHandlers) => LanesLink

export type AttemptHandlers = {
  signal(signal: Signal): void
  opened(): void
  wayChanged(): void
  frame(frame: Uint8Array, lane: number): void
  laneOpened(lane: number): void
  lanesRefused(): void
  laneLost(lane: number): void
  drained(bufferedBytes: number): void
  ended(): void
  /** The attempt has not opened, and others need not wait for it any more, or it may make way for them. */
  aged(): void
}

export class Attempt {
  readonly id: string
  readonly by: AttemptAbout['by']
  readonly offers: boolean
  readonly link: LanesLink
  tab: string | undefined
  wasOpen = false
  /** We ended it, or were told to, and not because it would not open. */
  wasGivenUp = false
  readonly #startedAt: Millis
  #isLate = false
  readonly #stops: (() => void)[]

  constructor(
    { openLink, time }: { openLink: OpenLanesLink; time: Timers },
    configuration: LinkConfiguration,
    { id, by, offers, tab }: AttemptAbout,
    handlers: AttemptHandlers,
  ) {
    this.id = id
    this.by = by
    this.offers = offers
    this.tab = tab
    this.#startedAt = time.now()
    this.link = openLink(offers, configuration, {
      laneOpened: (lane) => handlers.laneOpened(lane),
      lanesRefused: () => handlers.lanesRefused(),
      laneLost: (lane) => handlers.laneLost(lane),
      signal: (signal) => handlers.signal(signal),
      opened: () => {
        this.settle()
        this.wasOpen = true
        handlers.opened()
      },
      wayChanged: () => handlers.wayChanged(),
      frame: (frame, lane) => handlers.frame(frame, lane),
      drained: (bufferedBytes) => handlers.drained(bufferedBytes),
      closed: () => {
        this.settle()
        handlers.ended()
      },
    })
    this.#stops = [
      time.after(CONNECT_WITHIN_MS, () => this.makeWay()),
      time.after(ANSWER_WITHIN_MS, () => this.#isSilent && this.link.close()),
      ...[ANSWERS_SOON_MS, OPENS_SOON_MS, FAIR_MS, DOUBT_AFTER_MS].map((ms) => time.after(ms, () => handlers.aged())),
    ]
  }

  get isWaiting(): boolean {
    return !this.wasOpen && !this.wasGivenUp
  }

  get #isSilent(): boolean {
    return this.tab === undefined
  }

  isFresh(now: Millis): boolean {
    return now - this.#startedAt < (this.#isSilent ? ANSWERS_SOON_MS : OPENS_SOON_MS)
  }

  hasHadFairTime(now: Millis): boolean {
    return now - this.#startedAt >= FAIR_MS
  }

  /** Little will come of it any more. */
  isStale(now: Millis): boolean {
    return now - this.#startedAt >= (this.#isSilent ? FAIR_MS : DOUBT_AFTER_MS)
  }

  /** Why the attempt has failed, if it ends now. */
  get failure(): Failure {
    if (this.#isSilent) return 'no-answer'
    return this.#isLate ? 'timed-out' : 'no-way'
  }

  /** Whether the attempt has waited so long that it may fail. */
  isDoubtful(now: Millis): boolean {
    return this.isWaiting && now - this.#startedAt >= DOUBT_AFTER_MS
  }

  /** Ends the attempt for another: it has had its time, and counts as failed. */
  makeWay(): void {
    this.#isLate = true
    this.link.close()
  }

  giveUp(): void {
    this.wasGivenUp = true
    this.link.close()
  }

  /** Nobody waits for the attempt any more. */
  settle(): void {
    for (const stop of this.#stops) stop()
  }
}
