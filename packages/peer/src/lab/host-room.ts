// The teacher's room: opened, entered again after a reload or a loss of the line, set up again where the tracker has
// forgotten it; and who is in it. Knows nothing of experiments.
import {
  type LabDelivery,
  MAX_NAME_CHARACTERS,
  type Participant,
  type RoomCode,
  type RoomToken,
} from '@swarmdrop/core/signaling'
import type { RoomLine } from '../line/room-line'
import { REACHED_WITHIN_MS } from '../line/tracker-line'
import { Retries, type RetriesPorts } from '../time/retries'
import { FromParticipant, read } from './messages'

export type Room =
  | { state: 'none' }
  | { state: 'opening' }
  | { state: 'open'; code: string }
  | { state: 'lost'; code: string }
  /** Another tab has it, and this one leaves it that. */
  | { state: 'replaced'; code: string }
  | { state: 'failed'; reason: string }

/** What a teacher must know to be a room's host again. */
export type RoomKey = { code: RoomCode; token: RoomToken }

export type HostRoomHandlers = {
  changed(): void
  /** The room stands. Worth remembering over a reload. */
  entered(key: RoomKey): void
  /** Another tab has taken the room. */
  replaced(): void
  vanished(seat: number): void
  told(seat: number, message: FromParticipant): void
}

export class HostRoom {
  readonly line: RoomLine
  readonly #time: RetriesPorts['time']
  readonly #retries: Retries
  readonly #handlers: HostRoomHandlers
  /** The participants, those who were sent out as well. */
  readonly #participants = new Map<number, Participant>()
  #isLocked = false
  #key: RoomKey | undefined
  #state: Room = { state: 'opening' }
  #isClosed = false
  #stopWaiting = () => {}

  /** `key`: of the room from before a reload. */
  constructor(line: RoomLine, ports: RetriesPorts, key: RoomKey | undefined, handlers: HostRoomHandlers) {
    this.line = line
    this.#time = ports.time
    this.#retries = new Retries(ports)
    this.#key = key
    this.#handlers = handlers
  }

