// A student's tab in a room: joins under a name, takes the part in a run that the teacher's page gives it, and tells how it goes.
// Back in the run after a reload. Knows nothing of how it is drawn.
import {
  type ChunkMap,
  castOf,
  type Experiment,
  type LabDelivery,
  lies,
  parseExperiment,
  type Role,
} from '@swarmdrop/core'
import { AlarmClock } from '../../adapters/alarm-clock'
import { RoomClient } from '../../adapters/room-client'
import { SharedClock } from './clocks'
import { type KeptStore, openKeptStore } from './kept-store'
import { LabPeer } from './lab-peer'
import {
  contentOfOrder,
  FromHost,
  type FromParticipant,
  type MemberSummary,
  type OpenOrder,
  type PeerStatus,
  read,
  statusMessage,
} from './messages'
import { openPageStore } from './page-stores'
import { rememberedSeat, rememberSeat } from './student-memory'

const SAMPLE_MS = 500
const LOOK_AGAIN_MS = 2_000
/** Without the teacher's page for so long, the run is taken to be over. */
const ALONE_MS = 15_000

export type StudentRoom =
  | { state: 'joining' }
  | { state: 'in'; teacherPresent: boolean }
  | { state: 'lost' }
  | { state: 'refused'; reason: string }

export type StudentRun = {
  experiment: Experiment
  role: Role
  stage: 'connecting' | 'running' | 'away' | 'over'
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

export type StudentSnapshot = { room: StudentRoom; run: StudentRun | undefined }

type Part = {
  order: OpenOrder
  experiment: Experiment
  role: Role
  chunkCount: number
  startedAtMs: number | undefined
  stage: StudentRun['stage']
  peer: LabPeer | undefined
  kept: KeptStore | undefined
  status: PeerStatus
  completedAfterMs: number | undefined
  members: readonly MemberSummary[]
  seconds: number | null | undefined
  reason: string
}

const nothing: PeerStatus = { ids: [], held: new Uint8Array(), uploadedBytes: 0, downloadedBytes: 0, neighbours: [] }

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
  #token: string | undefined
  #part: Part | undefined
  #lookAtMs = 0
  #alone: ReturnType<typeof setTimeout> | undefined
  #snapshot: StudentSnapshot = { room: { state: 'joining' }, run: undefined }

  constructor(code: string, name: string, trackerUrl: string) {
    this.#code = code
    this.#name = name
    this.#trackerUrl = trackerUrl
    this.#token = rememberedSeat(code)?.token
    this.#line = new RoomClient(trackerUrl, {
      connected: () => void this.#join(),
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
    return this.#part?.peer?.chunkMap()
  }

  close(): void {
    clearInterval(this.#sampling)
    clearTimeout(this.#alone)
    window.removeEventListener('pagehide', this.#leave)
    this.#leave()
    this.#line.close()
    this.#alarms.close()
  }

  readonly #leave = () => this.#closePeer('away')

  async #join(): Promise<void> {
    await this.#line.alignClock()
    const answer = await this.#line.join(this.#code, this.#name, this.#token)
    if (!answer.ok) {
      if (answer.refused !== 'no-answer')
        this.#publish({ room: { state: 'refused', reason: reasonOf(answer.refused) } })
      return
    }
    const { token, hostPresent } = answer.reply
    this.#token = token
    rememberSeat({ code: this.#code, name: this.#name, token })
    this.#publish({ room: { state: 'in', teacherPresent: hostPresent } })
    this.#greet()
  }

  #greet(): void {
    const run = this.#part?.peer && this.#part.order.run
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
    if (message.run !== this.#part?.order.run) return
    if (message.type === 'start') this.#startAt(this.#line.toOwnMs(message.atMs))
    if (message.type === 'close') this.#closePeer('away')
    if (message.type === 'over') this.#over(message.seconds, message.reason)
    if (message.type === 'summary') this.#part.members = message.members
    this.#show()
  }

  async #open(order: OpenOrder): Promise<void> {
    this.#closePeer('away')
    const parsed = parseExperiment(order.experiment)
    const content = contentOfOrder(order)
    const cast = parsed.ok ? castOf(parsed.experiment).peers : []
    const role = cast.find(({ id }) => id === order.role)
    if (!parsed.ok || !content || !role) {
      this.#say({ type: 'unable', run: order.run, reason: 'The order was not understood.' })
      return
    }
    const before = this.#part?.order.run === order.run ? this.#part : undefined
    const part: Part = {
      order,
      experiment: parsed.experiment,
      role,
      chunkCount: content.content.layout.chunkCount,
      startedAtMs: order.startedAtMs === undefined ? undefined : this.#line.toOwnMs(order.startedAtMs),
      stage: order.startedAtMs === undefined ? 'connecting' : 'running',
      peer: undefined,
      kept: undefined,
      status: nothing,
      completedAfterMs: before?.completedAfterMs,
      members: before?.members ?? [],
      seconds: undefined,
      reason: '',
    }
    this.#part = part
    this.#show()
    const kept = await openKeptStore(content, this.#token ?? this.#name, order.run)
    // Another order may have come meanwhile.
    if (this.#part !== part || part.stage === 'away' || part.stage === 'over') return kept.close()
    part.kept = kept
    const isLiar = lies(role.behaviour)
    if (isLiar) for (let chunk = 0; chunk < part.chunkCount; chunk++) kept.held.set(chunk)
    const store = isLiar ? openPageStore(new Uint8Array(), content.content.layout, role.behaviour) : kept.store
    const meets = parsed.experiment.mode === 'client-server' ? ('those-who-ask' as const) : ('everybody' as const)
    part.peer = new LabPeer({
      trackerUrl: this.#trackerUrl,
      run: content,
      role,
      company: { meets, wants: order.wants, maxLinks: order.maxLinks },
      held: kept.held,
      store,
      clock: this.#clock,
      changed: () => this.#noticeCompletion(part),
    })
    if (part.startedAtMs !== undefined) this.#startAt(part.startedAtMs)
  }

  #startAt(atMs: number): void {
    const part = this.#part
    if (!part) return
    part.startedAtMs = atMs
    this.#startClock.setAlarm(atMs, () => {
      if (this.#part !== part || part.stage === 'away' || part.stage === 'over') return
      part.stage = 'running'
      part.peer?.begin()
      this.#noticeCompletion(part)
      this.#show()
    })
  }

  #noticeCompletion(part: Part): void {
    const { peer, startedAtMs, role } = part
    if (!peer?.isComplete || part.completedAfterMs !== undefined || lies(role.behaviour)) return
    if (startedAtMs === undefined || this.#part !== part) return
    part.completedAfterMs = Math.max(0, this.#clock.now() - startedAtMs)
    this.#report(part)
    this.#show()
  }

  #sample(): void {
    const part = this.#part
    if (!part?.peer) return
    this.#report(part)
    const now = this.#clock.now()
    if (part.stage === 'connecting' && now >= this.#lookAtMs) {
      this.#lookAtMs = now + LOOK_AGAIN_MS
      part.peer.findPeers()
    }
    this.#show()
  }

  #report(part: Part): void {
    if (!part.peer) return
    part.status = part.peer.status()
    this.#say(statusMessage(part.order.run, part.status, part.completedAfterMs))
  }

  #over(seconds: number | null, reason: string): void {
    const part = this.#part
    if (!part || part.stage === 'over') return
    this.#report(part)
    this.#closePeer('over')
    part.seconds = seconds
    part.reason = reason
    this.#show()
  }

  #closePeer(stage: 'away' | 'over'): void {
    const part = this.#part
    this.#startClock.clearAlarm()
    if (!part) return
    part.stage = stage
    part.peer?.close()
    if (stage === 'over') part.kept?.remove()
    else part.kept?.close()
    part.peer = undefined
    part.kept = undefined
  }

  #show(): void {
    const part = this.#part
    if (!part) return
    const { experiment, role, stage, status, chunkCount, completedAfterMs, members, seconds, reason, startedAtMs } =
      part
    const elapsedSeconds = startedAtMs === undefined ? 0 : Math.max(0, (this.#clock.now() - startedAtMs) / 1000)
    this.#publish({
      run: { experiment, role, stage, status, chunkCount, elapsedSeconds, completedAfterMs, members, seconds, reason },
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
