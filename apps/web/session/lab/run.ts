// One run, led from the teacher's page: carries out what the coordinator orders, on the page's own peers and on students' tabs, and
// puts together what all of them report. Knows nothing of what comes before or after it.
import {
  boundsOf,
  castOf,
  chunkLength,
  type Experiment,
  type ExperimentResult,
  lies,
  type PeerOutcome,
  type Role,
  resultOf,
} from '@swarmdrop/core'
import type { RoomClient } from '../../adapters/room-client'
import { Board, type BoardMember } from './board'
import type { SharedClock } from './clocks'
import { companyOf, isConnected, type Place } from './company'
import { Coordinator, type RunFact, type RunOrder, type RunState, type Stage } from './coordinator'
import { type InspectedPeer, showPeers } from './lab-results'
import { contentOfRun, type Material, type RunContent } from './material'
import { contentMessage, type FromHost, type MemberSummary, type Report, reportOf, type StatusReport } from './messages'
import { PageMembers } from './page-members'
import { withoutPeers } from './settings'

const SAMPLE_MS = 500
const SUMMARY_MS = 1_000
const LOOK_AGAIN_MS = 2_000
/** From the order to start until the start: students' tabs need a moment to hear it. */
const LEAD_IN_PAGE_MS = 300
const LEAD_MS = 1_500
/** Students' last reports come a moment after the end. */
const LAST_REPORTS_MS = 700

/** `student`: the room's number for it; undefined: it lives in this page. */
export type RunMember = { id: string; name: string; student: number | undefined }

export type RunOptions = {
  id: string
  trackerUrl: string
  experiment: Experiment
  material: Material
  /** In the order of the experiment's cast; the server is this page's. */
  members: readonly RunMember[]
  room: RoomClient
  clock: SharedClock
  changed: () => void
  over: () => void
}

export type RunOutcome = { experiment: Experiment; measured: ExperimentResult; names: string[]; notes: string[] }

const SERVER = 'server'

export class LabRun {
  readonly board: Board
  readonly startedAt = new Date().toISOString()
  readonly #options: RunOptions
  readonly #content: RunContent
  readonly #coordinator: Coordinator
  readonly #page: PageMembers
  readonly #roles: Map<string, Role>
  readonly #alarm
  readonly #openedAtMs = new Map<string, number>()
  readonly #sampling: ReturnType<typeof setInterval>
  #summaryAtMs = 0
  #lookAtMs = 0
  #isOver = false

