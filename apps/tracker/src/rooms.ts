// Keeps the classes' rooms and answers each message in them. Knows sockets by name only, reads no clock, and does not
// look into what host and participants tell each other.
import {
  type LabClockReply,
  type LabDelivery,
  type LabHostReply,
  type LabHostRequest,
  type LabJoinReply,
  type LabJoinRequest,
  type LabLockRequest,
  type LabSeatRequest,
  type LabSendRequest,
  type Refusal,
  type RefusalCode,
  ROOM_CODE_ALPHABET,
  ROOM_CODE_LENGTH,
  type RoomCode,
  type RoomToken,
} from '@swarmdrop/core/signaling'
import type { SocketId } from './members'
import { markOf, participantOf, Room, type Seat } from './room'
import { roomToGo } from './room-to-go'

/** A message of a socket, already validated, or that it is gone. */
export type RoomMessage =
  | { type: 'lab-create' }
  | ({ type: 'lab-host' } & LabHostRequest)
  | ({ type: 'lab-join' } & LabJoinRequest)
  | ({ type: 'lab-send' } & LabSendRequest)
  | ({ type: 'lab-seat' } & LabSeatRequest)
  | ({ type: 'lab-lock' } & LabLockRequest)
  | { type: 'lab-clock' }
  | { type: 'disconnect' }

type RoomReply = LabHostReply | LabJoinReply | LabClockReply | Refusal | Record<string, never>

/** The sender of a message, and what it counts against. */
export type Sender = { socket: SocketId; address: string }

/**
 * The answer to the socket that asked, and what others are to hear. `wrongCode`: it named a room that there is not, or
 * not for it. `outside`: the host of a room that made way; it is to come again.
 */
export type RoomOutgoing = {
  reply: RoomReply
  deliveries: { socket: SocketId; lab: LabDelivery }[]
  wrongCode?: boolean
  outside?: SocketId
}

export type RoomsOptions = {
  random: () => number
  /** Must not repeat nor be guessed: 16 random bytes as base64url. */
  newToken: () => RoomToken
  maxRooms?: number
  /** Opened by one address. */
  maxRoomsPerAddress?: number
  /**
   * A room in which nothing happens is forgotten after this long; an empty one after `emptyMs`, and after `unvisitedMs`
   * if nobody ever came.
   */
  idleMs?: number
  emptyMs?: number
  unvisitedMs?: number
}

/** In which room a socket is, and as whom. */
type Presence = { room: Room; seat: Seat | 'host' }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Rooms are looked over for expiry at most this often. */
const SWEEP_MS = MINUTE_MS

const refuse = (refused: RefusalCode): RoomOutgoing => ({ reply: { refused }, deliveries: [] })

export class Rooms {
  readonly #rooms = new Map<RoomCode, Room>()
  readonly #presences = new Map<SocketId, Presence>()
  readonly #options: Required<RoomsOptions>
  #sweepAtMs = 0

