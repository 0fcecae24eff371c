// A student's part in one run: its peer, the chunks it keeps, and how far it is. Knows neither the room nor what is drawn.
import {
  type ChunkMap,
  type ClockPort,
  castOf,
  type Experiment,
  lies,
  parseExperiment,
  type Role,
} from '@swarmdrop/core'
import { type KeptStore, openKeptStore } from './kept-store'
import { LabPeer } from './lab-peer'
import type { RunContent } from './material'
import { contentOfOrder, type OpenOrder, type PeerStatus } from './messages'
import { openPageStore } from './page-stores'

export type PartStage = 'connecting' | 'running' | 'away' | 'over'

const nothing: PeerStatus = { ids: [], held: new Uint8Array(), uploadedBytes: 0, downloadedBytes: 0, neighbours: [] }

export type PartOptions = {
  trackerUrl: string
  /** Whose kept chunks these are: this tab's, in whatever page load. */
  owner: string
  clock: ClockPort
  /** Rings at the start, and for nothing else. */
  startClock: ClockPort
  /** It has begun, or has the whole file: worth telling at once. */
  moved: () => void
}

export class StudentPart {
  stage: PartStage
  completedAfterMs: number | undefined
  status: PeerStatus = nothing
  readonly #options: PartOptions
  readonly #order: OpenOrder
  readonly #content: RunContent
  #startedAtMs: number | undefined
  #peer: LabPeer | undefined
  #kept: KeptStore | undefined

  private constructor(
    options: PartOptions,
    order: OpenOrder,
    readonly experiment: Experiment,
    readonly role: Role,
    content: RunContent,
  ) {
    this.#options = options
    this.#order = order
    this.#content = content
    this.stage = order.startedAtMs === undefined ? 'connecting' : 'running'
  }

  /** Undefined when the order makes no sense to this page. */
  static of(order: OpenOrder, options: PartOptions): StudentPart | undefined {
    const parsed = parseExperiment(order.experiment)
    const content = contentOfOrder(order)
    if (!parsed.ok || !content) return undefined
    const role = castOf(parsed.experiment).peers.find(({ id }) => id === order.role)
    return role && new StudentPart(options, order, parsed.experiment, role, content)
  }

  get run(): string {
    return this.#order.run
  }

  get chunkCount(): number {
    return this.#content.content.layout.chunkCount
  }

  /** In the swarm. */
  get isOpen(): boolean {
    return this.#peer !== undefined
  }

  get elapsedSeconds(): number {
    return this.#startedAtMs === undefined ? 0 : Math.max(0, (this.#options.clock.now() - this.#startedAtMs) / 1000)
  }

  /** Into the swarm, with what was held before a reload. Rejects when this browser cannot. */
  async open(startedAtMs: number | undefined): Promise<void> {
    this.#startedAtMs = startedAtMs
    const kept = await openKeptStore(this.#content, this.#options.owner, this.run)
    // It may have been sent away meanwhile.
    if (this.stage === 'away' || this.stage === 'over') return kept.close()
    this.#kept = kept
    const { role, experiment, chunkCount } = this
    const { layout } = this.#content.content
    const isLiar = lies(role.behaviour)
    if (isLiar) for (let chunk = 0; chunk < chunkCount; chunk++) kept.held.set(chunk)
    this.#peer = new LabPeer({
      trackerUrl: this.#options.trackerUrl,
      run: this.#content,
      role,
      company: {
        meets: experiment.mode === 'client-server' ? 'those-who-ask' : 'everybody',
        wants: this.#order.wants,
        maxLinks: this.#order.maxLinks,
      },
      held: kept.held,
      store: isLiar ? openPageStore(new Uint8Array(), layout, role.behaviour) : kept.store,
      clock: this.#options.clock,
      changed: () => this.#noticeCompletion(),
    })
    if (this.#startedAtMs !== undefined) this.startAt(this.#startedAtMs)
  }

  startAt(atMs: number): void {
    this.#startedAtMs = atMs
    this.#options.startClock.setAlarm(atMs, () => {
      if (this.stage === 'away' || this.stage === 'over') return
      this.stage = 'running'
      this.#peer?.begin()
      this.#noticeCompletion()
      this.#options.moved()
    })
  }

  findPeers(): void {
    this.#peer?.findPeers()
  }

  /** Looks at the peer, where there is one. */
  sample(): void {
    if (this.#peer) this.status = this.#peer.status()
  }

  chunkMap(): ChunkMap | undefined {
    return this.#peer?.chunkMap()
  }

  /** `over`: what was kept is kept no longer. */
  close(stage: 'away' | 'over'): void {
    this.#options.startClock.clearAlarm()
    this.stage = stage
    this.#peer?.close()
    if (stage === 'over') this.#kept?.remove()
    else this.#kept?.close()
    this.#peer = undefined
    this.#kept = undefined
  }

  #noticeCompletion(): void {
    if (!this.#peer?.isComplete || this.completedAfterMs !== undefined || lies(this.role.behaviour)) return
    if (this.#startedAtMs === undefined) return
    this.completedAfterMs = Math.max(0, this.#options.clock.now() - this.#startedAtMs)
    this.#options.moved()
  }
}
