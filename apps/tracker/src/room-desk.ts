// What sockets say about the laboratory's rooms, and who may say how much of it. Knows nothing of how rooms are kept.
import {
  LabClockRequest,
  LabCreateRequest,
  LabHostRequest,
  LabJoinRequest,
  LabLockRequest,
  LabSeatRequest,
  LabSendRequest,
} from '@swarmdrop/core/signaling'
import { type Desk, type DeskAnswer, type From, offence, refusal, type Sockets } from './desk'
import { type Limits, signalCost } from './limits'
import { KeyedBuckets } from './rate-limit'
import type { RoomMessage, Rooms } from './rooms'

export type RoomDeskOptions = {
  rooms: Rooms
  limits: Limits
  sockets: Sockets
  /** Codes of rooms that there are not, by address. */
  wrongCodes: KeyedBuckets
}

export class RoomDesk implements Desk {
  readonly #options: RoomDeskOptions
  /** What each participant tells its host. */
  readonly #reports: KeyedBuckets

  constructor(options: RoomDeskOptions) {
    this.#options = options
    this.#reports = new KeyedBuckets(options.limits.reports, options.limits.connections)
  }

  answer(from: From, event: string, content: unknown, now: number): DeskAnswer | undefined {
    if (!Object.hasOwn(requests, event)) return undefined
    const message = parse(event as keyof typeof requests, content)
    if (!message) return offence('invalid')
    const { rooms, wrongCodes } = this.#options
    // Also the right code is not told from a wrong one where an address has asked for too many.
    if (rooms.isGuess(message) && wrongCodes.left(from.address, now) < 1) return refusal('rate-limited')
    if (message.type === 'lab-send' && message.to === undefined && !this.#reachesHost(from, message.body, now))
      return refusal('receiver-busy')
    const { reply, wrongCode } = this.#handle(from, message, now)
    if (wrongCode) wrongCodes.take(from.address, 1, now)
    return wrongCode && 'refused' in reply ? offence(reply.refused) : { reply: JSON.stringify(reply) }
  }

  gone(from: From, now: number): void {
    this.#handle(from, { type: 'disconnect' }, now)
  }

  /** Whether a participant's message reaches its host: it is refused before it fills the host's line. */
  #reachesHost({ socket }: From, body: string, now: number): boolean {
    const { rooms, limits, sockets } = this.#options
    const host = rooms.hostOf(socket)
    if (host === undefined) return true
    return sockets.unreadBy(host) <= limits.unreadFromOthersBytes && this.#reports.take(socket, signalCost(body), now)
  }

  #handle(from: From, message: RoomMessage, now: number) {
    const { rooms, sockets } = this.#options
    const outgoing = rooms.handle(from, message, now)
    for (const { socket, lab } of outgoing.deliveries) sockets.emit(socket, 'lab', lab)
    if (outgoing.outside !== undefined) sockets.cut(outgoing.outside, 'its room has made way for another')
    return outgoing
  }
}

const requests = {
  'lab-create': LabCreateRequest,
  'lab-host': LabHostRequest,
  'lab-join': LabJoinRequest,
  'lab-send': LabSendRequest,
  'lab-seat': LabSeatRequest,
  'lab-lock': LabLockRequest,
  'lab-clock': LabClockRequest,
}

function parse(type: keyof typeof requests, content: unknown): RoomMessage | undefined {
  const { data } = requests[type].safeParse(content)
  return data && ({ type, ...data } as RoomMessage)
}
