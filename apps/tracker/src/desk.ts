// What a gateway asks of those who answer one kind of message: rooms, codes, ways through the server. Knows nothing of
// what they do.
import type { Refusal, RefusalCode, SwarmId } from '@swarmdrop/core/signaling'
import type { SocketId } from './members'

/** The sender of a message. */
export type From = { socket: SocketId; address: string }

/** `reply`: JSON. `strike`: who goes on like this is cut off. */
export type DeskAnswer = { reply: string; strike?: RefusalCode }

export type Desk = {
  /** The answer to a message; undefined: it is not for this desk. */
  answer(from: From, event: string, content: unknown, now: number): DeskAnswer | Promise<DeskAnswer> | undefined
  /** A socket has gone altogether, or left a swarm. */
  gone(from: From, now: number, swarmId?: SwarmId): void
}

/** What a desk does with sockets, wherever they are. */
export type Sockets = {
  emit(socket: SocketId, event: string, content: unknown): void
  /** How many bytes wait for it to read; 0 where that is not known. */
  unreadBy(socket: SocketId): number
  /** Cuts a socket off; it is to come again. */
  cut(socket: SocketId, reason: string): void
  isOpen(socket: SocketId): boolean
}

export const DONE: DeskAnswer = { reply: '{}' }

export const refusal = (refused: RefusalCode): DeskAnswer => ({ reply: JSON.stringify({ refused } satisfies Refusal) })

/** The refusal of what no honest peer says. */
export const offence = (refused: RefusalCode): DeskAnswer => ({ ...refusal(refused), strike: refused })
