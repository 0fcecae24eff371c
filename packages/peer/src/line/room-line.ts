// A peer's line to its room at the tracker: as host or participant, with the tracker's time. Knows nothing of what is
// said there.
import {
  LabClockReply,
  LabDelivery,
  LabHostReply,
  type LabHostRequest,
  LabJoinReply,
  type LabSeatRequest,
} from '@swarmdrop/core/signaling'
import * as z from 'zod/mini'
import type { Timers } from '../time/timers'
import { type Answered, askFor } from './answered'
import type { TrackerLine } from './tracker-line'

const Done = z.strictObject({})
/** The quickest of so many answers tells the time best. */
const CLOCK_QUESTIONS = 5

export type RoomLineHandlers = {
  /** The line stands (again): say who you are. */
  up(): void
  lost(): void
  delivered(delivery: LabDelivery): void
}

export class RoomLine {
  readonly #line: TrackerLine
  readonly #time: Timers
  /** The tracker's clock less our own. */
  #offsetMs: number | undefined

  constructor(line: TrackerLine, time: Timers) {
    this.#line = line
    this.#time = time
  }

  get isUp(): boolean {
    return this.#line.isUp
  }

  start({ up, lost, delivered }: RoomLineHandlers): void {
    this.#line.start({
      up,
      lost,
      heard: (event, payload) => {
        const delivery = event === 'lab' ? LabDelivery.safeParse(payload).data : undefined
        if (delivery) delivered(delivery)
      },
    })
  }

  create(): Promise<Answered<LabHostReply>> {
    return askFor(this.#line, LabHostReply, 'lab-create', {})
  }

  /** `seats`, `locked`: as the room was, for a tracker that has forgotten it. */
  host(
    code: string,
    token: string,
    seats: Required<LabHostRequest>['seats'],
    locked: boolean,
  ): Promise<Answered<LabHostReply>> {
    return askFor(this.#line, LabHostReply, 'lab-host', { code, token, seats, ...(locked && { locked }) })
  }

  /** `seat`: what an earlier join of the same room gave. */
  join(code: string, name: string, seat: { token: string; room: string } | undefined): Promise<Answered<LabJoinReply>> {
    return askFor(this.#line, LabJoinReply, 'lab-join', { code, name, ...seat })
  }

  /** Gives a seat another name, or sends its owner out of the room, or lets them in again. From the host. */
  changeSeat(id: number, change: Omit<LabSeatRequest, 'id'>): Promise<Answered<object>> {
    return askFor(this.#line, Done, 'lab-seat', { id, ...change })
  }

  /** Says whether newcomers are let in. From the host. */
  lock(locked: boolean): Promise<Answered<object>> {
    return askFor(this.#line, Done, 'lab-lock', { locked })
  }

  /**
   * Sends to the host, or from the host to one or all. What cannot be carried now is lost: the next report says it
   * again.
   */
  send(message: object, to?: number | 'all'): void {
    this.#line.tell('lab-send', { ...(to !== undefined && { to }), body: JSON.stringify(message) })
  }

  /** Sets our clock by the tracker's, NTP's way: the answer is taken to be from the middle of its round trip. */
  async alignClock(): Promise<void> {
    let bestMs = Number.POSITIVE_INFINITY
    for (let i = 0; i < CLOCK_QUESTIONS; i++) {
      const askedAt = this.#time.now()
      const answer = await askFor(this.#line, LabClockReply, 'lab-clock', {})
      const roundTripMs = this.#time.now() - askedAt
      // Who does not answer now will not answer the next one either: nobody should wait five times for that.
      if (!answer.ok) return
      if (roundTripMs >= bestMs) continue
      bestMs = roundTripMs
      this.#offsetMs = answer.reply.nowMs - (askedAt + roundTripMs / 2)
    }
  }

  /** The tracker's time at a time of our clock. Before the clocks were aligned, by the wall clocks of both machines. */
  toRoomMs(ownMs: number): number {
    return ownMs + this.#offset
  }

  toOwnMs(roomMs: number): number {
    return roomMs - this.#offset
  }

  /** Tries a new line, as this one brings no answers. */
  renew(): void {
    this.#line.renew()
  }

  close(): void {
    this.#line.close()
  }

  get #offset(): number {
    return this.#offsetMs ?? this.#time.wallMs() - this.#time.now()
  }
}
