// One class's room: its host, its participants, and which sockets they speak from now. Knows nothing of what they say.
import { MAX_PARTICIPANTS, type Participant, type ParticipantId, type RoomCode, type RoomToken } from '@swarmdrop/core'
import type { SocketId } from './members'

export type Seat = { id: ParticipantId; name: string; token: RoomToken; socket: SocketId | undefined }

export class Room {
  hostSocket: SocketId | undefined
  /** When anybody last did something here. */
  usedAtMs: number
  readonly #seats = new Map<ParticipantId, Seat>()
  #lastId = 0

  constructor(
    readonly code: RoomCode,
    readonly hostToken: RoomToken,
    now: number,
  ) {
    this.usedAtMs = now
  }

  get participants(): Participant[] {
    return [...this.#seats.values()].map(seen)
  }

  get isEmpty(): boolean {
    return this.hostSocket === undefined && this.presentSockets.length === 0
  }

  get presentSockets(): SocketId[] {
    return [...this.#seats.values()].flatMap(({ socket }) => socket ?? [])
  }

  seat(id: ParticipantId): Seat | undefined {
    return this.#seats.get(id)
  }

  /** The seat that the token stands for, or a new one; undefined when there is none to give. */
  take(name: string, token: RoomToken | undefined, newToken: () => RoomToken, socket: SocketId): Seat | undefined {
    const own = token && [...this.#seats.values()].find((seat) => seat.token === token)
    if (own) return Object.assign(own, { name, socket })
    if (this.#seats.size >= MAX_PARTICIPANTS && !this.#freeOne()) return undefined
    const seat: Seat = { id: ++this.#lastId, name, token: newToken(), socket }
    this.#seats.set(seat.id, seat)
    return seat
  }

  /** A full room gives the place of somebody who has gone to somebody who is here. */
  #freeOne(): boolean {
    for (const { id, socket } of this.#seats.values()) if (socket === undefined) return this.#seats.delete(id)
    return false
  }
}

export const seen = ({ id, name, socket }: Seat): Participant => ({ id, name, present: socket !== undefined })
