// One run, led from its host: carries out what the coordinator says, on the host's own peers and on participants', and puts together
// what all of them report. Knows nothing of what comes before or after it.
import type { ClockPort, Experiment } from '@swarmdrop/core'
import type { RoomLine } from '../line/room-line'
import { Board } from './board'
import { isConnected } from './connection-plan'
import { Coordinator } from './coordinator'
import { HostPeers, type InspectedPeer } from './host-peers'
import { contentOfRun, type LabData } from './lab-data'
import type { LabPorts } from './lab-ports'
import { type Report, reportOf, type StatusReport } from './messages'
import type { RunOutcome } from './outcome'
import { RunCast, SERVER } from './run-cast'
import type { RunAction, RunEvent, RunState } from './run-events'
import { type RunMember, RunParticipants } from './run-participants'
import { membersOf, outcomeOfRun, type RunRecord, viewOf } from './run-record'
import type { RunView } from './run-view'

const SAMPLE_MS = 500
const SUMMARY_MS = 1_000
const LOOK_AGAIN_MS = 2_000
/** From the order to start until the start: participants need a moment to hear it. */
const LEAD_AT_HOST_MS = 300
const LEAD_MS = 1_500
/** Participants' last reports come a moment after the end. */
const LAST_REPORTS_MS = 700

export type RunOptions = {
  id: string
  experiment: Experiment
  data: LabData
  /** In the order of the experiment's cast; the server is the host's. */
  members: readonly RunMember[]
  room: RoomLine
}

/** What its leader wants to know. */
export type RunObserver = { changed(): void; over(): void }

export class LabRun {
  readonly #ports: LabPorts
  readonly #options: RunOptions
  readonly #observer: RunObserver
  readonly #record: RunRecord
  readonly #peers: HostPeers
  readonly #participants: RunParticipants
  readonly #alarm: ClockPort
  readonly #startAlarm: ClockPort
  /** Those that were asked in and not sent away since: since when. */
  readonly #openedAtMs = new Map<string, number>()
  #stopSampling = () => {}
  #summaryAtMs = 0
  #lookAtMs = 0
  #isOver = false

