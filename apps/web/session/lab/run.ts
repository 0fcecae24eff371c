// One run, led from the teacher's page: carries out what the coordinator orders, on the page's own peers and on students' tabs, and
// puts together what all of them report. Knows nothing of what comes before or after it.
import { chunkLength, type Experiment, type Role } from '@swarmdrop/core'
import type { RoomClient } from '../../adapters/room-client'
import { Board } from './board'
import type { SharedClock } from './clocks'
import { isConnected } from './company'
import { Coordinator, type RunFact, type RunOrder, type RunState, type Stage } from './coordinator'
import { showPeers } from './lab-results'
import { contentOfRun, type Material, type RunContent } from './material'
import { type MemberSummary, type Report, reportOf, type StatusReport } from './messages'
import { outcomeOf, type RunOutcome } from './outcome'
import { PageMembers } from './page-members'
import { RunCast, SERVER } from './run-cast'
import { type RunMember, RunStudents } from './run-students'

const SAMPLE_MS = 500
const SUMMARY_MS = 1_000
const LOOK_AGAIN_MS = 2_000
/** From the order to start until the start: students' tabs need a moment to hear it. */
const LEAD_IN_PAGE_MS = 300
const LEAD_MS = 1_500
/** Students' last reports come a moment after the end. */
const LAST_REPORTS_MS = 700

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

export class LabRun {
  readonly board: Board
  readonly startedAt = new Date().toISOString()
  readonly #options: RunOptions
  readonly #content: RunContent
  readonly #coordinator: Coordinator
  readonly #page: PageMembers
  readonly #students: RunStudents
  readonly #cast: RunCast
  readonly #alarm
  /** Those that were asked in and not sent away since: since when. */
  readonly #openedAtMs = new Map<string, number>()
  readonly #sampling: ReturnType<typeof setInterval>
  #summaryAtMs = 0
  #lookAtMs = 0
  #isOver = false

  constructor(options: RunOptions) {
    const { id, experiment, material, members, room, clock, trackerUrl } = options
    this.#options = options
    this.#students = new RunStudents(room, id, members)
    this.#content = contentOfRun(material, id)
    this.#alarm = clock.open()
    this.#cast = new RunCast(experiment, members)
    this.#page = new PageMembers({
      trackerUrl,
      run: this.#content,
      material,
      clock,
      completed: (member) => this.#completed(member, clock.now() - this.#startedAtMs),
    })
    for (const member of this.#cast.idsInPage)
      this.#page.add(member, this.#cast.roleOf(member), this.#cast.companyOf(member))
    this.board = new Board(this.#cast.boardMembers, this.#content.content.layout.chunkCount)
    const leadMs = this.#students.isEmpty ? LEAD_IN_PAGE_MS : LEAD_MS
    this.#coordinator = new Coordinator(this.#cast.plans, leadMs, clock.now())
    showPeers(() => this.#page.inspect((member) => this.#cast.nameOf(member)))
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
    return this.#cast.ids.map((id) => {
      const completedAfterMs = this.#coordinator.completedAfterMs(id)
      return {
        id,
        behaviour: this.#cast.roleOf(id).behaviour,
        name: this.#cast.nameOf(id),
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
    const member = this.#students.memberOf(student)
    if (!member || report.run !== this.#options.id) return
    this.#took(member.id, reportOf(report))
    if (report.completedAfterMs !== undefined) this.#completed(member.id, report.completedAfterMs)
  }

  /** A student's tab is in the room; `run`: the one that it is still in. */
  arrived(student: number, run: string | undefined): void {
    const member = this.#students.memberOf(student)
    if (member) this.#tell({ type: 'back', id: member.id, holdsRun: run === this.#options.id })
  }

  vanished(student: number): void {
    const member = this.#students.memberOf(student)
    if (!member) return
    this.board.left(member.id, Math.max(0, this.elapsedSeconds))
    this.#tell({ type: 'gone', id: member.id })
  }

  unable(student: number, run: string, reason: string): void {
    const member = this.#students.memberOf(student)
    if (member && run === this.#options.id) this.#tell({ type: 'unable', id: member.id, reason })
  }

  /** What came of it, once it is done. */
  outcome(): RunOutcome | undefined {
    if (this.state.phase !== 'done') return undefined
    const { takingPart } = this.#coordinator
    const parts = this.#options.members.map(({ id, name }) => {
      if (!takingPart.includes(id)) return undefined
      const completedAfterMs = this.#coordinator.completedAfterMs(id)
      const { uploadedBytes } = this.board.totals(id)
      return { name, completedAfterMs, uploadedBytes, downloadedBytes: this.#heldBytes(id) }
    })
    return outcomeOf(this.experiment, parts, this.board.totals(SERVER).uploadedBytes)
  }

  get #startedAtMs(): number {
    const { state } = this.#coordinator
    return 'startedAtMs' in state ? state.startedAtMs : Number.POSITIVE_INFINITY
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
        return this.#close(order.id)
      case 'over':
        return this.#end()
    }
  }

  #open(id: string, begun: boolean): void {
    this.#openedAtMs.set(id, this.#options.clock.now())
    if (this.#page.has(id)) return this.#page.open(id, begun)
    const startedAtMs = begun ? this.#startedAtMs : undefined
    const { id: role } = this.#cast.roleOf(id)
    this.#students.open(id, role, this.#cast.companyOf(id), this.experiment, this.#content, startedAtMs)
  }

  #start(atMs: number): void {
    this.#students.start(atMs)
    this.#options.clock.open().setAlarm(atMs, () => {
      if (!this.#isOver) this.#page.begin()
    })
  }

  #close(id: string): void {
    this.#openedAtMs.delete(id)
    this.#takeLast(id)
    this.board.left(id, Math.max(0, this.elapsedSeconds))
    if (this.#page.has(id)) this.#page.close(id)
    else this.#students.close(id)
  }

  /** What has come since the last sample is part of what it did. */
  #takeLast(id: string): void {
    const status = this.#page.status(id)
    if (status) this.board.take(id, status, this.elapsedSeconds)
  }

  #took(id: string, report: Report): void {
    const gained = this.board.take(id, report, this.elapsedSeconds)
    // A tab that was sent away has one more thing to say.
    if (!this.#openedAtMs.has(id)) this.board.left(id, Math.max(0, this.elapsedSeconds))
    if (gained) this.#tell({ type: 'progress', id })
    if (this.state.phase === 'connecting' && this.#isReady(id, report)) this.#tell({ type: 'ready', id })
  }

  #isReady(id: string, { ids, neighbours }: Report): boolean {
    const stages = this.#cast.ids.map((member) => ({ member, stage: this.#coordinator.stageOf(member) }))
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
    for (const id of this.#cast.ids) {
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
    if (this.#students.isEmpty) return
    this.#students.summarise(
      this.board.chunkCount,
      this.members.map(({ behaviour: _, ...member }) => member),
    )
  }

  #end(): void {
    clearInterval(this.#sampling)
    showPeers(undefined)
    for (const id of this.#cast.ids) this.#takeLast(id)
    this.#summarise(this.#options.clock.now())
    this.#alarm.clearAlarm()
    this.#page.closeAll()
    this.#students.over(this.state)
    const finish = () => {
      this.#isOver = true
      this.#options.over()
    }
    if (this.#students.isEmpty) queueMicrotask(finish)
    else setTimeout(finish, LAST_REPORTS_MS)
  }
}
