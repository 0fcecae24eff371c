// The teacher's laboratory: a room, peers of its own, and runs one after another with what came of them, as snapshots
// and commands. Knows nothing of how a run goes, nor of how it is drawn.
import { Snapshots } from '../snapshots'
import { comparisonSteps } from './comparison'
import { loadOf } from './device-load'
import { DeviceTrial } from './device-trial'
import { HostComparison } from './host-comparison'
import { type HostMemory, rememberedHost, rememberHost } from './host-memory'
import type { InspectedPeer } from './host-peers'
import { HostPresence } from './host-presence'
import { HostReach } from './host-reach'
import { HostRuns } from './host-runs'
import { firstSnapshot, type LabSnapshot, MAX_PAGE_PEERS, MAX_REPEATS } from './host-snapshot'
import { HostTrial } from './host-trial'
import { LabDataSource, type LabFile } from './lab-data'
import type { HostPorts } from './lab-ports'
import type { FromParticipant } from './messages'
import { runSteps, sweepSteps } from './run-plan'
import type { LabSettings } from './settings'

/** 3, 2, 1. */
const COUNTDOWN_MS = 3_000

export class LabHost {
  readonly #ports: HostPorts
  readonly #snapshots: Snapshots<LabSnapshot>
  readonly #data: LabDataSource
  readonly #runs: HostRuns
  readonly #reach: HostReach
  readonly #trial: HostTrial
  readonly #presence: HostPresence
  readonly #comparison: HostComparison
  #stopFollowingResults = () => {}
  #memory: HostMemory | undefined