  constructor(options: RoomsOptions) {
    this.#options = {
      maxRooms: 1_000,
      maxRoomsPerAddress: 64,
      idleMs: 12 * HOUR_MS,
      emptyMs: 2 * HOUR_MS,
      unvisitedMs: 5 * MINUTE_MS,
      ...options,
    }
  }

  get counts(): { rooms: number; sockets: number } {
    return { rooms: this.#rooms.size, sockets: this.#presences.size }
  }

  /** Whether the answer would tell somebody who cannot know it if there is a room of this code. */
  isGuess(message: RoomMessage): boolean {
    // Who names the mark of its room learns of no other.
    if (message.type === 'lab-join') return message.room === undefined
    return message.type === 'lab-host' && this.#rooms.get(message.code)?.mark !== markOf(message.token)
  }

  /** Whom this socket speaks to as a participant; undefined where it is none, or its host is away. */
  hostOf(socket: SocketId): SocketId | undefined {
    const presence = this.#presences.get(socket)
    return presence?.seat === 'host' ? undefined : presence?.room.hostSocket
  }

  handle(sender: Sender, message: RoomMessage, now: number): RoomOutgoing {
    this.#sweep(now)
    const { socket } = sender
    const presence = this.#presences.get(socket)
    if (presence) presence.room.usedAtMs = now
    switch (message.type) {
      case 'lab-clock':
        return { reply: { nowMs: now }, deliveries: [] }
      case 'lab-create':
        return presence ? refuse('already-joined') : this.#create(sender, now)
      case 'lab-host':
        return presence ? refuse('already-joined') : this.#host(sender, message, now)
      case 'lab-join':
        return presence ? refuse('already-joined') : this.#join(socket, message, now)
      case 'lab-send':
        return presence ? send(presence, message) : refuse('not-in-room')
      case 'lab-seat':
        return presence?.seat === 'host' ? this.#changeSeat(presence.room, message) : refuse('not-in-room')
      case 'lab-lock':
        if (presence?.seat !== 'host') return refuse('not-in-room')
        presence.room.locked = message.locked
        return { reply: {}, deliveries: [] }
      case 'disconnect':
        return this.#disconnect(socket)
    }
  }

  #create({ socket, address }: Sender, now: number): RoomOutgoing {
    const token = this.#options.newToken()
    return this.#open(socket, new Room(this.#newCode(), markOf(token), address, now), token, now)
  }

  /** A tracker that was restarted knows no room: its host brings it along. */
  #host({ socket, address }: Sender, { code, token, seats, locked }: LabHostRequest, now: number): RoomOutgoing {
    const room = this.#rooms.get(code)
    const mark = markOf(token)
    if (!room && !seats) return { ...refuse('unknown-room'), wrongCode: true }
    if (!room) {
      const brought = new Room(code, mark, address, now, seats)
      brought.locked = locked ?? false
      // It tells that there is no room of this code, as a refusal would.
      return { ...this.#open(socket, brought, token, now), wrongCode: true }
    }
    if (mark !== room.mark) return { ...refuse('wrong-token'), wrongCode: true }
    room.usedAtMs = now
    return this.#enterAsHost(socket, room, token)
  }

  /** Another makes way for it where there are too many. */
  #open(socket: SocketId, room: Room, token: RoomToken, now: number): RoomOutgoing {
    const making = roomToGo(this.#rooms.values(), room.address, this.#options, now)
    if (making === 'none') return refuse('room-full')
    if (making) this.#forget(making)
    this.#rooms.set(room.code, room)
    const entered = this.#enterAsHost(socket, room, token)
    return making?.hostSocket === undefined ? entered : { ...entered, outside: making.hostSocket }
  }

  #enterAsHost(socket: SocketId, room: Room, token: RoomToken): RoomOutgoing {
    // A reload is here before the old socket is known to be gone: the newest holds the room.
    const replaced = this.#replace(room.hostSocket)
    room.hostSocket = socket
    this.#presences.set(socket, { room, seat: 'host' })
    const { code, participants, locked } = room
    const deliveries = [...replaced, ...tellAll(room, { type: 'host', present: true })]
    return { reply: { code, token, participants, ...(locked && { locked }) }, deliveries }
  }

  #join(socket: SocketId, { code, name, token: own, room: mark }: LabJoinRequest, now: number): RoomOutgoing {
    const room = this.#rooms.get(code)
    // Anyone who was in a room is not led into another that took its code.
    if (!room || (mark !== undefined && mark !== room.mark))
      return { ...refuse('unknown-room'), wrongCode: mark === undefined }
    const known = own === undefined ? undefined : room.seatOf(own)
    if (known?.removed) return refuse('removed')
    if (!known && room.locked) return refuse('room-locked')
    const token = known && own !== undefined ? own : this.#options.newToken()
    const seat = known ?? room.seatFor(name, token)
    if (!seat) return refuse('room-full')
    const replaced = this.#replace(seat.socket)
    seat.socket = socket
    // What its owner says on coming back is not what its host has called it since.
    room.name(seat, known ? seat.name : name)
    room.usedAtMs = now
    this.#presences.set(socket, { room, seat })
    return {
      reply: { id: seat.id, name: seat.name, token, room: room.mark, hostPresent: room.hostSocket !== undefined },
      deliveries: [...replaced, ...tellHost(room, { type: 'participant', participant: participantOf(seat) })],
    }
  }

  #changeSeat(room: Room, { id, name, removed }: LabSeatRequest): RoomOutgoing {
    const seat = room.seat(id)
    if (!seat) return refuse('unknown-peer')
    if (name !== undefined) room.name(seat, name)
    if (removed !== undefined) seat.removed = removed
    const { socket } = seat
    const isSentOut = seat.removed && socket !== undefined
    if (isSentOut) {
      this.#presences.delete(socket)
      seat.socket = undefined
    }
    const told = tellHost(room, { type: 'participant', participant: participantOf(seat) })
    return { reply: {}, deliveries: isSentOut ? [{ socket, lab: { type: 'removed' } }, ...told] : told }
  }

  /** Tells a socket that another has taken its place. It may be a duplicated tab, whose person would wait for ever. */
  #replace(socket: SocketId | undefined): RoomOutgoing['deliveries'] {
    if (socket === undefined) return []
    this.#presences.delete(socket)
    return [{ socket, lab: { type: 'replaced' } }]
  }

  #disconnect(socket: SocketId): RoomOutgoing {
    const presence = this.#presences.get(socket)
    if (!presence) return { reply: {}, deliveries: [] }
    this.#presences.delete(socket)
    const { room, seat } = presence
    if (seat === 'host') {
      room.hostSocket = undefined
      return { reply: {}, deliveries: tellAll(room, { type: 'host', present: false }) }
    }
    seat.socket = undefined
    return { reply: {}, deliveries: tellHost(room, { type: 'participant', participant: participantOf(seat) }) }
  }

  #sweep(now: number): void {
    if (now < this.#sweepAtMs) return
    this.#sweepAtMs = now + SWEEP_MS
    for (const room of this.#rooms.values()) if (now - room.usedAtMs >= this.#keepsMs(room)) this.#forget(room)
  }

  #keepsMs(room: Room): number {
    const { idleMs, emptyMs, unvisitedMs } = this.#options
    if (!room.isEmpty) return idleMs
    return room.isVisited ? emptyMs : unvisitedMs
  }

  #forget(room: Room): void {
    this.#rooms.delete(room.code)
    for (const socket of [room.hostSocket, ...room.presentSockets]) if (socket) this.#presences.delete(socket)
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
function send({ room, seat }: Presence, { to, body }: LabSendRequest): RoomOutgoing {
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