  /** Resolves when the room stands for the first time, or none can be had for now. */
  start(): Promise<void> {
    return new Promise((entered) => {
      this.#stopWaiting = this.#time.after(REACHED_WITHIN_MS, () => {
        if (this.#state.state === 'opening') this.#become({ state: 'failed', reason: UNREACHED })
        entered()
      })
      this.line.start({
        up: () => {
          if (this.#state.state !== 'replaced') void this.#enter().then(entered)
        },
        lost: () => {
          this.#retries.stop()
          if (this.#state.state === 'open') this.#become({ state: 'lost', code: this.#state.code })
        },
        delivered: (delivery) => this.#delivered(delivery),
      })
    })
  }

  get state(): Room {
    return this.#state
  }

  get participants(): Participant[] {
    return [...this.#participants.values()].filter(({ removed }) => !removed)
  }

  /** The participants who were sent out, and may not come back. */
  get removed(): Participant[] {
    return [...this.#participants.values()].filter(({ removed }) => removed)
  }

  get isLocked(): boolean {
    return this.#isLocked
  }

  /** Names a participant. Does nothing for a name of which nothing is left in one line. */
  rename(id: number, name: string): void {
    const line = oneLine(name)
    if (line !== '') void this.line.changeSeat(id, { name: line })
  }

  /** Out of the room, or in again: the tracker tells when it is done. */
  setRemoved(id: number, removed: boolean): void {
    void this.line.changeSeat(id, { removed })
  }

  /** Locks or opens the room. Those who were in it come back to it all the same. */
  async setLocked(locked: boolean): Promise<void> {
    const answer = await this.line.lock(locked)
    if (!answer.ok || this.#isClosed) return
    this.#isLocked = locked
    this.#handlers.changed()
  }

  /** Takes the room back from another tab, which is told. */
  takeBack(): void {
    if (this.#state.state !== 'replaced') return
    this.#become({ state: 'lost', code: this.#state.code })
    if (this.line.isUp) void this.#enter()
  }

  close(): void {
    this.#isClosed = true
    this.#stopWaiting()
    this.#retries.stop()
    this.line.close()
  }

  async #enter(): Promise<void> {
    this.#retries.stop()
    const answer = await this.#askForRoom()
    // Another tab may have taken it since it was answered.
    if (this.#isClosed || this.#state.state === 'replaced') return
    this.#stopWaiting()
    if (!answer.ok) return this.#refused(answer.refused)
    this.#retries.reset()
    const { code, token, participants, locked = false } = answer.reply
    this.#isLocked = locked
    this.#key = { code, token }
    this.#handlers.entered(this.#key)
    const before = this.participants
    this.#participants.clear()
    for (const participant of participants) this.#heardOf(participant)
    this.#become({ state: 'open', code })
    // Who went while the line was down.
    for (const { id, present } of before)
      if (present && !this.#participants.get(id)?.present) this.#handlers.vanished(id)
    await this.line.alignClock()
  }

  /** The tracker refused. What may come by itself is tried again by itself. */
  #refused(refused: string): void {
    const mayCome = refused === 'no-answer' || refused === 'rate-limited'
    const reason = reasonOf(refused)
    // One that is lost says already that it is tried again.
    if (!mayCome || this.#state.state !== 'lost') this.#become({ state: 'failed', reason })
    if (refused === 'no-answer') this.line.renew()
    if (refused === 'rate-limited') this.#retries.later(() => void this.#enter())
  }

  async #askForRoom(): ReturnType<RoomLine['create']> {
    if (!this.#key) return this.line.create()
    const seats = [...this.#participants.values()].map(({ present: _, ...seat }) => seat)
    const again = await this.line.host(this.#key.code, this.#key.token, seats, this.#isLocked)
    // Somebody else holds the code: a new room, and a new code. Any other refusal is not about the room.
    return !again.ok && again.refused === 'wrong-token' ? this.line.create() : again
  }

  #delivered(delivery: LabDelivery): void {
    if (delivery.type === 'replaced') {
      this.#retries.stop()
      if (this.#key) this.#become({ state: 'replaced', code: this.#key.code })
      this.#handlers.replaced()
    } else if (delivery.type === 'participant') {
      const { participant } = delivery
      this.#heardOf(participant)
      this.#handlers.changed()
      if (!participant.present) this.#handlers.vanished(participant.id)
    } else if (delivery.type === 'message' && delivery.from !== 'host') {
      const message = read(FromParticipant, delivery.body)
      if (message) this.#handlers.told(delivery.from, message)
    }
  }

  #heardOf(participant: Participant): void {
    this.#participants.set(participant.id, { ...participant, name: inOneDirection(participant.name) })
  }

  #become(state: Room): void {
    this.#state = state
    this.#handlers.changed()
  }
}

/** A name as the tracker takes it: without control characters, and no longer than it may be, by whole characters. */
function oneLine(name: string): string {
  let line = name.replaceAll(/\p{Cc}+/gu, ' ').trim()
  while (line.length > MAX_NAME_CHARACTERS) line = [...line].slice(0, -1).join('')
  return line.trim()
}

/**
 * The name without the signs that turn the text after it round, in sentences and pictures; its own letters go their own
 * way.
 */
const inOneDirection = (name: string): string => name.replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, '').trim() || '?'

/** The words for the person where the tracker is not reached. */
export const UNREACHED = 'The server cannot be reached. Check your connection. Trying again automatically.'

function reasonOf(refused: string): string {
  if (refused === 'no-answer') return 'The server does not answer. Trying again automatically.'
  if (refused === 'rate-limited')
    return 'The server is getting too many requests from your network. Trying again automatically.'
  return 'No room could be opened. Try again in a minute.'
}