  constructor(ports: HostPorts) {
    this.#ports = ports
    this.#data = new LabDataSource(ports.sha256)
    this.#memory = rememberedHost(ports.memory)
    const { pagePeers = 0, settings = firstSnapshot.settings, repeats = 1, compared } = this.#memory ?? {}
    this.#presence = new HostPresence(ports.swarm, this.#memory ?? {}, {
      changed: () => this.#roomChanged(),
      seen: () => this.#changePeers({}),
      entered: (key) => this.#remember({ room: key }),
      replaced: () => {
        this.#runs.cancel()
        this.#makeWay()
      },
      vanished: (seat, isRemoved) => {
        if (isRemoved) this.#runs.current?.removed(seat)
        else this.#runs.current?.vanished(seat)
        this.#reach.vanished(seat)
      },
      told: (seat, message) => this.#told(seat, message),
    })
    this.#snapshots = new Snapshots({
      ...firstSnapshot,
      pagePeers,
      lobby: this.#presence.lobby(pagePeers, () => undefined),
      peerCount: pagePeers,
      settings,
      repeats,
      compared,
      results: ports.results.all,
      sessionName: ports.results.name,
    })
    this.#runs = new HostRuns(ports, this.#snapshots, this.#data, () => this.#presence.line())
    this.#comparison = new HostComparison(ports, this.#snapshots)
    this.#trial = new HostTrial(
      ports.swarm.time,
      (peers) => new DeviceTrial(ports, peers),
      (state) => this.#snapshots.change(state),
    )
    this.#reach = new HostReach(ports.swarm, (reach) => this.#changePeers({ reach }))
  }

  /** Back into the room from before a reload, where there was one. */
  start(): void {
    const { results } = this.#ports
    this.#stopFollowingResults = results.subscribe(() =>
      this.#snapshots.change({ results: results.all, sessionName: results.name }),
    )
    if (this.#memory) void this.openRoom()
  }

  subscribe(onChange: () => void): () => void {
    return this.#snapshots.subscribe(onChange)
  }

  getSnapshot(): LabSnapshot {
    return this.#snapshots.get()
  }

  /** Opens a room, or the one from before a reload. Resolves when it stands, or none can be had. */
  openRoom(): Promise<void> {
    return this.#presence.open()
  }

  /** The room, from another tab that has it. */
  takeBack(): void {
    this.#presence.takeBack()
  }

  /** Names a participant as everybody is to see it. Somebody else of this name is told apart by a number. */
  rename(seat: number, name: string): void {
    this.#presence.rename(seat, name)
  }

  /** Sends a participant out of the room, for good. */
  remove(seat: number): void {
    this.#presence.setRemoved(seat, true)
  }

  /** Lets one who was sent out come back. */
  letBackIn(seat: number): void {
    this.#presence.setRemoved(seat, false)
  }

  /** `locked`: newcomers are not let in; anyone who was here comes back all the same. */
  setLocked(locked: boolean): void {
    this.#presence.setLocked(locked)
  }

  change(settings: Partial<LabSettings>): void {
    this.#snapshots.change({ settings: { ...this.getSnapshot().settings, ...settings } })
    this.#considerTrial()
    this.#remember()
  }

  /** A file of theirs in place of made-up data; undefined: made-up data again. */
  takeFile(file: LabFile | undefined): void {
    this.#data.takeFile(file)
    this.#snapshots.change({ fileName: file?.name })
    if (file) this.change({ fileBytes: file.bytes })
  }

  addPeers(count: number): void {
    const pagePeers = Math.max(0, Math.min(MAX_PAGE_PEERS, this.getSnapshot().pagePeers + (Math.trunc(count) || 0)))
    this.#changePeers({ pagePeers })
    this.#remember()
  }

  /** Whose turns the pictures show, by its index among the run's peers. */
  choose(peer: number): void {
    this.#runs.choose(peer)
  }

  /** How many times each run is made. */
  repeat(repeats: number): void {
    this.#snapshots.change({ repeats: Math.max(1, Math.min(MAX_REPEATS, Math.round(repeats) || 1)) })
    this.#remember()
  }

  /**
   * The runs that are set: both modes where both are wanted, each as often as is set. `countdown`: everybody sees 3, 2,
   * 1 before the first begins.
   */
  run({ countdown = false } = {}): Promise<void> {
    const { settings, peerCount, repeats } = this.getSnapshot()
    this.#makeWay()
    return this.#runs.start(runSteps(settings, peerCount, repeats), countdown ? COUNTDOWN_MS : undefined)
  }

  /** The known figure with our own peers. */
  sweep(): Promise<void> {
    const { settings, peerCount, repeats } = this.getSnapshot()
    this.#makeWay()
    return this.#runs.start(sweepSteps(settings, peerCount, repeats))
  }

  /** `a`: what all that is set from now on is compared with; undefined: nothing is compared any more. */
  compare(a: LabSettings | undefined): void {
    this.#comparison.begin(a)
    this.#remember()
  }

  /** Runs both settings that are compared, in turn. */
  runComparison(): Promise<void> {
    const { settings, peerCount, repeats, compared } = this.getSnapshot()
    if (!compared) return Promise.resolve()
    this.#makeWay()
    return this.#runs.start(comparisonSteps(compared, settings, peerCount, repeats))
  }

  /** Simulates both settings that are compared, with many seeds in virtual time. */
  simulateComparison(): Promise<void> {
    return this.#comparison.simulate()
  }

  cancelSimulations(): void {
    this.#comparison.cancel()
  }

  /** A run has the device for itself. */
  #makeWay(): void {
    // First, as the end of a check is a change, after which a trial may begin.
    this.#reach.cancel()
    this.#trial.stop()
  }

  /** Finds out who reaches whom of those who are present. Not while a run is under way. */
  checkConnections(): void {
    const { phase, participants } = this.getSnapshot()
    const { ownLine } = this.#presence
    if (ownLine && phase !== 'connecting' && phase !== 'running') this.#reach.start(ownLine, participants)
  }

  cancel(): void {
    this.#runs.cancel()
  }

  /** What scripts see of the host's own peers; empty while no run is under way. */
  peers(): InspectedPeer[] {
    return this.#runs.current?.peers() ?? []
  }

  close(): void {
    this.#runs.close()
    this.#comparison.cancel()
    this.#trial.close()
    this.#reach.close()
    this.#stopFollowingResults()
    this.#presence.close()
  }

  #roomChanged(): void {
    const { state, participants, removed, isLocked } = this.#presence
    this.#changePeers({ room: state, participants, removed, isLocked })
    if (state.state !== 'open') return
    this.#remember()
    this.#presence.tellSeats()
  }

  #changePeers(change: Partial<LabSnapshot>): void {
    const { pagePeers } = { ...this.getSnapshot(), ...change }
    const lobby = this.#presence.lobby(pagePeers, (seat) => this.#reach.troubleOf(seat))
    this.#snapshots.change({ ...change, lobby, peerCount: lobby.filter(({ present }) => present).length })
    this.#considerTrial()
  }

  #considerTrial(): void {
    const { settings, peerCount, pagePeers, phase, room } = this.getSnapshot()
    const isIdle = room.state === 'open' && phase !== 'connecting' && phase !== 'running'
    this.#trial.consider(loadOf(settings, peerCount, pagePeers), isIdle, pagePeers)
  }

  #remember(change: Partial<HostMemory> = {}): void {
    const { settings, pagePeers, repeats, compared } = this.getSnapshot()
    this.#memory = { ...this.#memory, settings, pagePeers, repeats, compared, marks: this.#presence.marks, ...change }
    rememberHost(this.#ports.memory, this.#memory)
  }

  #told(seat: number, message: FromParticipant): void {
    const run = this.#runs.current
    if (message.type === 'status') run?.reported(seat, message)
    if (message.type === 'unable') run?.unable(seat, message.run, message.reason)
    if (message.type === 'reached') this.#reach.told(seat, message)
    if (message.type === 'hello') this.#greeted(seat, message.run)
  }

  /**
   * A participant has come. One that is still in a run that this visit does not lead is told so: the host's page was
   * reloaded meanwhile.
   */
  #greeted(seat: number, runId: string | undefined): void {
    const run = this.#runs.current
    if (run && !run.isOver) return run.arrived(seat, runId)
    if (runId === undefined) return
    const reason = 'The teacher’s page was reloaded: the run is over.'
    this.#presence.say({ type: 'over', run: runId, seconds: null, reason }, seat)
  }
}
