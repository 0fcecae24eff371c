// One run, led from its host: carries out what the coordinator says, on the host's own peers and on participants', and
// puts together what all of them report. Knows nothing of what comes before or after it.
import type { ClockPort } from '@swarmdrop/core'
import type { Experiment } from '@swarmdrop/core/simulation'
import { HostPeers, type InspectedPeer } from './host-peers'
import type { LabPorts } from './lab-ports'
import { reportOf, type StatusReport } from './messages'
import { Recorder } from './recorder'
import { recordingAsText } from './recording'
import { RemoteParticipants } from './remote-participants'
import type { RunAction, RunEvent, RunState } from './run-events'
import { indicesTakingPart, newRunRecord, outcomeOfRun, type RunOptions, type RunRecord, viewOf } from './run-record'
import { RunReports } from './run-reports'
import type { RunView } from './run-view'
import { StandStill } from './stand-still'

/** How often the pictures of it move. */
const SHOW_MS = 500
/** How often it is recorded. */
const RECORD_MS = 250
/** The time from the message to start until the start: participants need a moment to hear it. */
const LEAD_AT_HOST_MS = 300
const LEAD_MS = 1_500
/** Participants' last reports come a moment after the end. */
const LAST_REPORTS_MS = 700

/** What the leader of a run wants to know. */
export type RunObserver = { changed(): void; over(): void }

export class LabRun {
  readonly #ports: LabPorts
  readonly #options: RunOptions
  readonly #observer: RunObserver
  readonly #record: RunRecord
  readonly #peers: HostPeers
  readonly #remote: RemoteParticipants
  readonly #alarm: ClockPort
  readonly #startAlarm: ClockPort
  readonly #reports: RunReports
  readonly #standStill: StandStill
  readonly #recorder: Recorder
  #stopSampling = () => {}
  #stopShowing = () => {}
  #isOver = false

  constructor(ports: LabPorts, options: RunOptions, observer: RunObserver) {
    const { id, data, room } = options
    const { time } = ports.swarm
    this.#ports = ports
    this.#options = options
    this.#observer = observer
    this.#alarm = time.alarm()
    this.#startAlarm = time.alarm()
    this.#standStill = new StandStill(time)
    this.#remote = new RemoteParticipants(room, id, options.participants)
    const leadMs = Math.max(options.leadMs ?? 0, this.#remote.isEmpty ? LEAD_AT_HOST_MS : LEAD_MS)
    this.#record = newRunRecord(options, leadMs, time.now())
    const names = this.#record.participants.onBoard.map(({ name }) => name)
    this.#recorder = new Recorder(this.#record.board, names, RECORD_MS)
    this.#peers = new HostPeers(ports, {
      run: this.#record.content,
      data,
      completed: (peer) => this.#completed(peer, time.now() - this.#startedAtMs),
    })
    const { participants } = this.#record
    for (const own of participants.idsAtHost)
      this.#peers.add(own, participants.planOf(own), participants.connectionPlanOf(own))
    this.#reports = new RunReports(this.#record, this.#peers, this.#remote, {
      now: () => time.now(),
      elapsedSeconds: () => this.#elapsedSeconds,
      tell: (event) => this.#tell(event),
    })
  }

  start(): void {
    const { time } = this.#ports.swarm
    this.#stopSampling = time.every(RECORD_MS, () => {
      this.#reports.sample()
      if (this.state.phase === 'running') this.#recorder.sample(this.#elapsedSeconds)
    })
    this.#stopShowing = time.every(SHOW_MS, () => this.#observer.changed())
    this.#perform(this.#record.coordinator.begin())
    this.#setAlarm()
  }

  get id(): string {
    return this.#options.id
  }

  get experiment(): Experiment {
    return this.#record.experiment
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

  /** Result, once it is done. */
  outcome(): ReturnType<typeof outcomeOfRun> {
    return outcomeOfRun(this.#record, this.#options.participants)
  }

  /** All of it, as `readRecording` reads it. */
  recording(): string {
    return recordingAsText(this.#recorder.end(this.#elapsedSeconds, indicesTakingPart(this.#record)))
  }

  get stoodStillShare(): number {
    return this.#standStill.share
  }

  /** What scripts see of the host's own peers; empty once the run is over. */
  peers(): InspectedPeer[] {
    return this.#peers.inspect((id) => this.#record.participants.nameOf(id))
  }

  cancel(): void {
    this.#tell({ type: 'cancelled' })
  }

  /** A participant reports. */
  reported(seat: number, report: StatusReport): void {
    const participant = this.#remote.participantOf(seat)
    if (!participant || report.run !== this.#options.id) return
    this.#reports.take(participant.id, reportOf(report))
    // Clocks differ by little; nobody is done later than now, nor without the chunks.
    if (report.completedAfterMs !== undefined && this.#record.board.heldBy(participant.id)?.isComplete)
      this.#completed(participant.id, Math.min(report.completedAfterMs, this.#now - this.#startedAtMs))
  }

  /** A participant is in the room; `run`: the one that it is still in. */
  arrived(seat: number, run: string | undefined): void {
    const participant = this.#remote.participantOf(seat)
    if (participant) this.#tell({ type: 'back', id: participant.id, holdsRun: run === this.#options.id })
  }

  vanished(seat: number): void {
    const participant = this.#remote.participantOf(seat)
    if (!participant) return
    this.#reports.gone(participant.id)
    this.#tell({ type: 'gone', id: participant.id })
  }

  /** A participant was sent out of the room: nobody waits for it. */
  removed(seat: number): void {
    this.vanished(seat)
    this.unable(seat, this.#options.id, 'It was removed from the room.')
  }

  unable(seat: number, run: string, reason: string): void {
    const participant = this.#remote.participantOf(seat)
    if (participant && run === this.#options.id) this.#tell({ type: 'unable', id: participant.id, reason })
  }

  get #now(): number {
    return this.#ports.swarm.time.now()
  }

  get #startedAtMs(): number {
    const { state } = this
    return 'startedAtMs' in state ? state.startedAtMs : Number.POSITIVE_INFINITY
  }

  /** Seconds since the start; negative before it. */
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
        this.#remote.start(action.atMs)
        return this.#startAlarm.setAlarm(action.atMs, () => {
          this.#peers.begin()
          this.#standStill.start()
        })
      case 'close':
        return this.#close(action.id)
      case 'over':
        return this.#end()
    }
  }

  #open(id: string, begun: boolean): void {
    this.#reports.opened(id)
    if (this.#peers.has(id)) return this.#peers.open(id, begun)
    const { participants, experiment, content } = this.#record
    const startedAtMs = begun ? this.#startedAtMs : undefined
    const connections = participants.connectionPlanOf(id)
    this.#remote.open(id, participants.planOf(id).id, connections, experiment, content, startedAtMs)
  }

  #close(id: string): void {
    this.#reports.closed(id)
    if (this.#peers.has(id)) this.#peers.close(id)
    else this.#remote.close(id)
  }

  #end(): void {
    this.#stopSampling()
    this.#stopShowing()
    this.#standStill.stop()
    this.#startAlarm.clearAlarm()
    this.#reports.last()
    this.#alarm.clearAlarm()
    this.#peers.closeAll()
    this.#remote.over(this.state)
    this.#ports.swarm.time.after(this.#remote.isEmpty ? 0 : LAST_REPORTS_MS, () => {
      this.#isOver = true
      this.#observer.over()
    })
  }
}
