// A student's tab in a room: joins under a name, takes the part in a run that the teacher's page gives it, and tells how it goes.
// Back in the run after a reload. Knows nothing of how it is drawn.
import type { ChunkMap, Experiment, LabDelivery, Role } from '@swarmdrop/core'
import { AlarmClock } from '../../adapters/alarm-clock'
import { RoomClient } from '../../adapters/room-client'
import { SharedClock } from './clocks'
import {
  FromHost,
  type FromParticipant,
  type MemberSummary,
  type OpenOrder,
  type PeerStatus,
  read,
  statusMessage,
} from './messages'
import { rememberedSeat, rememberSeat, type Seat } from './student-memory'
import { type PartStage, StudentPart } from './student-part'

const SAMPLE_MS = 500
const LOOK_AGAIN_MS = 2_000
/** Without the teacher's page for so long, the run is taken to be over. */
const ALONE_MS = 15_000
/** A tracker that was started anew has the room again when the teacher's page has been there: asked so often, for so long. */
const ASK_AGAIN_MS = 2_000
const ASK_FOR_MS = 180_000

export type StudentRoom =
  | { state: 'joining' }
  | { state: 'in'; teacherPresent: boolean }
  | { state: 'lost' }
  | { state: 'refused'; reason: string }

export type StudentRun = {
  experiment: Experiment
  role: Role
  stage: PartStage
  status: PeerStatus
  chunkCount: number
  /** Since the start. */
  elapsedSeconds: number
  completedAfterMs: number | undefined
  members: readonly MemberSummary[]
  /** Of the whole run, once it is over; null: it came to nothing. */
  seconds: number | null | undefined
  reason: string
}

/** `unable`: why it cannot take part in the run that was begun, in a sentence. */
export type StudentSnapshot = { room: StudentRoom; run: StudentRun | undefined; unable: string | undefined }

/** What the teacher's page says of a run. */
type Told = Pick<StudentRun, 'members' | 'seconds' | 'reason'>

const nothingTold: Told = { members: [], seconds: undefined, reason: '' }

export class LabStudent {
  readonly #code: string
  readonly #name: string
  readonly #trackerUrl: string
  readonly #alarms = new AlarmClock()
  readonly #shared = new SharedClock(this.#alarms)
  readonly #clock = this.#shared.open()
  readonly #startClock = this.#shared.open()
  readonly #line: RoomClient
  readonly #listeners = new Set<() => void>()
  readonly #sampling: ReturnType<typeof setInterval>
  #seat: Seat | undefined
  #part: StudentPart | undefined
  #told = nothingTold
  #lookAtMs = 0
  #alone: ReturnType<typeof setTimeout> | undefined
  #askingAgain: ReturnType<typeof setTimeout> | undefined
  #askUntilMs = 0
  #snapshot: StudentSnapshot = { room: { state: 'joining' }, run: undefined, unable: undefined }

