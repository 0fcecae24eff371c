// How much is allowed: every bound of the tracker towards a socket, an address or a request, in one place. Knows not
// how any of them is kept.
import type { Rate } from './rate-limit'

export type Limits = {
  /** Messages of one socket, in units of `messageCost`. */
  socket: Rate
  /** Messages of all sockets of one address. */
  address: Rate
  /** Invalid or excess messages of one socket, before it is cut off. */
  strikes: Rate
  /** Codes of rooms that there are not, of all sockets of one address. */
  wrongCodes: Rate
  /** Knocks with a code, of all sockets of one address; and at one code, of all. */
  knocks: Rate
  knocksAtOne: Rate
  /** Mailboxes of codes that one address has open. */
  mailboxesPerAddress: number
  /** Signals of one socket to one other, in units of `signalCost`. */
  signalsToOne: Rate
  /** Signals of all to one, in the same units. */
  signalsFromAll: Rate
  /** What one participant tells the host of its room, in the same units. */
  reports: Rate
  /** HTTP requests of one address. */
  requests: Rate
  /** STUN requests of one address that are answered. */
  stun: Rate
  /** Sockets and requests together. */
  connectionsPerAddress: number
  connections: number
  /** Connections of an address that are no sockets: idle, half-sent, or being answered. */
  requestsPerAddress: number
  /** Requests on one connection that wait for the answers before them. */
  pipelined: number
  /** A request's headers, and all of it, must have come by then. */
  headersMs: number
  requestMs: number
  /** How often it is looked for requests that have not come by then. */
  checkMs: number
  /** A connection that is no socket ends after this long with nothing read or sent. */
  silentMs: number
  /** An answer that has been on its way for so long makes way where its address has no other place, or ends. */
  stalledMs: number
  answerMs: number
  /** Rooms that one address has opened. */
  roomsPerAddress: number
  /** Addresses remembered at once. */
  addresses: number
  /** How much a socket may leave unread before it is cut off. */
  unreadBytes: number
  /** While a socket leaves this much unread, what others say to it is refused to them. */
  unreadFromOthersBytes: number
}

// A tab that meets 50 neighbours at once sends each an offer or an answer and some ten candidates: about 700 units.
const socket: Rate = { capacity: 2_000, perSecond: 50 }

// A school is one address. A class of 100 in which everybody does the most that a socket may is still not at the limit.
const SOCKETS_AT_THEIR_LIMIT = 128

export const defaultLimits: Limits = {
  socket,
  address: {
    capacity: socket.capacity * SOCKETS_AT_THEIR_LIMIT,
    perSecond: socket.perSecond * SOCKETS_AT_THEIR_LIMIT,
  },
  strikes: { capacity: 100, perSecond: 1 },
  // There are 31^6 codes: at two seconds each, a first of 1,000 rooms is found after three weeks. A class of 100 that
  // mistypes five times each at once is not at the limit.
  wrongCodes: { capacity: 500, perSecond: 0.5 },
  // A class that types one code at once, each with a mistake or two; a page answers so many without a halt.
  knocks: { capacity: 120, perSecond: 1 },
  knocksAtOne: { capacity: 200, perSecond: 5 },
  mailboxesPerAddress: 200,
  // An offer and twenty candidates are some 40 units.
  signalsToOne: { capacity: 150, perSecond: 5 },
  // Fifty that meet one at once; and then about 2 Mbit/s.
  signalsFromAll: { capacity: 2_500, perSecond: 250 },
  // A report of a peer with a hundred neighbours is 6, four times a second.
  reports: { capacity: 256, perSecond: 32 },
  // A class of 100 that opens the page at once asks for some 40 files each.
  requests: { capacity: 20_000, perSecond: 400 },
  // A class of 100 with 30 neighbours each asks twice for each of them at once, and Chromium again every ten seconds.
  // Anyone who forges an address has 44 kB a second sent there, and must have sent half of it.
  stun: { capacity: 10_000, perSecond: 1_000 },
  connectionsPerAddress: 2_000,
  connections: 100_000,
  // Browsers open six each.
  requestsPerAddress: 1_000,
  pipelined: 4,
  headersMs: 5_000,
  requestMs: 10_000,
  checkMs: 1_000,
  silentMs: 10_000,
  stalledMs: 2_000,
  answerMs: 120_000,
  roomsPerAddress: 64,
  addresses: 100_000,
  unreadBytes: 1_048_576,
  unreadFromOthersBytes: 393_216,
}

/** A handshake costs the address as much as this many messages. */
export const HANDSHAKE_COST = 10

/** A message to everybody in a room costs this many times as much. */
const TO_ALL = 8
/** How many characters or bytes cost as much as one message; of a signal, to its receiver, fewer. */
const ONE_MORE = 4_096
const ONE_MORE_OF_SIGNAL = 1_024

/**
 * The cost of a message: one, and one more for each 4 KiB carried in it: an offer is 2, a candidate 1, the largest
 * signal 17. What goes to a whole room costs eight times as much.
 */
export function messageCost(message: unknown): number {
  if (typeof message !== 'object' || message === null) return 1
  const carried = 'sealed' in message ? message.sealed : 'body' in message ? message.body : undefined
  if (typeof carried !== 'string') return 1
  return (1 + Math.floor(carried.length / ONE_MORE)) * ('to' in message && message.to === 'all' ? TO_ALL : 1)
}

/**
 * The cost of a signal to its receiver: one for each KiB or part of it, as a slow line suffers from bytes: the largest
 * signal is 65.
 */
export const signalCost = (sealed: string): number => 1 + Math.floor(sealed.length / ONE_MORE_OF_SIGNAL)

/** The cost of a frame to the socket it comes from, whatever it says: as much as two messages for each 4 KiB. */
export const frameCost = (length: number): number => 1 + Math.floor(length / ONE_MORE)

/** `2["relay",{"pair":"…","sealed":"…"}]`, less what is sealed. */
const PIECE_ENVELOPE = 56

/** The cost of a frame that says a piece, or what was read, in the fewest characters. */
export function relayedFrameCost(content: unknown): number {
  const isPiece = typeof content === 'object' && content !== null && 'sealed' in content
  return frameCost(isPiece && typeof content.sealed === 'string' ? PIECE_ENVELOPE + content.sealed.length : 0)
}
