// The teacher's laboratory: a room, peers in this page, and runs one after another with what came of them. A page sees snapshots
// and gives commands. Knows nothing of how a run goes.
import { CHUNK_BYTES, castOf, type Experiment, type LabDelivery, type Participant } from '@swarmdrop/core'
import { AlarmClock } from '../../adapters/alarm-clock'
import { RoomClient } from '../../adapters/room-client'
import { simulateOffThread } from '../../adapters/simulation/simulate-off-thread'
import { drawRunId } from '../randomness'
import { SharedClock } from './clocks'
import { neighbourBound } from './company'
import { type HostMemory, rememberedHost, rememberHost } from './host-memory'
import { labResults } from './lab-results'
import { generateMaterial, type Material, materialProblem, readMaterial } from './material'
import { type FromHost, FromParticipant, read } from './messages'
import type { LabResult } from './results'
import { LabRun, type RunMember } from './run'
import { experimentOf, firstSettings, type LabSettings, sweepSizes } from './settings'

/** More than this, and the page's connections do not suffice for a swarm worth the name. */
export const MAX_PAGE_PEERS = 30

const FOLLOW_MS = 250

export type Room =
  | { state: 'none' }
  | { state: 'opening' }
  | { state: 'open'; code: string }
  | { state: 'lost'; code: string }
  | { state: 'failed'; reason: string }

export type LabPhase = 'setup' | 'connecting' | 'running' | 'done' | 'failed'

export type LabSnapshot = {
  room: Room
  students: Participant[]
  pagePeers: number
  settings: LabSettings
  fileName: string | undefined
  phase: LabPhase
  /** Why it failed, or cannot begin, in a sentence. */
  problem: string | undefined
  /** The run under way, or the last one: a new object at each change. */
  run: { current: LabRun } | undefined
  /** Which of how many; undefined where nothing has begun. */
  step: { at: number; of: number } | undefined
  isSweep: boolean
  results: readonly LabResult[]
}

type Step = { mode: Experiment['mode']; peers: number }

export class LabHost {
  readonly #trackerUrl: string
  readonly #alarms = new AlarmClock()
  readonly #clock = new SharedClock(this.#alarms)
  readonly #listeners = new Set<() => void>()
  #line: RoomClient | undefined
  #memory: HostMemory | undefined
  #students = new Map<number, Participant>()
  #file: File | undefined
  #material: { key: string; material: Material } | undefined
  #cancelled = false
  #following: ReturnType<typeof setTimeout> | undefined
  #shownPhase: LabRun['state']['phase'] | undefined
  #snapshot: LabSnapshot

  constructor(trackerUrl: string) {
    this.#trackerUrl = trackerUrl
    this.#memory = rememberedHost()
    this.#snapshot = {
      room: { state: 'none' },
      students: [],
      pagePeers: this.#memory?.pagePeers ?? 0,
      settings: this.#memory?.settings ?? firstSettings,
      fileName: undefined,
      phase: 'setup',
      problem: undefined,
      run: undefined,
      step: undefined,
      isSweep: false,
      results: labResults.all,
    }
    labResults.subscribe(() => this.#publish({ results: labResults.all }))
    if (this.#memory) void this.openRoom()
  }

  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  getSnapshot(): LabSnapshot {
    return this.#snapshot
  }

  /** Opens a room, or the one from before a reload. */
  openRoom(): Promise<void> {
    if (this.#line) return Promise.resolve()
    this.#publish({ room: { state: 'opening' } })
    return new Promise((opened) => {
      this.#line = new RoomClient(this.#trackerUrl, {
        connected: () => void this.#enter().then(opened),
        lost: () => {
          const { room } = this.#snapshot
          if (room.state === 'open') this.#publish({ room: { state: 'lost', code: room.code } })
        },
        delivered: (delivery) => this.#delivered(delivery),
      })
    })
  }

  change(settings: Partial<LabSettings>): void {
    this.#publish({ settings: { ...this.#snapshot.settings, ...settings } })
    this.#remember()
  }

  /** A file of theirs in place of made-up data; undefined: made-up data again. */
  takeFile(file: File | undefined): void {
    this.#file = file
    this.#publish({ fileName: file?.name })
    if (file) this.change({ fileBytes: file.size })
  }

