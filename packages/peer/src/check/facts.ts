// What a connection check finds out, as plain data. Knows nothing of how it is found, nor of the words for it.
import type { RefusalCode } from '@swarmdrop/core/signaling'

/** `refused`: there, and something forbids its use: a setting, an extension, an administrator. */
export type WebRtcFact = 'there' | 'missing' | 'refused'

/** Who answered a plain request: `other` is no tracker, such as a network's login page. */
export type WebAnswer = 'tracker' | 'other' | 'nothing'

export type TrackerFact =
  | {
      reached: 'websocket' | 'polling'
      /** The round trip of the quickest of some questions. */
      roundTripMs: number
      /** Why it named no STUN and TURN servers. */
      refused?: RefusalCode | 'no-answer'
    }
  /** `pollingStatus`: the HTTP status that polling was answered with, where anything answered. */
  | { reached: 'no'; web: WebAnswer; pollingStatus?: number }

/** Addresses of this device as other peers would be told them. `hidden`: behind a random name (mDNS). */
export type OwnFact = { addresses: string[]; hidden: number }

/** `answered`, without an address: no router changes ours. */
export type StunFact = { named: false } | { named: true; addresses: string[]; answered: boolean }

/**
 * A few bytes from one end to the other and back, both ends being here. `opened`: it did, and the bytes did not come.
 */
export type LoopFact = { carried: true; openMs: number; roundTripMs: number } | { carried: false; opened: boolean }

/** `refusedWith`: the relay's error code, such as 401. `loop`: absent where the relay gave no address. */
export type TurnFact =
  | { named: false }
  | { named: true; addresses: string[]; refusedWith?: number | undefined; loop?: LoopFact }

/** The loop through the tracker itself, where it relays. */
export type ServerFact = { relays: false } | { relays: true; loop: LoopFact }

export type StorageFact = {
  keeps: 'files' | 'database' | 'memory'
  /** Absent where the runtime does not say. */
  freeBytes?: number
}

/** The tracker's clock less this device's. */
export type ClockFact = { offsetMs: number }

export type CheckFacts = {
  webRtc: WebRtcFact
  tracker: TrackerFact
  own: OwnFact
  stun: StunFact
  direct: LoopFact
  turn: TurnFact
  server: ServerFact
  storage: StorageFact
  clock: ClockFact
  /** Whether this device hides its address from others. */
  relayOnly: boolean
}

/**
 * How far it is. A fact is absent before it is known, and for good where it cannot be: what it builds on is not there.
 * `broken`: a probe's own error.
 */
export type CheckSnapshot = {
  phase: 'running' | 'done'
  facts: Partial<CheckFacts>
  broken: Partial<Record<keyof CheckFacts, string>>
}