  constructor(ports: LabPorts, options: RunOptions, observer: RunObserver) {
    const { id, experiment, data, members, room } = options
    const { time } = ports.swarm
    this.#ports = ports
    this.#options = options
    this.#observer = observer
    this.#alarm = time.alarm()
    this.#startAlarm = time.alarm()
    this.#participants = new RunParticipants(room, id, members)
    const content = contentOfRun(data, id)
    const cast = new RunCast(experiment, members)
    this.#peers = new HostPeers(ports, {
      run: content,
      data,
      completed: (member) => this.#completed(member, time.now() - this.#startedAtMs),
    })
    for (const member of cast.idsAtHost) this.#peers.add(member, cast.roleOf(member), cast.connectionPlanOf(member))
    const leadMs = this.#participants.isEmpty ? LEAD_AT_HOST_MS : LEAD_MS
    this.#record = {
      experiment,
      content,
      cast,
      board: new Board(cast.boardMembers, content.content.layout.chunkCount),
      coordinator: new Coordinator(cast.plans, leadMs, time.now()),
    }
  }

  start(): void {
    this.#stopSampling = this.#ports.swarm.time.every(SAMPLE_MS, () => this.#sample())
    this.#perform(this.#record.coordinator.begin())
    this.#setAlarm()
  }

  get state(): RunState {
    return this.#record.coordinator.state
  }

  get isOver(): boolean {
    return this.#isOver
  }

  view(chosen: number): RunView {
    return viewOf(this.#record, this.#elapsedSeconds, chosen)
  }

  /** What came of it, once it is done. */
  outcome(): RunOutcome | undefined {
    return outcomeOfRun(this.#record, this.#options.members)
  }

  get notes(): string[] {
    return [...this.#record.coordinator.notes]
  }

  /** What scripts see of the host's own peers; empty once it is over. */
  peers(): InspectedPeer[] {
    return this.#peers.inspect((id) => this.#record.cast.nameOf(id))
  }

  cancel(): void {
    this.#tell({ type: 'cancelled' })
  }

  /** A participant reports. */
  reported(participant: number, report: StatusReport): void {
    const member = this.#participants.memberOf(participant)
    if (!member || report.run !== this.#options.id) return
    this.#took(member.id, reportOf(report))
    if (report.completedAfterMs !== undefined) this.#completed(member.id, report.completedAfterMs)
  }

  /** A participant is in the room; `run`: the one that it is still in. */
  arrived(participant: number, run: string | undefined): void {
    const member = this.#participants.memberOf(participant)
    if (member) this.#tell({ type: 'back', id: member.id, holdsRun: run === this.#options.id })
  }

  vanished(participant: number): void {
    const member = this.#participants.memberOf(participant)
    if (!member) return
    this.#record.board.left(member.id, Math.max(0, this.#elapsedSeconds))
    this.#tell({ type: 'gone', id: member.id })
  }

  unable(participant: number, run: string, reason: string): void {
    const member = this.#participants.memberOf(participant)
    if (member && run === this.#options.id) this.#tell({ type: 'unable', id: member.id, reason })
  }

  get #now(): number {
    return this.#ports.swarm.time.now()
  }

  get #startedAtMs(): number {
    const { state } = this
    return 'startedAtMs' in state ? state.startedAtMs : Number.POSITIVE_INFINITY
  }

  /** Since the start; negative before it. */
  get #elapsedSeconds(): number {
    return this.state.phase === 'done' ? this.state.seconds : (this.#now - this.#startedAtMs) / 1000
  }

  #completed(id: string, afterMs: number): void {
    this.#tell({ type: 'completed', id, afterMs: Math.max(0, afterMs) })
  }

  #tell(event: RunEvent): void {
    if (this.#isOver) return
    this.#perform(this.#record.coordinator.handle(event, this.#now))
    this.#setAlarm()
    this.#observer.changed()
  }

  #setAlarm(): void {
    const at = this.#record.coordinator.nextWakeMs
    if (at === Number.POSITIVE_INFINITY || this.#isOver) this.#alarm.clearAlarm()
    else this.#alarm.setAlarm(at, () => this.#tell({ type: 'wake' }))
  }

  #perform(actions: readonly RunAction[]): void {
    for (const action of actions) this.#carryOut(action)
  }

  #carryOut(action: RunAction): void {
    switch (action.type) {
      case 'open':
        return this.#open(action.id, action.begun)
      case 'start':
        this.#participants.start(action.atMs)
        return this.#startAlarm.setAlarm(action.atMs, () => this.#peers.begin())
      case 'close':
        return this.#close(action.id)
      case 'over':
        return this.#end()
    }
  }

  #open(id: string, begun: boolean): void {
    this.#openedAtMs.set(id, this.#now)
    if (this.#peers.has(id)) return this.#peers.open(id, begun)
    const { cast, experiment, content } = this.#record
    const startedAtMs = begun ? this.#startedAtMs : undefined
    this.#participants.open(id, cast.roleOf(id).id, cast.connectionPlanOf(id), experiment, content, startedAtMs)
  }

  #close(id: string): void {
    this.#openedAtMs.delete(id)
    this.#takeLast(id)
    this.#record.board.left(id, Math.max(0, this.#elapsedSeconds))
    if (this.#peers.has(id)) this.#peers.close(id)
    else this.#participants.close(id)
  }

  /** What has come since the last sample is part of what it did. */
  #takeLast(id: string): void {
    const status = this.#peers.status(id)
    if (status) this.#record.board.take(id, status, this.#elapsedSeconds)
  }

  #took(id: string, report: Report): void {
    const { board } = this.#record
    const gained = board.take(id, report, this.#elapsedSeconds)
    // One who was sent away has one more thing to say.
    if (!this.#openedAtMs.has(id)) board.left(id, Math.max(0, this.#elapsedSeconds))
    if (gained) this.#tell({ type: 'progress', id })
    if (this.state.phase === 'connecting' && this.#isReady(id, report)) this.#tell({ type: 'ready', id })
  }

  #isReady(id: string, { ids, neighbours }: Report): boolean {
    const { cast, coordinator, board, experiment } = this.#record
    const stages = cast.ids.map((member) => ({ member, stage: coordinator.stageOf(member) }))
    const expected = stages.filter(({ stage }) => stage === 'connecting' || stage === 'ready')
    return isConnected({
      isServer: id === SERVER,
      mode: experiment.mode,
      isInSwarm: ids.length > 0,
      neighbours: neighbours.length,
      knowsSeed: neighbours.some(({ complete }) => complete),
      expected: expected.length,
      arrived: expected.filter(({ member }) => board.idsOf(member).length > 0).length,
      waitedMs: this.#now - (this.#openedAtMs.get(id) ?? 0),
    })
  }

  #sample(): void {
    const { cast, coordinator, experiment } = this.#record
    const looksAgain = this.#now >= this.#lookAtMs
    if (looksAgain) this.#lookAtMs = this.#now + LOOK_AGAIN_MS
    for (const id of cast.ids) {
      const status = this.#peers.status(id)
      if (status) this.#took(id, status)
      // Only the server offers where it serves all; and one who is not connected yet should ask again.
      const looks = id === SERVER && experiment.mode === 'client-server'
      if (looksAgain && (looks || coordinator.stageOf(id) === 'connecting')) this.#peers.findPeers(id)
    }
    if (this.#now >= this.#summaryAtMs) this.#summarise()
    this.#observer.changed()
  }

  #summarise(): void {
    this.#summaryAtMs = this.#now + SUMMARY_MS
    if (this.#participants.isEmpty) return
    const members = membersOf(this.#record).map(({ behaviour: _, ...member }) => member)
    this.#participants.summarise(this.#record.board.chunkCount, members)
  }

  #end(): void {
    this.#stopSampling()
    this.#startAlarm.clearAlarm()
    for (const id of this.#record.cast.ids) this.#takeLast(id)
    this.#summarise()
    this.#alarm.clearAlarm()
    this.#peers.closeAll()
    this.#participants.over(this.state)
    this.#ports.swarm.time.after(this.#participants.isEmpty ? 0 : LAST_REPORTS_MS, () => {
      this.#isOver = true
      this.#observer.over()
    })
  }
}