  addPeers(count: number): void {
    const { pagePeers } = this.#snapshot
    this.#publish({ pagePeers: Math.max(0, Math.min(MAX_PAGE_PEERS, pagePeers + count)) })
    this.#remember()
  }

  /** Peers that would take part now. */
  get peerCount(): number {
    const { pagePeers, students } = this.#snapshot
    return pagePeers + students.filter(({ present }) => present).length
  }

  start(): Promise<void> {
    const { mode } = this.#snapshot.settings
    const modes = mode === 'both' ? (['p2p', 'client-server'] as const) : [mode]
    return this.#runAll(
      modes.map((each) => ({ mode: each, peers: this.peerCount })),
      false,
    )
  }

  /** The known figure with our own peers: the special kinds stay out, as it is drawn for peers all alike. */
  sweep(): Promise<void> {
    const steps = sweepSizes(this.peerCount).flatMap((peers): Step[] => [
      { mode: 'p2p', peers },
      { mode: 'client-server', peers },
    ])
    return this.#runAll(steps, true)
  }

  cancel(): void {
    this.#cancelled = true
    this.#snapshot.run?.current.cancel()
  }

  close(): void {
    this.cancel()
    this.#line?.close()
    this.#alarms.close()
  }

  async #enter(): Promise<void> {
    const line = this.#line
    if (!line) return
    const memory = this.#memory
    let answer = memory?.code === undefined ? await line.create() : await line.host(memory.code, memory.token ?? '')
    // A room that has expired, or a tracker that was restarted: a new one, and a new code.
    if (!answer.ok && memory?.code !== undefined && answer.refused !== 'no-answer') answer = await line.create()
    if (!answer.ok) {
      this.#publish({ room: { state: 'failed', reason: 'No room could be opened. Try again in a minute.' } })
      return
    }
    const { code, token, participants } = answer.reply
    this.#memory = { ...this.#remembered, code, token }
    rememberHost(this.#memory)
    this.#students = new Map(participants.map((participant) => [participant.id, participant]))
    this.#publish({ room: { state: 'open', code }, students: participants })
    await line.alignClock()
  }

  get #remembered(): HostMemory {
    const { settings, pagePeers } = this.#snapshot
    return { ...this.#memory, settings, pagePeers }
  }

  #remember(): void {
    this.#memory = this.#remembered
    rememberHost(this.#memory)
  }

  #delivered(delivery: LabDelivery): void {
    const run = this.#snapshot.run?.current
    if (delivery.type === 'participant') {
      const { participant } = delivery
      this.#students.set(participant.id, participant)
      this.#publish({ students: [...this.#students.values()] })
      if (!participant.present) run?.vanished(participant.id)
    } else if (delivery.type === 'message' && delivery.from !== 'host') {
      const message = read(FromParticipant, delivery.body)
      if (message?.type === 'status') run?.reported(delivery.from, message)
      if (message?.type === 'hello') this.#greeted(delivery.from, message.run)
    }
  }

  /** Who is still in a run that this page no longer leads is told so: the page was reloaded meanwhile. */
  #greeted(student: number, runId: string | undefined): void {
    const run = this.#snapshot.run?.current
    if (run && !run.isOver) return run.arrived(student, runId)
    if (runId === undefined) return
    const reason = 'The teacher’s page was loaded anew: the run is over.'
    this.#line?.send({ type: 'over', run: runId, seconds: null, reason } satisfies FromHost, student)
  }

  async #runAll(steps: readonly Step[], isSweep: boolean): Promise<void> {
    const { phase } = this.#snapshot
    if (phase === 'connecting' || phase === 'running') return
    this.#cancelled = false
    this.#publish({ phase: 'connecting', problem: undefined, isSweep, step: undefined, run: undefined })
    try {
      await this.openRoom()
      const settings = isSweep ? { ...this.#snapshot.settings, specials: [] } : this.#snapshot.settings
      for (const [index, step] of steps.entries()) {
        this.#publish({ step: { at: index + 1, of: steps.length } })
        await this.#runOnce(settings, step)
      }
      this.#publish({ phase: 'done' })
    } catch (error) {
      this.#publish({ phase: 'failed', problem: error instanceof Error ? error.message : String(error) })
    }
  }

  /** Throws Error with a sentence for the person when it comes to nothing. */
  async #runOnce(settings: LabSettings, { mode, peers }: Step): Promise<void> {
    if (peers === 0) throw new Error('There are no peers yet: add some on this page, or let students join.')
    const members = this.#members(peers)
    const experiment = withNeighbourBound(experimentOf(settings, mode, peers), members)
    const material = await this.#prepare(experiment)
    if (this.#cancelled) throw new Error('The run was cancelled.')
    const stopSimulation = new AbortController()
    const simulated = simulate(experiment, stopSimulation.signal)
    try {
      const run = await this.#lead(experiment, material, members)
      const { state } = run
      const outcome = run.outcome()
      if (state.phase === 'failed') throw new Error(state.reason)
      if (!outcome) throw new Error('The run ended without a result.')
      const asPlanned = castOf(outcome.experiment).peers.length === peers
      const { result } = await (asPlanned ? simulated : simulate(outcome.experiment, stopSimulation.signal))
      labResults.add({ ...outcome, simulated: result, startedAt: run.startedAt })
    } finally {
      stopSimulation.abort()
      simulated.catch(() => {})
    }
  }

  #members(peers: number): RunMember[] {
    const { pagePeers } = this.#snapshot
    const inPage = Array.from({ length: pagePeers }, (_, i) => ({
      id: `page-${i + 1}`,
      name: `Peer ${i + 1}`,
      student: undefined,
    }))
    const present = [...this.#students.values()].filter((student) => student.present)
    const students = present.map(({ id, name }) => ({ id: `student-${id}`, name, student: id }))
    // Students first: in a sweep, who is there should take part in as many runs as can be.
    return [...students, ...inPage].slice(0, peers)
  }

  async #prepare({ fileBytes, chunkBytes = CHUNK_BYTES, seed }: Experiment): Promise<Material> {
    const problem = materialProblem(fileBytes, chunkBytes)
    if (problem !== undefined) throw new Error(problem)
    const file = this.#file?.size === fileBytes ? this.#file : undefined
    const key = `${file ? `${file.name} ${file.lastModified}` : seed} ${fileBytes} ${chunkBytes}`
    if (this.#material?.key !== key) {
      const material = file ? await readMaterial(file, chunkBytes) : await generateMaterial(fileBytes, chunkBytes, seed)
      this.#material = { key, material }
    }
    return this.#material.material
  }

  #lead(experiment: Experiment, material: Material, members: RunMember[]): Promise<LabRun> {
    const room = this.#line
    if (!room) throw new Error('There is no room to run in.')
    return new Promise((resolve) => {
      const run: LabRun = new LabRun({
        id: drawRunId(),
        trackerUrl: this.#trackerUrl,
        experiment,
        material,
        members,
        room,
        clock: this.#clock,
        changed: () => this.#followSoon(() => run),
        over: () => {
          this.#follow(run)
          resolve(run)
        },
      })
      this.#follow(run)
    })
  }

  /** A change of phase at once, all else a few times a second: nobody reads faster, and pictures cost time. */
  #followSoon(running: () => LabRun): void {
    queueMicrotask(() => {
      const run = running()
      if (run.isOver) return
      if (run.state.phase !== this.#shownPhase) return this.#follow(run)
      this.#following ??= setTimeout(() => this.#follow(run), FOLLOW_MS)
    })
  }

  /** Only while the run goes on: what comes after it is `runAll`'s to say. */
  #follow(run: LabRun): void {
    clearTimeout(this.#following)
    this.#following = undefined
    const { phase } = run.state
    this.#shownPhase = phase
    if (this.#snapshot.phase === 'done' || this.#snapshot.phase === 'failed') return
    this.#publish({ run: { current: run }, phase: phase === 'connecting' ? 'connecting' : 'running' })
  }

  #publish(change: Partial<LabSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function withNeighbourBound(experiment: Experiment, members: readonly RunMember[]): Experiment {
  if (experiment.mode === 'client-server') return experiment
  const peersInPage = 1 + members.filter(({ student }) => student === undefined).length
  const bound = neighbourBound(peersInPage, members.length, experiment.policy)
  return Object.keys(bound).length > 0 ? { ...experiment, policy: { ...experiment.policy, ...bound } } : experiment
}

function simulate(experiment: Experiment, signal: AbortSignal) {
  const outcome = simulateOffThread(experiment, () => {}, signal)
  // It is awaited only when the run is over.
  outcome.catch(() => {})
  return outcome
}