  constructor(code: string, name: string, trackerUrl: string) {
    this.#code = code
    this.#name = name
    this.#trackerUrl = trackerUrl
    this.#seat = rememberedSeat(code)
    this.#line = new RoomClient(trackerUrl, {
      connected: () => {
        this.#askUntilMs = this.#clock.now() + ASK_FOR_MS
        void this.#join()
      },
      lost: () => this.#publish({ room: { state: 'lost' } }),
      delivered: (delivery) => this.#delivered(delivery),
    })
    this.#sampling = setInterval(() => this.#sample(), SAMPLE_MS)
    // Others should not wait for a tab that is gone.
    window.addEventListener('pagehide', this.#leave)
  }

  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  getSnapshot(): StudentSnapshot {
    return this.#snapshot
  }

  chunkMap(): ChunkMap | undefined {
    return this.#part?.chunkMap()
  }

  close(): void {
    clearInterval(this.#sampling)
    clearTimeout(this.#alone)
    clearTimeout(this.#askingAgain)
    window.removeEventListener('pagehide', this.#leave)
    this.#leave()
    this.#line.close()
    this.#alarms.close()
  }

  readonly #leave = () => this.#part?.close('away')

  async #join(): Promise<void> {
    clearTimeout(this.#askingAgain)
    await this.#line.alignClock()
    const seat = this.#seat
    const answer = await this.#line.join(this.#code, this.#name, seat && { token: seat.token, room: seat.room })
    if (!answer.ok) return this.#refused(answer.refused)
    const { token, room, hostPresent } = answer.reply
    this.#seat = { code: this.#code, name: this.#name, token, room }
    rememberSeat(this.#seat)
    this.#publish({ room: { state: 'in', teacherPresent: hostPresent } })
    this.#greet()
  }

  #refused(refused: string): void {
    if (refused === 'no-answer' || refused === 'already-joined') return
    const mayComeBack = refused === 'unknown-room' && this.#seat !== undefined
    if (!mayComeBack || this.#clock.now() > this.#askUntilMs)
      return this.#publish({ room: { state: 'refused', reason: reasonOf(refused) } })
    this.#publish({ room: { state: 'lost' } })
    this.#askingAgain = setTimeout(() => void this.#join(), ASK_AGAIN_MS)
  }

  #greet(): void {
    const run = this.#part?.isOpen ? this.#part.run : undefined
    this.#say({ type: 'hello', ...(run !== undefined && { run }) })
  }

  #say(message: FromParticipant): void {
    this.#line.send(message)
  }

  #delivered(delivery: LabDelivery): void {
    if (delivery.type === 'host') {
      this.#publish({ room: { state: 'in', teacherPresent: delivery.present } })
      clearTimeout(this.#alone)
      // A page that was reloaded leads nothing any more, and will say so; one whose line was lost goes on.
      if (delivery.present) this.#greet()
      else this.#alone = setTimeout(() => this.#over(null, 'The teacher’s page is gone: the run is over.'), ALONE_MS)
    }
    if (delivery.type !== 'message' || delivery.from !== 'host') return
    const message = read(FromHost, delivery.body)
    if (!message) return
    if (message.type === 'open') return void this.#open(message)
    const part = this.#part
    if (!part || message.run !== part.run) return
    if (message.type === 'start') part.startAt(this.#line.toOwnMs(message.atMs))
    if (message.type === 'close') this.#away(part)
    if (message.type === 'over') this.#over(message.seconds, message.reason)
    if (message.type === 'summary') this.#told = { ...this.#told, members: message.members }
    this.#show()
  }

  async #open(order: OpenOrder): Promise<void> {
    const before = this.#part
    before?.close('away')
    const part: StudentPart | undefined = StudentPart.of(order, {
      trackerUrl: this.#trackerUrl,
      owner: this.#seat?.token ?? this.#name,
      clock: this.#clock,
      startClock: this.#startClock,
      moved: () => {
        if (this.#part === part) this.#report()
        this.#show()
      },
    })
    this.#part = part
    if (!part) return this.#unable(order, 'Its tab runs another version of this page, and must be reloaded.')
    if (before?.run === part.run) part.completedAfterMs = before.completedAfterMs
    else this.#told = nothingTold
    this.#publish({ unable: undefined })
    this.#show()
    try {
      await part.open(order.startedAtMs === undefined ? undefined : this.#line.toOwnMs(order.startedAtMs))
    } catch (error) {
      part.close('away')
      if (this.#part === part) this.#part = undefined
      this.#unable(order, `Its browser says: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  #unable({ run }: OpenOrder, reason: string): void {
    this.#say({ type: 'unable', run, reason: reason.slice(0, 500) })
    this.#publish({ run: undefined, unable: reason.replace(/^Its/, 'This') })
  }

  #sample(): void {
    const part = this.#part
    if (!part?.isOpen) return
    this.#report()
    const now = this.#clock.now()
    if (part.stage === 'connecting' && now >= this.#lookAtMs) {
      this.#lookAtMs = now + LOOK_AGAIN_MS
      part.findPeers()
    }
    this.#show()
  }

  #report(): void {
    const part = this.#part
    if (!part?.isOpen) return
    part.sample()
    this.#say(statusMessage(part.run, part.status, part.completedAfterMs))
  }

  /** By the plan; what has come since the last report is part of what was done. */
  #away(part: StudentPart): void {
    this.#report()
    part.close('away')
  }

  #over(seconds: number | null, reason: string): void {
    const part = this.#part
    if (!part || part.stage === 'over') return
    this.#report()
    part.close('over')
    this.#told = { ...this.#told, seconds, reason }
    this.#show()
  }

  #show(): void {
    if (!this.#part) return
    const { experiment, role, stage, status, chunkCount, completedAfterMs, elapsedSeconds } = this.#part
    this.#publish({
      run: { experiment, role, stage, status, chunkCount, completedAfterMs, elapsedSeconds, ...this.#told },
    })
  }

  #publish(change: Partial<StudentSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function reasonOf(refused: string): string {
  if (refused === 'unknown-room') return 'There is no room with this code. Look at the wall again: it may have changed.'
  if (refused === 'room-full') return 'This room is full.'
  return 'The room could not be entered. Reload the page to try again.'
}