  constructor(options: RunOptions) {
    const { id, experiment, material, members, clock, trackerUrl } = options
    this.#options = options
    this.#content = contentOfRun(material, id)
    this.#alarm = clock.open()
    const { server, peers } = castOf(experiment)
    const all: RunMember[] = [{ id: SERVER, name: 'Server', student: undefined }, ...members]
    this.#roles = new Map(all.map((member, place) => [member.id, place === 0 ? server : (peers[place - 1] as Role)]))
    this.#page = new PageMembers({
      trackerUrl,
      run: this.#content,
      material,
      clock,
      completed: (member) => this.#completed(member, clock.now() - this.#startedAtMs),
    })
    for (const member of all)
      if (member.student === undefined)
        this.#page.add(member.id, this.#roleOf(member.id), companyOf(this.#place(member)))
    this.board = new Board(
      all.map(({ id: member, name }): BoardMember => ({ id: member, name, behaviour: this.#roleOf(member).behaviour })),
      this.#content.content.layout.chunkCount,
    )
    this.#coordinator = new Coordinator(
      all.map(({ id: member, name }) => {
        const { joinAtMs, leaveAtMs, rejoinAtMs, behaviour } = this.#roleOf(member)
        const isCounted = member !== SERVER && !lies(behaviour)
        return {
          id: member,
          name,
          joinAtMs,
          leaveAtMs,
          rejoinAtMs,
          isCounted,
          leavesWhenComplete: behaviour === 'leave-when-complete',
        }
      }),
      members.some(({ student }) => student !== undefined) ? LEAD_MS : LEAD_IN_PAGE_MS,
      clock.now(),
    )
    showPeers(() => this.#inspect())
    this.#sampling = setInterval(() => this.#sample(), SAMPLE_MS)
    this.#perform(this.#coordinator.begin())
    this.#setAlarm()
  }

  get state(): RunState {
    return this.#coordinator.state
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get notes(): string[] {
    return this.#coordinator.notes
  }

  get experiment(): Experiment {
    return this.#options.experiment
  }

  /** Since the start; negative before it. */
  get elapsedSeconds(): number {
    const { state } = this.#coordinator
    if (state.phase === 'done') return state.seconds
    return (this.#options.clock.now() - this.#startedAtMs) / 1000
  }

  get members(): (MemberSummary & { behaviour: Role['behaviour'] })[] {
    return [...this.#roles].map(([id, { behaviour }]) => {
      const completedAfterMs = this.#coordinator.completedAfterMs(id)
      return {
        id,
        behaviour,
        name: this.#nameOf(id),
        ids: this.board.idsOf(id),
        stage: this.#coordinator.stageOf(id) as Stage,
        held: this.board.heldBy(id)?.count ?? 0,
        ...(completedAfterMs !== undefined && { completedAfterMs }),
      }
    })
  }

  cancel(): void {
    this.#tell({ type: 'cancelled' })
  }

  /** A student's tab reports. */
  reported(student: number, report: StatusReport): void {
    const member = this.#studentMember(student)
    if (!member || report.run !== this.#options.id) return
    this.#took(member.id, reportOf(report))
    if (report.completedAfterMs !== undefined) this.#completed(member.id, report.completedAfterMs)
  }

  /** A student's tab is in the room; `run`: the one that it is still in. */
  arrived(student: number, run: string | undefined): void {
    const member = this.#studentMember(student)
    if (member) this.#tell({ type: 'back', id: member.id, holdsRun: run === this.#options.id })
  }

  vanished(student: number): void {
    const member = this.#studentMember(student)
    if (!member) return
    this.board.left(member.id, Math.max(0, this.elapsedSeconds))
    this.#tell({ type: 'gone', id: member.id })
  }

  /** What came of it, once it is done: the experiment as far as it was run, and its result. */
  outcome(): RunOutcome | undefined {
    const { state, takingPart } = this.#coordinator
    if (state.phase !== 'done') return undefined
    const members = this.#options.members
    const missing = new Set(members.flatMap(({ id }, place) => (takingPart.includes(id) ? [] : [place])))
    const experiment = withoutPeers(this.#options.experiment, missing)
    if (!experiment) return undefined
    const present = members.filter(({ id }) => takingPart.includes(id))
    const { peers: cast } = castOf(experiment)
    const peers = present.map(({ id }, place): PeerOutcome => {
      const completedAtMs = this.#coordinator.completedAfterMs(id)
      return {
        id: cast[place]?.id ?? id,
        // Who had gone by the end was not waited for, and the time is that of those who stayed.
        isCounted: completedAtMs !== undefined,
        completedAtMs,
        uploadedBytes: this.board.totals(id).uploadedBytes,
        downloadedBytes: this.#heldBytes(id),
      }
    })
    const server = this.board.totals(SERVER)
    return {
      experiment,
      measured: resultOf(experiment, boundsOf(experiment), server, peers, state.seconds * 1000),
      names: present.map(({ name }) => name),
      notes: [...this.#coordinator.notes],
    }
  }

  get #startedAtMs(): number {
    const { state } = this.#coordinator
    return 'startedAtMs' in state ? state.startedAtMs : Number.POSITIVE_INFINITY
  }

  #roleOf = (id: string): Role => this.#roles.get(id) as Role

  #nameOf(id: string): string {
    return this.#options.members.find((member) => member.id === id)?.name ?? 'Server'
  }

  #studentMember(student: number): RunMember | undefined {
    return this.#options.members.find((member) => member.student === student)
  }

  #place({ id, student }: RunMember): Place {
    const { members, experiment } = this.#options
    const peersInPage = 1 + members.filter((member) => member.student === undefined).length
    return {
      isServer: id === SERVER,
      isInPage: student === undefined,
      mode: experiment.mode,
      peerCount: members.length,
      peersInPage,
    }
  }

  #heldBytes(id: string): number {
    const { layout } = this.#content.content
    let bytes = 0
    for (const chunk of this.board.heldBy(id)?.indices() ?? []) bytes += chunkLength(layout, chunk)
    return bytes
  }

  #completed(id: string, afterMs: number): void {
    this.#tell({ type: 'completed', id, afterMs: Math.max(0, afterMs) })
  }

  #tell(fact: RunFact): void {
    if (this.#isOver) return
    this.#perform(this.#coordinator.handle(fact, this.#options.clock.now()))
    this.#setAlarm()
    this.#options.changed()
  }

  #setAlarm(): void {
    const at = this.#coordinator.nextWakeMs
    if (at === Number.POSITIVE_INFINITY || this.#isOver) this.#alarm.clearAlarm()
    else this.#alarm.setAlarm(at, () => this.#tell({ type: 'wake' }))
  }

  #perform(orders: readonly RunOrder[]): void {
    for (const order of orders) this.#carryOut(order)
  }

  #carryOut(order: RunOrder): void {
    switch (order.type) {
      case 'open':
        return this.#open(order.id, order.begun)
      case 'start':
        return this.#start(order.atMs)
      case 'close':
        this.board.left(order.id, Math.max(0, this.elapsedSeconds))
        if (this.#page.has(order.id)) this.#page.close(order.id)
        else this.#send(order.id, { type: 'close', run: this.#options.id })
        return
      case 'over':
        return this.#end()
    }
  }

  #open(id: string, begun: boolean): void {
    this.#openedAtMs.set(id, this.#options.clock.now())
    if (this.#page.has(id)) return this.#page.open(id, begun)
    const member = this.#options.members.find((one) => one.id === id)
    if (!member) return
    const { wants, maxLinks } = companyOf(this.#place(member))
    this.#send(id, {
      type: 'open',
      run: this.#options.id,
      experiment: this.#options.experiment,
      role: this.#roleOf(id).id,
      ...contentMessage(this.#content),
      wants,
      maxLinks,
      ...(begun && { startedAtMs: this.#options.room.toRoomMs(this.#startedAtMs) }),
    })
  }

  #start(atMs: number): void {
    const { room, clock, id } = this.#options
    room.send({ type: 'start', run: id, atMs: room.toRoomMs(atMs) } satisfies FromHost, 'all')
    clock.open().setAlarm(atMs, () => {
      if (!this.#isOver) this.#page.begin()
    })
  }

  #send(id: string, message: FromHost): void {
    const student = this.#options.members.find((member) => member.id === id)?.student
    if (student !== undefined) this.#options.room.send(message, student)
  }

  #took(id: string, report: Report): void {
    const gained = this.board.take(id, report, this.elapsedSeconds)
    if (gained) this.#tell({ type: 'progress', id })
    if (this.state.phase === 'connecting' && this.#isReady(id, report)) this.#tell({ type: 'ready', id })
  }

  #isReady(id: string, { ids, neighbours }: Report): boolean {
    const stages = [...this.#roles.keys()].map((member) => ({ member, stage: this.#coordinator.stageOf(member) }))
    const expected = stages.filter(({ stage }) => stage === 'connecting' || stage === 'ready')
    return isConnected({
      isServer: id === SERVER,
      mode: this.experiment.mode,
      isInSwarm: ids.length > 0,
      neighbours: neighbours.length,
      knowsSeed: neighbours.some(({ complete }) => complete),
      expected: expected.length,
      arrived: expected.filter(({ member }) => this.board.idsOf(member).length > 0).length,
      waitedMs: this.#options.clock.now() - (this.#openedAtMs.get(id) ?? 0),
    })
  }

  #sample(): void {
    const now = this.#options.clock.now()
    const lookAgain = now >= this.#lookAtMs
    if (lookAgain) this.#lookAtMs = now + LOOK_AGAIN_MS
    for (const id of this.#roles.keys()) {
      const status = this.#page.status(id)
      if (status) this.#took(id, status)
      // Only the server offers where it serves all; and whoever is not connected yet should ask again.
      const looks = id === SERVER && this.experiment.mode === 'client-server'
      if (lookAgain && (looks || this.#coordinator.stageOf(id) === 'connecting')) this.#page.findPeers(id)
    }
    if (now >= this.#summaryAtMs) this.#summarise(now)
    this.#options.changed()
  }

  #summarise(now: number): void {
    this.#summaryAtMs = now + SUMMARY_MS
    if (!this.#options.members.some(({ student }) => student !== undefined)) return
    const { chunkCount } = this.board
    const members = this.members.map(({ behaviour: _, ...member }) => member)
    this.#options.room.send({ type: 'summary', run: this.#options.id, chunkCount, members } satisfies FromHost, 'all')
  }

  #inspect(): InspectedPeer[] {
    return [...this.#roles.keys()].flatMap((id) => {
      const status = this.#page.status(id)
      if (!status) return []
      const { uploadedBytes, downloadedBytes, neighbours } = status
      const chunksHeld = this.board.heldBy(id)?.count ?? 0
      return [{ id, name: this.#nameOf(id), chunksHeld, uploadedBytes, downloadedBytes, neighbours }]
    })
  }

  #end(): void {
    clearInterval(this.#sampling)
    showPeers(undefined)
    const { state } = this.#coordinator
    for (const id of this.#roles.keys()) {
      const status = this.#page.status(id)
      if (status) this.board.take(id, status, this.elapsedSeconds)
    }
    this.#summarise(this.#options.clock.now())
    this.#alarm.clearAlarm()
    this.#page.closeAll()
    const { room, id, members, over } = this.#options
    const seconds = state.phase === 'done' ? state.seconds : null
    const reason = state.phase === 'failed' ? state.reason : ''
    room.send({ type: 'over', run: id, seconds, reason } satisfies FromHost, 'all')
    const finish = () => {
      this.#isOver = true
      over()
    }
    if (members.some(({ student }) => student !== undefined)) setTimeout(finish, LAST_REPORTS_MS)
    else queueMicrotask(finish)
  }
}
