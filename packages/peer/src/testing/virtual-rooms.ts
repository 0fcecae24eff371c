// The rooms of the virtual tracker: seats, tokens and presence, as the real one keeps them.
import type { Refusal, RefusalCode } from '@swarmdrop/core/signaling'
import type { VirtualTime } from './virtual-time'

/** The tracker's end of a line. */
export type LineEnd = { deliver(event: string, payload: unknown): void }

type Seat = {
  id: number
  name: string
  token: string | undefined
  mark: string
  line: LineEnd | undefined
  removed?: boolean
}
type Room = { code: string; token: string; mark: string; host: LineEnd | undefined; locked: boolean; seats: Seat[] }

export class VirtualRooms {
  readonly #time: VirtualTime
  readonly #drawId: (kind: string) => string
  readonly #rooms = new Map<string, Room>()
  #opened = 0

  constructor(time: VirtualTime, drawId: (kind: string) => string) {
    this.#time = time
    this.#drawId = drawId
  }

  answer(line: LineEnd, event: string, request: Record<string, unknown>): unknown {
    const { code, token } = request as { code: string; token: string | undefined }
    switch (event) {
      case 'lab-clock':
        return { nowMs: this.#time.wallMs() }
      case 'lab-create': {
        const room = this.#open(`ABCDE${'23456789'[this.#opened++]}`, this.#drawId('t'))
        return this.#hosted(room, line)
      }
      case 'lab-host': {
        const { seats = [], locked } = request as {
          seats?: { id: number; name: string; mark: string; removed?: boolean }[]
          locked?: boolean
        }
        const known = this.#rooms.get(code)
        if (known && known.token !== token) return refuse('wrong-token')
        const room = known ?? this.#open(code, String(token))
        if (!known) room.locked = locked ?? false
        for (const seat of seats)
          if (!room.seats.some(({ id }) => id === seat.id))
            room.seats.push({ ...seat, token: undefined, line: undefined })
        return this.#hosted(room, line)
      }
      case 'lab-join':
        return this.#join(line, request as { code: string; name: string; token?: string; room?: string })
      case 'lab-seat':
        return this.#changeSeat(line, request as { id: number; name?: string; removed?: boolean })
      case 'lab-lock':
        for (const room of this.#rooms.values()) if (room.host === line) room.locked = request.locked === true
        return {}
      case 'lab-send':
        return this.#send(line, request as { to?: number | 'all'; body: string })
      default:
        return refuse('invalid')
    }
  }

  gone(line: LineEnd): void {
    for (const room of this.#rooms.values()) {
      if (room.host === line) {
        room.host = undefined
        for (const seat of room.seats) seat.line?.deliver('lab', { type: 'host', present: false })
      }
      for (const seat of room.seats) {
        if (seat.line !== line) continue
        seat.line = undefined
        this.#tellHost(room, seat)
      }
    }
  }

  #open(code: string, token: string): Room {
    const room: Room = { code, token, mark: markOf(token), host: undefined, locked: false, seats: [] }
    this.#rooms.set(code, room)
    return room
  }

  #hosted(room: Room, line: LineEnd): unknown {
    replaced(room.host, line)
    room.host = line
    for (const seat of room.seats) seat.line?.deliver('lab', { type: 'host', present: true })
    return { code: room.code, token: room.token, locked: room.locked, participants: room.seats.map(shown) }
  }

  #join(
    line: LineEnd,
    { code, name, token, room: mark }: { code: string; name: string; token?: string; room?: string },
  ) {
    const room = this.#rooms.get(code)
    if (!room || (mark !== undefined && mark !== room.mark)) return refuse('unknown-room')
    const known = token === undefined ? undefined : room.seats.find((seat) => seat.mark === markOf(token))
    if (known?.removed) return refuse('removed')
    if (!known && room.locked) return refuse('room-locked')
    const own = known?.token ?? token ?? this.#drawId('s')
    const seat: Seat = known ?? { id: room.seats.length + 1, name, token: own, mark: markOf(own), line: undefined }
    if (!known) room.seats.push(seat)
    seat.token = own
    replaced(seat.line, line)
    seat.line = line
    this.#tellHost(room, seat)
    return { id: seat.id, name: seat.name, token: own, room: room.mark, hostPresent: room.host !== undefined }
  }

  #changeSeat(line: LineEnd, { id, ...change }: { id: number; name?: string; removed?: boolean }): unknown {
    const room = [...this.#rooms.values()].find(({ host }) => host === line)
    const seat = room?.seats.find((one) => one.id === id)
    if (!room || !seat) return refuse('unknown-peer')
    Object.assign(seat, change)
    if (seat.removed) {
      seat.line?.deliver('lab', { type: 'removed' })
      seat.line = undefined
    }
    this.#tellHost(room, seat)
    return {}
  }

  #send(line: LineEnd, { to, body }: { to?: number | 'all'; body: string }): unknown {
    for (const room of this.#rooms.values()) {
      if (room.host === line) {
        for (const seat of room.seats)
          if (to === 'all' || to === seat.id) seat.line?.deliver('lab', { type: 'message', from: 'host', body })
      }
      const seat = room.seats.find((one) => one.line === line)
      if (seat) room.host?.deliver('lab', { type: 'message', from: seat.id, body })
    }
    return {}
  }

  #tellHost(room: Room, seat: Seat): void {
    room.host?.deliver('lab', { type: 'participant', participant: shown(seat) })
  }
}

function replaced(before: LineEnd | undefined, line: LineEnd): void {
  if (before !== line) before?.deliver('lab', { type: 'replaced' })
}

const shown = ({ id, name, mark, line, removed }: Seat) => ({
  id,
  name,
  mark,
  present: line !== undefined,
  ...(removed && { removed }),
})

/** A mark of the token. As with a real mark, nobody finds the token by it, here for want of trying. */
const markOf = (token: string) => `m${token.slice(1)}`

export const refuse = (refused: RefusalCode): Refusal => ({ refused })
