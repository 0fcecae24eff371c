// One class's room: its host, its participants, and which sockets they speak from now. Knows nothing of what they say.
import { createHash } from 'node:crypto'
import {
  type LabHostRequest,
  MAX_PARTICIPANTS,
  type Participant,
  type ParticipantId,
  type RoomCode,
  type RoomMark,
  type RoomToken,
} from '@swarmdrop/core'
import type { SocketId } from './members'

export type Seat = { id: ParticipantId; name: string; mark: RoomMark; socket: SocketId | undefined }

export class Room {
  hostSocket: SocketId | undefined
  /** When anybody last did something here. */
  usedAtMs: number
  readonly #seats = new Map<ParticipantId, Seat>()
  #lastId = 0

  constructor(
    readonly code: RoomCode,
    /** Of the host's token. */
    readonly mark: RoomMark,
    /** Of who opened it. */
    readonly address: string,
    now: number,
    seats: Required<LabHostRequest>['seats'] = [],
  ) {
    this.usedAtMs = now
    for (const seat of seats) this.#seats.set(seat.id, { ...seat, socket: undefined })
    this.#lastId = Math.max(0, ...this.#seats.keys())
  }

  get participants(): Participant[] {
    return [...this.#seats.values()].map(seen)
  }

  get isEmpty(): boolean {
    return this.hostSocket === undefined && this.presentSockets.length === 0
  }

  /** Has anybody ever come to it, whether they are here or not? */
  get isVisited(): boolean {
    return this.#lastId > 0
  }

  get presentSockets(): SocketId[] {
    return [...this.#seats.values()].flatMap(({ socket }) => socket ?? [])
  }

  seat(id: ParticipantId): Seat | undefined {
    return this.#seats.get(id)
  }

  /** The seat that the token stands for. */
  seatOf(token: RoomToken): Seat | undefined {
    const mark = markOf(token)
    return [...this.#seats.values()].find((seat) => seat.mark === mark)
  }

  /** A new seat; undefined when there is none to give. */
  seatFor(name: string, token: RoomToken): Seat | undefined {
    if (this.#seats.size >= MAX_PARTICIPANTS && !this.#freeOne()) return undefined
    const seat: Seat = { id: ++this.#lastId, name, mark: markOf(token), socket: undefined }
    this.#seats.set(seat.id, seat)
    return seat
  }

  /** A full room gives the place of somebody who has gone to somebody who is here. */
  #freeOne(): boolean {
    for (const { id, socket } of this.#seats.values()) if (socket === undefined) return this.#seats.delete(id)
    return false
  }
}

/** Says which token it was, and not what it is. */
export const markOf = (token: RoomToken): RoomMark =>
  createHash('sha256').update(token).digest('base64url').slice(0, 22)

export const seen = ({ id, name, mark, socket }: Seat): Participant => ({
  id,
  name,
  mark,
  present: socket !== undefined,
})
