// What a check finds where everything works, for tests to spoil.
import type { CheckFacts } from '@swarmdrop/peer/check'

export const carried = { carried: true, openMs: 40, roundTripMs: 2 } as const
export const lost = { carried: false, opened: false } as const

/** What is found at home behind a router, with a server on the Internet that has a relay and relays itself. */
export const home: CheckFacts = {
  webRtc: 'there',
  tracker: { reached: 'websocket', roundTripMs: 12.4 },
  own: { addresses: [], hidden: 2 },
  stun: { named: true, addresses: ['203.0.113.7'], answered: true },
  direct: carried,
  turn: { named: true, addresses: ['198.51.100.4'], loop: carried },
  server: { relays: true, loop: carried },
  storage: { keeps: 'files', freeBytes: 12e9 },
  clock: { offsetMs: 900 },
  relayOnly: false,
}

/** UDP is blocked: STUN does not answer, and the relay is out of reach. */
export const withoutUdp: CheckFacts = {
  ...home,
  stun: { named: true, addresses: [], answered: false },
  turn: { named: true, addresses: [] },
}
