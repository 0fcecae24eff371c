// How much is allowed: every bound of the gateway in one place. Knows not how any of them is kept.
import type { Rate } from './rate-limit'

export type Limits = {
  /** Messages of one socket, in units of `messageCost`. */
  socket: Rate
  /** Messages of all sockets of one address. */
  address: Rate
  /** Invalid or excess messages of one socket, before it is cut off. */
  strikes: Rate
  connectionsPerAddress: number
  connections: number
  /** Addresses remembered at once. */
  addresses: number
  /** What a socket may leave unread before it is cut off. */
  unreadBytes: number
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
  connectionsPerAddress: 2_000,
  connections: 100_000,
  addresses: 100_000,
  unreadBytes: 1_048_576,
}

/** A handshake costs the address as much as this many messages. */
export const HANDSHAKE_COST = 10

/** What goes to everybody in a room is carried by so much more. */
const TO_ALL = 8

/**
 * One for the message, one more for each 4 KiB carried in it: an offer is 2, a candidate 1, the largest signal 17. What
 * goes to a whole room costs eight times as much.
 */
export function messageCost(message: unknown): number {
  if (typeof message !== 'object' || message === null) return 1
  const carried = 'sealed' in message ? message.sealed : 'body' in message ? message.body : undefined
  if (typeof carried !== 'string') return 1
  return (1 + Math.floor(carried.length / 4096)) * ('to' in message && message.to === 'all' ? TO_ALL : 1)
}
