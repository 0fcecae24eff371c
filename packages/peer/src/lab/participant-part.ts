// A participant's part in one run: its peer, the chunks it keeps, and how far it is. Knows neither the room nor what is
// drawn.
import { Bitfield, type ChunkMap, type ClockPort } from '@swarmdrop/core'
import {
  type Experiment,
  lies,
  type ParticipantPlan,
  parseExperiment,
  participantsOf,
} from '@swarmdrop/core/simulation'
import type { RunContent } from './lab-data'
import { LabPeer } from './lab-peer'
import type { ParticipantPorts } from './lab-ports'
import { contentOfMessage, type OpenMessage, type PeerStatus } from './messages'
import { openInTime, openParticipantStore, type RunChunks } from './participant-store'
import { openSharedStore } from './shared-store'
import { StandStill } from './stand-still'

export type PartStage = 'connecting' | 'running' | 'away' | 'over'

const nothing: PeerStatus = {
  ids: [],
  held: new Uint8Array(),
  uploadedBytes: 0,
  downloadedBytes: 0,
  limitedMs: 0,
  neighbours: [],
}

export type PartOptions = {
  /** Whose kept chunks these are: this participant's, before and after a reload. */
  owner: string
  /** The part has begun, or has the whole file: worth telling at once. */
  moved: () => void
}

export class ParticipantPart {
  stage: PartStage
  completedAfterMs: number | undefined
  status: PeerStatus = nothing
  /** How far it was, since the start. */
  points: readonly { atSeconds: number; held: number }[] = []
  readonly #ports: ParticipantPorts
  readonly #options: PartOptions
  readonly #message: OpenMessage
  readonly #content: RunContent
  /** Rings at the start, and for nothing else. */
  readonly #startAlarm: ClockPort
  #startedAtMs: number | undefined
  #peer: LabPeer | undefined
  #kept: RunChunks | undefined
  readonly #standStill: StandStill

  private constructor(
    ports: ParticipantPorts,
    options: PartOptions,
    message: OpenMessage,
    readonly experiment: Experiment,
    readonly plan: ParticipantPlan,
    content: RunContent,
  ) {
    this.#ports = ports
    this.#options = options
    this.#message = message
    this.#content = content
    this.#startAlarm = ports.swarm.time.alarm()
    this.#standStill = new StandStill(ports.swarm.time)
    this.stage = message.startedAtMs === undefined ? 'connecting' : 'running'
  }

  /** The part in a run; undefined when the message makes no sense to this version. */
  static of(ports: ParticipantPorts, message: OpenMessage, options: PartOptions): ParticipantPart | undefined {
    const parsed = parseExperiment(message.experiment)
    const content = contentOfMessage(message)
    if (!parsed.ok || !content) return undefined
    const plan = participantsOf(parsed.experiment).peers.find(({ id }) => id === message.role)
    return plan && new ParticipantPart(ports, options, message, parsed.experiment, plan, content)
  }

  get run(): string {
    return this.#message.run
  }

  get chunkCount(): number {
    return this.#content.content.layout.chunkCount
  }

  /** Whether it is in the swarm. */
  get isOpen(): boolean {
    return this.#peer !== undefined
  }

  get elapsedSeconds(): number {
    const now = this.#ports.swarm.time.now()
    return this.#startedAtMs === undefined ? 0 : Math.max(0, (now - this.#startedAtMs) / 1000)
  }

  /** Seconds until the start, once that is known; 0 before and after. */
  get startsInSeconds(): number {
    const startedAtMs = this.#startedAtMs ?? Number.NEGATIVE_INFINITY
    return Math.max(0, (startedAtMs - this.#ports.swarm.time.now()) / 1000)
  }

  /** Into the swarm, with what was held before a reload. Rejects when this runtime cannot. */
  async open(startedAtMs: number | undefined): Promise<void> {
    this.#startedAtMs = startedAtMs
    const { time } = this.#ports.swarm
    const kept = await openInTime(time, this.#ports.openRunChunks(this.#options.owner, this.run))
    const { store, held } = await openParticipantStore(this.#content, kept, this.#ports.sha256)
    // It may have been sent away meanwhile.
    if (this.#isClosed) return kept.close()
    this.#kept = kept
    const { plan, chunkCount } = this
    const isLiar = lies(plan.behaviour)
    if (isLiar) for (let chunk = 0; chunk < chunkCount; chunk++) held.set(chunk)
    const lying = () =>
      openSharedStore(new Uint8Array(), this.#content.content.layout, plan.behaviour, this.#ports.sha256)
    this.#peer = new LabPeer(this.#ports.swarm, {
      run: this.#content,
      plan,
      connections: { wants: this.#message.wants, maxLinks: this.#message.maxLinks },
      held,
      store: isLiar ? lying() : store,
      changed: () => this.#noticeCompletion(),
    })
    this.#peer.start()
    if (this.#startedAtMs !== undefined) this.startAt(this.#startedAtMs)
  }

  /** Starts at this time; does nothing for one who was sent away. */
  startAt(atMs: number): void {
    if (this.#isClosed) return
    this.#startedAtMs = atMs
    this.#startAlarm.setAlarm(atMs, () => {
      this.stage = 'running'
      this.#peer?.begin()
      this.#standStill.start()
      this.#noticeCompletion()
      this.#options.moved()
    })
  }

  /** The share of the run so far for which this page stood still, from 0 to 1. */
  get stoodStillShare(): number {
    return this.#standStill.share
  }

  findPeers(): void {
    this.#peer?.findPeers()
  }

  /** Looks at the peer, where there is one. */
  sample(): void {
    if (!this.#peer) return
    this.status = this.#peer.status()
    if (this.stage === 'running') this.#addPoint()
  }

  chunkMap(): ChunkMap | undefined {
    return this.#peer?.chunkMap()
  }

  /** `over`: what was kept is kept no longer. */
  close(stage: 'away' | 'over'): void {
    this.#startAlarm.clearAlarm()
    this.#standStill.stop()
    this.stage = stage
    this.#peer?.close()
    if (stage === 'over') this.#kept?.remove()
    else this.#kept?.close()
    this.#peer = undefined
    this.#kept = undefined
  }

  /** Adds a point where its progress has moved: a curve has no more corners than that. */
  #addPoint(): void {
    const held = Bitfield.fromBytes(this.chunkCount, this.status.held)?.count ?? 0
    if (held !== this.points.at(-1)?.held) this.points = [...this.points, { atSeconds: this.elapsedSeconds, held }]
  }

  get #isClosed(): boolean {
    return this.stage === 'away' || this.stage === 'over'
  }

  #noticeCompletion(): void {
    if (!this.#peer?.isComplete || this.completedAfterMs !== undefined || lies(this.plan.behaviour)) return
    if (this.#startedAtMs === undefined) return
    this.completedAfterMs = Math.max(0, this.#ports.swarm.time.now() - this.#startedAtMs)
    this.#options.moved()
  }
}
