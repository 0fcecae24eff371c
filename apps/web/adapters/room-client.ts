// A tab's line to its room at the tracker: as host or participant, back by itself after a loss, and the tracker's time.
// Knows nothing of what is said there.
import { LabClockReply, LabDelivery, LabHostReply, LabJoinReply, Refusal, type RefusalCode } from '@swarmdrop/core'
import { io, type Socket } from 'socket.io-client'

const ANSWER_TIMEOUT_MS = 10_000
/** The quickest of so many answers tells the time best. */
const CLOCK_QUESTIONS = 5

export type RoomAnswer<T> = { ok: true; reply: T } | { ok: false; refused: RefusalCode | 'no-answer' }

export type RoomHandlers = {
  /** The line stands (again): say who you are. */
  connected(): void
  lost(): void
  delivered(delivery: LabDelivery): void
}

export class RoomClient {
  readonly #socket: Socket
  /** What to add to `performance.now()` for the tracker's time. */
  #offsetMs: number | undefined

  constructor(url: string, handlers: RoomHandlers) {
    this.#socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 4_000,
    })
    this.#socket.on('connect', () => handlers.connected())
    this.#socket.on('disconnect', () => handlers.lost())
    this.#socket.on('lab', (delivery: unknown) => {
      const parsed = LabDelivery.safeParse(delivery)
      if (parsed.success) handlers.delivered(parsed.data)
    })
  }

  create(): Promise<RoomAnswer<LabHostReply>> {
    return this.#askFor(LabHostReply, 'lab-create', {})
  }

  host(code: string, token: string): Promise<RoomAnswer<LabHostReply>> {
    return this.#askFor(LabHostReply, 'lab-host', { code, token })
  }

  join(code: string, name: string, token: string | undefined): Promise<RoomAnswer<LabJoinReply>> {
    return this.#askFor(LabJoinReply, 'lab-join', { code, name, ...(token !== undefined && { token }) })
  }

  /** To the host, or from the host to one or all. What cannot be carried now is lost: the next report says it anew. */
  send(message: object, to?: number | 'all'): void {
    if (!this.#socket.connected) return
    this.#socket.emit('lab-send', { ...(to !== undefined && { to }), body: JSON.stringify(message) })
  }

  /** Sets our clock by the tracker's, NTP's way: the answer is taken to be from the middle of its round trip. */
  async alignClock(): Promise<void> {
    let bestMs = Number.POSITIVE_INFINITY
    for (let i = 0; i < CLOCK_QUESTIONS; i++) {
      const askedAt = performance.now()
      const answer = await this.#askFor(LabClockReply, 'lab-clock', {})
      const roundTripMs = performance.now() - askedAt
      if (!answer.ok || roundTripMs >= bestMs) continue
      bestMs = roundTripMs
      this.#offsetMs = answer.reply.nowMs - (askedAt + roundTripMs / 2)
    }
  }

  /** From this tab's clock (`performance.now()`) to the tracker's. Before the clock was aligned, by the wall clock. */
  toRoomMs(ownMs: number): number {
    return ownMs + (this.#offsetMs ?? performance.timeOrigin)
  }

  toOwnMs(roomMs: number): number {
    return roomMs - (this.#offsetMs ?? performance.timeOrigin)
  }

  close(): void {
    this.#socket.removeAllListeners()
    this.#socket.disconnect()
  }

  async #askFor<T>(
    schema: { safeParse(value: unknown): { success: boolean; data?: T | undefined } },
    event: string,
    request: object,
  ): Promise<RoomAnswer<T>> {
    const answer = await this.#ask(event, request)
    const { data } = schema.safeParse(answer)
    if (data !== undefined) return { ok: true, reply: data }
    const refusal = Refusal.safeParse(answer)
    return { ok: false, refused: refusal.success ? refusal.data.refused : 'no-answer' }
  }

  async #ask(event: string, request: object): Promise<unknown> {
    try {
      return await this.#socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(event, request)
    } catch {
      return undefined
    }
  }
}
