// A participant's place in a room: joined under a name, joined again after a loss of the line, a reload or a restart of
// the tracker. Knows nothing of runs.
import type { LabDelivery } from '@swarmdrop/core/signaling'
import type { RoomLine } from '../line/room-line'
import { REACHED_WITHIN_MS } from '../line/tracker-line'
import type { TextMemory } from '../ports'
import { Retries, type RetriesPorts } from '../time/retries'
import { FromHost, type FromParticipant, read } from './messages'
import { rememberedSeat, rememberSeat, type Seat } from './participant-memory'

/**
 * A tracker that was started again has the room when the teacher's page has been there: asked so often, for so long.
 */
const ASK_AGAIN_MS = 2_000
const ASK_FOR_MS = 180_000

export type JoinedRoom =
  | { state: 'joining' }
  /** The server does not answer. Trying again automatically. */
  | { state: 'unreached' }
  /** Refused for now, as its address asks for too much. It is tried again by itself. */
  | { state: 'busy' }
  | { state: 'in'; teacherPresent: boolean }
  | { state: 'lost' }
  /** Another tab has this one's place, and this one leaves it that. */
  | { state: 'replaced' }
  /** The host has sent it out, or one on this device. */
  | { state: 'removed' }
  | { state: 'refused'; reason: string }

export type ParticipantRoomHandlers = {
  changed(room: JoinedRoom): void
  /** The participant is in the room (again), and its host too: time to say who we are. */
  entered(): void
  /** The participant is in the room, and its host is not there. */
  alone(): void
  /** Another tab has taken this one's place, or the host has sent it out. */
  out(): void
  told(message: FromHost): void
}

export class ParticipantRoom {
  readonly #line: RoomLine
  readonly #time: RetriesPorts['time']
  readonly #retries: Retries
  readonly #memory: TextMemory
  readonly #removal: TextMemory
  readonly #code: string
  readonly #name: string
  readonly #handlers: ParticipantRoomHandlers
  #seat: Seat | undefined
  #stopAsking = () => {}
  #stopWaiting = () => {}
  #askUntilMs = 0
  #isClosed = false
  #isReplaced = false
  #isRemoved = false

  constructor(
    line: RoomLine,
    ports: RetriesPorts,
    { memory, removal }: { memory: TextMemory; removal: TextMemory },
    { code, name }: { code: string; name: string },
    handlers: ParticipantRoomHandlers,
  ) {
    this.#line = line
    this.#time = ports.time
    this.#retries = new Retries(ports)
    this.#memory = memory
    this.#removal = removal
    this.#code = code
    this.#name = name
    this.#handlers = handlers
    this.#seat = rememberedSeat(memory, code) ?? rememberedSeat(removal, code)
  }

  start(): void {
    this.#stopWaiting = this.#time.after(REACHED_WITHIN_MS, () => this.#changed({ state: 'unreached' }))
    this.#line.start({
      up: () => {
        this.#askUntilMs = this.#time.now() + ASK_FOR_MS
        if (!this.#isOut) void this.#join()
      },
      lost: () => {
        this.#stopTrying()
        // Before the first time there is nothing to lose: still joining.
        if (this.#seat && !this.#isOut) this.#changed({ state: 'lost' })
      },
      delivered: (delivery) => this.#delivered(delivery),
    })
  }

  /** Differs from every other participant's, and stays over a reload. */
  get owner(): string {
    return this.#seat?.token ?? this.#name
  }

  say(message: FromParticipant): void {
    this.#line.send(message)
  }

  toOwnMs(roomMs: number): number {
    return this.#line.toOwnMs(roomMs)
  }

  /** The other tab is told, as this one was. */
  takeBack(): void {
    if (!this.#isReplaced) return
    this.#isReplaced = false
    this.#changed({ state: 'joining' })
    if (this.#line.isUp) void this.#join()
  }

  /** Asks to be let in again, after being sent out. */
  askAgain(): void {
    if (!this.#isRemoved) return
    this.#isRemoved = false
    this.#changed({ state: 'joining' })
    if (this.#line.isUp) void this.#join()
  }

  /** The host calls it so, also after a reload. */
  calledBy(name: string): void {
    if (!this.#seat || this.#seat.name === name) return
    this.#seat = { ...this.#seat, name }
    rememberSeat(this.#memory, this.#seat)
  }

  close(): void {
    this.#isClosed = true
    this.#stopWaiting()
    this.#stopTrying()
    this.#line.close()
  }

  async #join(): Promise<void> {
    this.#stopTrying()
    await this.#line.alignClock()
    const seat = this.#seat
    const answer = await this.#line.join(this.#code, this.#name, seat && { token: seat.token, room: seat.room })
    // It may have lost its place since it was answered.
    if (this.#isClosed || this.#isOut) return
    if (!answer.ok) return this.#refused(answer.refused)
    this.#retries.reset()
    const { name, token, room, hostPresent } = answer.reply
    this.#seat = { code: this.#code, name, token, room }
    rememberSeat(this.#memory, this.#seat)
    if (rememberedSeat(this.#removal, this.#code)?.token === token) this.#removal.clear()
    this.#present(hostPresent)
  }

  /** A host that was reloaded leads nothing any more, and will say so; one whose line was lost goes on. */
  #present(hostPresent: boolean): void {
    this.#changed({ state: 'in', teacherPresent: hostPresent })
    if (hostPresent) this.#handlers.entered()
    else this.#handlers.alone()
  }

  #refused(refused: string): void {
    if (refused === 'already-joined') return
    if (refused === 'removed') return this.#sentOut()
    // A server that does not answer may on a new line.
    if (refused === 'no-answer') return this.#line.renew()
    if (refused === 'rate-limited') {
      this.#changed({ state: 'busy' })
      return this.#retries.later(() => void this.#join())
    }
    const mayComeBack = refused === 'unknown-room' && this.#seat !== undefined
    if (!mayComeBack || this.#time.now() > this.#askUntilMs)
      return this.#changed({ state: 'refused', reason: reasonOf(refused) })
    this.#changed({ state: 'lost' })
    this.#stopAsking = this.#time.after(ASK_AGAIN_MS, () => void this.#join())
  }

  #replaced(): void {
    this.#isReplaced = true
    this.#stopTrying()
    this.#handlers.out()
    this.#changed({ state: 'replaced' })
  }

  #sentOut(): void {
    this.#isRemoved = true
    this.#stopTrying()
    if (this.#seat) rememberSeat(this.#removal, this.#seat)
    this.#handlers.out()
    this.#changed({ state: 'removed' })
  }

  get #isOut(): boolean {
    return this.#isReplaced || this.#isRemoved
  }

  #changed(room: JoinedRoom): void {
    this.#stopWaiting()
    this.#handlers.changed(room)
  }

  #stopTrying(): void {
    this.#stopAsking()
    this.#retries.stop()
  }

  #delivered(delivery: LabDelivery): void {
    if (delivery.type === 'replaced') return this.#replaced()
    if (delivery.type === 'removed') return this.#sentOut()
    if (delivery.type === 'host') this.#present(delivery.present)
    if (delivery.type !== 'message' || delivery.from !== 'host') return
    const message = read(FromHost, delivery.body)
    if (message) this.#handlers.told(message)
  }
}

function reasonOf(refused: string): string {
  if (refused === 'unknown-room') return 'There is no room with this code. Look at the wall again: it may have changed.'
  if (refused === 'room-locked')
    return 'The teacher has locked this room: nobody new can come in. Ask the teacher to unlock it, then try again.'
  if (refused === 'room-full') return 'This room is full.'
  return 'The room could not be entered. Reload the page to try again.'
}
