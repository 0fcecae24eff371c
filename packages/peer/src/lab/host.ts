// The teacher's laboratory: a room, peers of its own, and runs one after another with what came of them, as snapshots and commands.
// Knows nothing of how a run goes, nor of how it is drawn.
import { RoomLine } from '../line/room-line'
import { TrackerLine } from '../line/tracker-line'
import { Snapshots } from '../snapshots'
import { comparisonSteps } from './comparison'
import { loadOf } from './device-load'
import { DeviceTrial } from './device-trial'
import { HostComparison } from './host-comparison'
import { HostLobby } from './host-lobby'
import { type HostMemory, rememberedHost, rememberHost } from './host-memory'
import type { InspectedPeer } from './host-peers'
import { HostReach } from './host-reach'
import { HostRoom, UNREACHED } from './host-room'
import { HostRuns } from './host-runs'
import { firstSnapshot, type LabSnapshot, MAX_PAGE_PEERS, MAX_REPEATS } from './host-snapshot'
import { HostTrial } from './host-trial'
import { LabDataSource, type LabFile } from './lab-data'
import type { HostPorts } from './lab-ports'
import type { FromHost, FromParticipant } from './messages'
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
  readonly #lobby: HostLobby
  readonly #comparison: HostComparison
  #stopFollowingResults = () => {}
  #memory: HostMemory | undefined
  #room: HostRoom | undefined
  #roomOpened: Promise<void> | undefined

  constructor(ports: HostPorts) {
    this.#ports = ports
    this.#data = new LabDataSource(ports.sha256)
    this.#memory = rememberedHost(ports.memory)
    const { pagePeers = 0, settings = firstSnapshot.settings, repeats = 1, marks, compared } = this.#memory ?? {}
    this.#lobby = new HostLobby(marks, (participant, message) => this.#room?.line.send(message, participant))
    this.#snapshots = new Snapshots({
      ...firstSnapshot,
      pagePeers,
      lobby: this.#lobby.membersOf([], pagePeers, false),
      peerCount: pagePeers,
      settings,
      repeats,
      compared,
      results: ports.results.all,
      sessionName: ports.results.name,
    })
    this.#runs = new HostRuns(ports, this.#snapshots, this.#data, () => this.#roomLine())
    this.#comparison = new HostComparison(ports, this.#snapshots)
    this.#trial = new HostTrial(
      ports.swarm.time,
      (peers) => new DeviceTrial(ports, peers),
      (state) => this.#snapshots.change(state),
    )
    this.#reach = new HostReach(ports.swarm, (reach) => this.#snapshots.change({ reach }))
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
    this.#roomOpened ??= this.#openRoom()
    return this.#roomOpened
  }

  /** The room, from another tab that has it. */
  takeBack(): void {
    this.#room?.takeBack()
  }

  /** As everybody is to see it. Somebody else of this name is told apart by a number. */
  rename(participant: number, name: string): void {
    this.#room?.rename(participant, name)
  }

  /** Sends a participant out of the room, for good. */
  remove(participant: number): void {
    this.#room?.setRemoved(participant, true)
  }

  /** Lets one who was sent out come back. */
  letBackIn(participant: number): void {
    this.#room?.setRemoved(participant, false)
  }

  /** `locked`: newcomers are not let in; whoever was here comes back all the same. */
  setLocked(locked: boolean): void {
    void this.#room?.setLocked(locked)
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
    const pagePeers = Math.max(0, Math.min(MAX_PAGE_PEERS, this.getSnapshot().pagePeers + count))
    this.#changePeers({ pagePeers })
    this.#remember()
  }

  /** Whose turns the pictures show, by its index among the run's peers. */
  choose(peer: number): void {
    this.#runs.choose(peer)
  }

  /** How many times each run is made. */
  repeat(repeats: number): void {
    this.#snapshots.change({ repeats: Math.max(1, Math.min(MAX_REPEATS, repeats)) })
    this.#remember()
  }

  /**
   * The runs that are set: both modes where both are wanted, each as often as is set. `countdown`: everybody sees 3, 2, 1 before the
   * first begins.
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

  /** Both settings that are compared, in turn. */
  runComparison(): Promise<void> {
    const { settings, peerCount, repeats, compared } = this.getSnapshot()
    if (!compared) return Promise.resolve()
    this.#makeWay()
    return this.#runs.start(comparisonSteps(compared, settings, peerCount, repeats))
  }

  /** Both settings that are compared, with many seeds in virtual time. */
  simulateComparison(): Promise<void> {
    return this.#comparison.simulate()
  }

  cancelSimulations(): void {
    this.#comparison.cancel()
  }

  /** A run has the device for itself. */
  #makeWay(): void {
    this.#trial.stop()
    this.#reach.cancel()
  }

  /** Who reaches whom of those who are present. Not while a run is under way. */
  checkConnections(): void {
    const { phase, participants } = this.getSnapshot()
    const isOwn = this.#room !== undefined && this.#room.state.state !== 'replaced'
    if (this.#room && isOwn && phase !== 'connecting' && phase !== 'running')
      this.#reach.start(this.#room.line, participants)
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
    this.#room?.close()
  }

  #openRoom(): Promise<void> {
    const { time } = this.#ports.swarm
    const line = new RoomLine(new TrackerLine(this.#ports.swarm.newLine(), time), time)
    const room = new HostRoom(line, this.#ports.swarm, this.#memory?.room, {
      changed: () => this.#roomChanged(room),
      entered: (key) => this.#remember({ room: key }),
      replaced: () => {
        this.#runs.cancel()
        this.#makeWay()
      },
      vanished: (participant) => {
        const isRemoved = room.removed.some(({ id }) => id === participant)
        if (isRemoved) this.#runs.current?.removed(participant)
        else this.#runs.current?.vanished(participant)
        this.#reach.vanished(participant)
      },
      told: (participant, message) => this.#told(participant, message),
    })
    this.#room = room
    this.#snapshots.change({ room: room.state })
    return room.start()
  }

  async #roomLine(): Promise<RoomLine> {
    await this.openRoom()
    if (!this.#room) throw new Error('There is no room to run in. Reload the page and try again.')
    if (this.#room.state.state === 'replaced')
      throw new Error('Your room is open in another tab. Take it back first: press “Use this tab”.')
    // Without the server nobody finds anybody, peers on one page included.
    if (!this.#room.line.isUp) throw new Error(UNREACHED)
    return this.#room.line
  }

  #roomChanged(room: HostRoom): void {
    const { state, participants, removed, isLocked } = room
    this.#changePeers({ room: state, participants, removed, isLocked })
    if (state.state !== 'open') return
    this.#remember()
    this.#lobby.tellChanges()
  }

  #changePeers(change: Partial<LabSnapshot>): void {
    const { pagePeers, participants, room } = { ...this.getSnapshot(), ...change }
    const lobby = this.#lobby.membersOf(participants, pagePeers, room.state === 'open')
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
    this.#memory = { ...this.#memory, settings, pagePeers, repeats, compared, marks: this.#lobby.marks, ...change }
    rememberHost(this.#ports.memory, this.#memory)
  }

  #told(participant: number, message: FromParticipant): void {
    const run = this.#runs.current
    if (message.type === 'status') run?.reported(participant, message)
    if (message.type === 'unable') run?.unable(participant, message.run, message.reason)
    if (message.type === 'reached') this.#reach.told(participant, message)
    if (message.type === 'hello') this.#greeted(participant, message.run)
    if (message.type === 'in-sight') this.#seen(participant, message.inSight)
  }

  #seen(participant: number, inSight: boolean): void {
    this.#lobby.seen(participant, inSight)
    this.#changePeers({})
  }

  /** One who is still in a run that this visit does not lead is told so: the page was reloaded meanwhile. */
  #greeted(participant: number, runId: string | undefined): void {
    // It may be another page than was told, or hidden, before.
    this.#seen(participant, true)
    this.#lobby.greet(participant)
    const run = this.#runs.current
    if (run && !run.isOver) return run.arrived(participant, runId)
    if (runId === undefined) return
    const reason = 'The teacher’s page was reloaded: the run is over.'
    this.#room?.line.send({ type: 'over', run: runId, seconds: null, reason } satisfies FromHost, participant)
  }
}
