// Keeps the classes' rooms and answers each message in them. Knows sockets by name only, reads no clock, and does not
// look into what host and participants tell each other.
import {
  type LabClockReply,
  type LabDelivery,
  type LabHostReply,
  type LabHostRequest,
  type LabJoinReply,
  type LabJoinRequest,
  type LabSendRequest,
  type Refusal,
  type RefusalCode,
  ROOM_CODE_ALPHABET,
  ROOM_CODE_LENGTH,
  type RoomCode,
  type RoomToken,
} from '@swarmdrop/core'
import type { SocketId } from './members'
import { Room, type Seat, seen } from './room'

/** What a socket said (already validated), or that it is gone. */
export type RoomMessage =
  | { type: 'lab-create' }
  | ({ type: 'lab-host' } & LabHostRequest)
  | ({ type: 'lab-join' } & LabJoinRequest)
  | ({ type: 'lab-send' } & LabSendRequest)
  | { type: 'lab-clock' }
  | { type: 'disconnect' }

type RoomReply = LabHostReply | LabJoinReply | LabClockReply | Refusal | Record<string, never>

/** The answer to the socket that asked, and what others are to hear. */
export type RoomOutgoing = { reply: RoomReply; deliveries: { socket: SocketId; lab: LabDelivery }[] }

export type RoomsOptions = {
  random: () => number
  /** Must not repeat nor be guessed: 16 random bytes as base64url. */
  newToken: () => RoomToken
  maxRooms?: number
  /** A room in which nothing happens is forgotten after this long; an empty one after `emptyMs`. */
  idleMs?: number
  emptyMs?: number
}

type Place = { room: Room; seat: Seat | 'host' }

const HOUR_MS = 3_600_000
/** Rooms are looked over for expiry at most this often. */
const SWEEP_MS = 60_000

const refuse = (refused: RefusalCode): RoomOutgoing => ({ reply: { refused }, deliveries: [] })

export class Rooms {
  readonly #rooms = new Map<RoomCode, Room>()
  readonly #places = new Map<SocketId, Place>()
  readonly #options: Required<RoomsOptions>
  #sweepAtMs = 0

  constructor(options: RoomsOptions) {
    this.#options = { maxRooms: 1_000, idleMs: 12 * HOUR_MS, emptyMs: 2 * HOUR_MS, ...options }
  }

  get counts(): { rooms: number; sockets: number } {
    return { rooms: this.#rooms.size, sockets: this.#places.size }
  }

  handle(socket: SocketId, message: RoomMessage, now: number): RoomOutgoing {
    this.#sweep(now)
    const place = this.#places.get(socket)
    if (place) place.room.usedAtMs = now
    switch (message.type) {
      case 'lab-clock':
        return { reply: { nowMs: now }, deliveries: [] }
      case 'lab-create':
        return place ? refuse('already-joined') : this.#create(socket, now)
      case 'lab-host':
        return place ? refuse('already-joined') : this.#host(socket, message, now)
      case 'lab-join':
        return place ? refuse('already-joined') : this.#join(socket, message, now)
      case 'lab-send':
        return place ? send(place, message) : refuse('not-in-room')
      case 'disconnect':
        return this.#disconnect(socket)
    }
  }

  #create(socket: SocketId, now: number): RoomOutgoing {
    if (this.#rooms.size >= this.#options.maxRooms) return refuse('room-full')
    const room = new Room(this.#newCode(), this.#options.newToken(), now)
    this.#rooms.set(room.code, room)
    return this.#enterAsHost(socket, room)
  }

  #host(socket: SocketId, { code, token }: LabHostRequest, now: number): RoomOutgoing {
    const room = this.#rooms.get(code)
    if (!room) return refuse('unknown-room')
    if (token !== room.hostToken) return refuse('wrong-token')
    room.usedAtMs = now
    return this.#enterAsHost(socket, room)
  }

  #enterAsHost(socket: SocketId, room: Room): RoomOutgoing {
    // A reload is here before the old socket is known to be gone: the newest holds the room.
    if (room.hostSocket !== undefined) this.#places.delete(room.hostSocket)
    room.hostSocket = socket
    this.#places.set(socket, { room, seat: 'host' })
    const { code, hostToken: token, participants } = room
    return { reply: { code, token, participants }, deliveries: tellAll(room, { type: 'host', present: true }) }
  }

  #join(socket: SocketId, { code, name, token }: LabJoinRequest, now: number): RoomOutgoing {
    const room = this.#rooms.get(code)
    if (!room) return refuse('unknown-room')
    const former = token === undefined ? undefined : this.#socketOf(room, token)
    const seat = room.take(name, token, this.#options.newToken, socket)
    if (!seat) return refuse('room-full')
    if (former !== undefined) this.#places.delete(former)
    room.usedAtMs = now
    this.#places.set(socket, { room, seat })
    return {
      reply: { id: seat.id, token: seat.token, hostPresent: room.hostSocket !== undefined },
      deliveries: tellHost(room, { type: 'participant', participant: seen(seat) }),
    }
  }

  #socketOf(room: Room, token: RoomToken): SocketId | undefined {
    for (const [socket, place] of this.#places)
      if (place.room === room && place.seat !== 'host' && place.seat.token === token) return socket
    return undefined
  }

  #disconnect(socket: SocketId): RoomOutgoing {
    const place = this.#places.get(socket)
    if (!place) return { reply: {}, deliveries: [] }
    this.#places.delete(socket)
    const { room, seat } = place
    if (seat === 'host') {
      room.hostSocket = undefined
      return { reply: {}, deliveries: tellAll(room, { type: 'host', present: false }) }
    }
    seat.socket = undefined
    return { reply: {}, deliveries: tellHost(room, { type: 'participant', participant: seen(seat) }) }
  }

  #sweep(now: number): void {
    if (now < this.#sweepAtMs) return
    this.#sweepAtMs = now + SWEEP_MS
    const { idleMs, emptyMs } = this.#options
    for (const room of this.#rooms.values()) {
      if (now - room.usedAtMs < (room.isEmpty ? emptyMs : idleMs)) continue
      this.#rooms.delete(room.code)
      for (const [socket, place] of this.#places) if (place.room === room) this.#places.delete(socket)
    }
  }

  #newCode(): RoomCode {
    const draw = () => ROOM_CODE_ALPHABET[Math.floor(this.#options.random() * ROOM_CODE_ALPHABET.length)] ?? 'A'
    for (;;) {
      const code = Array.from({ length: ROOM_CODE_LENGTH }, draw).join('')
      if (!this.#rooms.has(code)) return code
    }
  }
}

/** The host speaks to one or all; a participant to the host alone. */
function send({ room, seat }: Place, { to, body }: LabSendRequest): RoomOutgoing {
  if (seat !== 'host') {
    if (to !== undefined) return refuse('not-in-room')
    return { reply: {}, deliveries: tellHost(room, { type: 'message', from: seat.id, body }) }
  }
  if (to === undefined) return refuse('not-in-room')
  const lab: LabDelivery = { type: 'message', from: 'host', body }
  if (to === 'all') return { reply: {}, deliveries: tellAll(room, lab) }
  const socket = room.seat(to)?.socket
  return socket === undefined ? refuse('unknown-peer') : { reply: {}, deliveries: [{ socket, lab }] }
}

const tellAll = (room: Room, lab: LabDelivery) => room.presentSockets.map((socket) => ({ socket, lab }))

const tellHost = ({ hostSocket }: Room, lab: LabDelivery) =>
  hostSocket === undefined ? [] : [{ socket: hostSocket, lab }]
