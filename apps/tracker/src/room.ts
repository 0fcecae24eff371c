// One class's room: its host, its participants, and which sockets they speak from now. Knows nothing of what they say.
import { createHash } from 'node:crypto'
import {
  type LabHostRequest,
  MAX_NAME_CHARACTERS,
  MAX_PARTICIPANTS,
  type Participant,
  type ParticipantId,
  type RoomCode,
  type RoomMark,
  type RoomToken,
} from '@swarmdrop/core/signaling'
import type { SocketId } from './members'

export type Seat = {
  id: ParticipantId
  name: string
  mark: RoomMark
  socket: SocketId | undefined
  /** The owner of the seat was sent out, and may not come back to it. */
  removed: boolean
}

export class Room {
  hostSocket: SocketId | undefined
  /** The room is locked: nobody without a seat gets one. */
  locked = false
  /** When anybody last did something here. */
  usedAtMs: number
  readonly #seats = new Map<ParticipantId, Seat>()
  #lastId = 0

  constructor(
    readonly code: RoomCode,
    /** The mark of the host's token. */
    readonly mark: RoomMark,
    /** The address that opened the room. */
    readonly address: string,
    now: number,
    seats: Required<LabHostRequest>['seats'] = [],
  ) {
    this.usedAtMs = now
    for (const { removed = false, ...seat } of seats) this.#seats.set(seat.id, { ...seat, removed, socket: undefined })
    this.#lastId = Math.max(0, ...this.#seats.keys())
  }

  get participants(): Participant[] {
    return [...this.#seats.values()].map(participantOf)
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
    const seat: Seat = { id: ++this.#lastId, name, mark: markOf(token), socket: undefined, removed: false }
    this.#seats.set(seat.id, seat)
    return seat
  }

  /** Gives a seat a name of its own: another of the same name gets a number. */
  name(seat: Seat, name: string): void {
    const others = [...this.#seats.values()].filter((other) => other !== seat && other.socket !== undefined)
    const taken = new Set(others.map((other) => likeSpoken(other.name)))
    seat.name = name
    for (let number = 2; taken.has(likeSpoken(seat.name)); number++) seat.name = numbered(name, number)
  }

  /**
   * A full room gives the place of somebody who has gone to somebody who is here. Those who were sent out go last:
   * without their seat nobody would know them again.
   */
  #freeOne(): boolean {
    const gone = [...this.#seats.values()].filter(({ socket }) => socket === undefined)
    const first = gone.find(({ removed }) => !removed) ?? gone[0]
    return first !== undefined && this.#seats.delete(first.id)
  }
}

const likeSpoken = (name: string) => name.normalize('NFKC').trim().toLowerCase()

/** "Ada 2". A long name makes room for its number, by whole characters. */
function numbered(name: string, number: number): string {
  const ending = ` ${number}`
  let start = name
  while (start.length + ending.length > MAX_NAME_CHARACTERS) start = [...start].slice(0, -1).join('')
  return start + ending
}

/** Says which token it was, and not what it is. */
export const markOf = (token: RoomToken): RoomMark =>
  createHash('sha256').update(token).digest('base64url').slice(0, 22)

/** A seat as the host is told of it: who has it, and whether they are here. */
export const participantOf = ({ id, name, mark, socket, removed }: Seat): Participant => ({
  id,
  name,
  mark,
  present: socket !== undefined,
  ...(removed && { removed }),
})
