// One peer in one swarm: the machine, the driver that carries its actions out, and the connection that it lives on.
// Transfers and the peers of an experiment each have one. Knows nothing of what either is for.
import {
  Bitfield,
  type ChunkMap,
  type ChunkStore,
  type Content,
  type HeldChunks,
  type LinkPort,
  type PeerReport,
  type StoreError,
  Swarm,
  SwarmDriver,
  type SwarmEvent,
  type SwarmOptions,
  type SwarmSnapshot,
} from '@swarmdrop/core'
import type { TrackerState } from '../line/swarm-line'
import type { TurnOutcome, Way } from '../ports'
import type { Timers } from '../time/timers'
import { SwarmConnection } from './connection'
import type { ConnectionPlan, SwarmConnectionHandlers, SwarmPorts, Trouble } from './connection-ports'
import type { Gate, GateVerdict } from './gate'

export type LiveSwarmOptions = Omit<SwarmOptions, 'now'> & {
  plan?: ConnectionPlan
  store?: ChunkStore | undefined
  gate?: Gate | undefined
}

/** What the owner of a swarm wants to know. Nothing is said before `start`, nor after `close`. */
export type LiveSwarmObserver = {
  /** Something may have changed: often. */
  changed(): void
  /** The manifest is here. */
  contentKnown?(): void
  pageKnown?(page: number, bytes: Uint8Array): void
  storeFailed(error: StoreError): void
}

export class LiveSwarm {
  readonly #newSwarm: (start?: SwarmOptions['start']) => Swarm
  #swarm: Swarm
  readonly #newConnection: () => SwarmConnection
  #connection: SwarmConnection
  #hasLeft = false
  readonly #ports: SwarmPorts
  readonly #observer: LiveSwarmObserver
  #content: Content | undefined
  #store: ChunkStore | undefined
  #gate: Gate | undefined
  #driver: SwarmDriver | undefined
  #limits: Extract<SwarmEvent, { type: 'limits-changed' }> | undefined
  #chosen: Bitfield | undefined
  /** The bytes that earlier machines have carried. */
  #earlier = { uploadedBytes: 0, downloadedBytes: 0 }

  constructor(
    ports: SwarmPorts,
    { plan, store, start, gate, ...options }: LiveSwarmOptions,
    observer: LiveSwarmObserver,
  ) {
    this.#ports = ports
    this.#observer = observer
    this.#store = store
    this.#gate = gate
    this.#content = start?.content
    this.#chosen = start?.chosen
    this.#newSwarm = (from) =>
      new Swarm({ ...options, ...(from && { start: from }), now: ports.time.now() }, () => ports.random.uniform())
    this.#swarm = this.#newSwarm(start)
    const handlers: SwarmConnectionHandlers = {
      peerJoined: (peer, dialled) => this.dispatch({ type: 'peer-joined', peer, dialled }),
      peerLeft: (peer) => this.dispatch({ type: 'peer-left', peer }),
      frame: (peer, frame, lane) => this.#driver?.receive(peer, frame, lane),
      laneOpened: (peer, lane) => this.dispatch({ type: 'lane-opened', peer, lane }),
      lanesRefused: (peer) => this.dispatch({ type: 'lanes-refused', peer }),
      laneLost: (peer, lane) => this.dispatch({ type: 'lane-lost', peer, lane }),
      drained: (peer, bufferedBytes) => this.dispatch({ type: 'send-drained', peer, bufferedBytes }),
      changed: () => {
        if (this.#driver) observer.changed()
      },
    }
    this.#newConnection = () => new SwarmConnection(ports, options.contentId, handlers, { plan, gate: this.#gate })
    this.#connection = this.#newConnection()
  }

  /** Into the swarm. */
  start(): void {
    this.#driver = this.#newDriver()
    this.#connection.start()
  }

  /**
   * Out of the swarm and in again with the manifest alone, as what was held is gone. Needs a store before it fetches.
   * Nothing where the manifest is not known.
   */
  startAnew(): void {
    const content = this.#content
    if (!this.#driver || !content) return
    const { uploadedBytes, downloadedBytes } = this.snapshot()
    this.#earlier = { uploadedBytes, downloadedBytes }
    const pages = [...this.#swarm.pages]
    this.#driver.close()
    this.#connection.close()
    this.#store = undefined
    this.#swarm = this.#newSwarm({
      content,
      pages,
      held: new Bitfield(content.layout.chunkCount),
      chosen: this.#chosen,
    })
    this.#driver = this.#newDriver()
    if (this.#limits) this.dispatch(this.#limits)
    if (this.#hasLeft) return
    this.#connection = this.#newConnection()
    this.#connection.start()
  }

  #newDriver(): SwarmDriver {
    return new SwarmDriver(
      this.#swarm,
      { link: this.#link, clock: this.#ports.time.alarm() },
      {
        changed: () => this.#observer.changed(),
        contentKnown: (content) => {
          this.#content = content
          this.#observer.contentKnown?.()
        },
        pageKnown: (page, bytes) => this.#observer.pageKnown?.(page, bytes),
        peersWanted: () => this.findPeers(),
        storeFailed: (error) => this.#observer.storeFailed(error),
      },
      this.#store,
    )
  }

  dispatch(event: SwarmEvent): void {
    if (event.type === 'limits-changed') this.#limits = event
    this.#driver?.dispatch(event)
  }

  setActivity(downloading: boolean, uploading: boolean): void {
    this.dispatch({ type: 'activity-changed', downloading, uploading })
  }

  /** Fetches these chunks from now on; before the first choice, all. Does nothing where the manifest is not known. */
  choose(chosen: Bitfield): void {
    this.#chosen = chosen
    this.dispatch({ type: 'choice-changed', chosen })
  }

  get time(): Timers {
    return this.#ports.time
  }

  useStore(store: ChunkStore): void {
    this.#store = store
    this.#driver?.useStore(store)
  }

  /** Connects to those who have come since. */
  findPeers(): void {
    void this.#connection.findPeers()
  }

  reconnect(): void {
    this.#connection.reconnect()
  }

  /** The content; undefined until the manifest is here. */
  get content(): Content | undefined {
    return this.#content
  }

  /** The hash pages that are known, by number. */
  get pages(): readonly (Uint8Array | undefined)[] {
    return this.#swarm.pages
  }

  snapshot(): SwarmSnapshot {
    const now = this.#swarm.snapshot(this.#ports.time.now())
    return {
      ...now,
      uploadedBytes: this.#earlier.uploadedBytes + now.uploadedBytes,
      downloadedBytes: this.#earlier.downloadedBytes + now.downloadedBytes,
    }
  }

  /** What this peer and its neighbours have reported of themselves; empty where that is switched off. */
  reports(): PeerReport[] {
    return this.#swarm.reports()
  }

  /** The state of each chunk; undefined until the manifest is known. */
  chunkMap(): ChunkMap | undefined {
    return this.#swarm.chunkMap()
  }

  get isComplete(): boolean {
    return this.#swarm.isComplete
  }

  /** Whether every chunk that is chosen is here. */
  get isDone(): boolean {
    return this.#swarm.isDone
  }

  /** The chunks that are held; undefined until the manifest is known. */
  get held(): HeldChunks | undefined {
    return this.#swarm.held
  }

  get tracker(): TrackerState {
    return this.#connection.trackerState
  }

  get swarmSize(): number {
    return this.#connection.swarmSize
  }

  /** The way by which a neighbour is reached; undefined: it is none. */
  wayTo(peer: string): Way | undefined {
    return this.#connection.wayTo(peer)
  }

  /** The name that a neighbour gives itself; undefined: it says none. */
  nameOf(peer: string): string | undefined {
    return this.#connection.nameOf(peer)
  }

  get trouble(): Trouble {
    return this.#connection.trouble
  }

  get hasRelay(): boolean {
    return this.#connection.hasRelay
  }

  /** How TURN servers answered last. */
  get turn(): TurnOutcome | undefined {
    return this.#connection.turn
  }

  /** The last ids that the tracker has given us, at most four. */
  get ownIds(): readonly string[] {
    return this.#connection.ownIds
  }

  /** Goes from the swarm, and says so at once; what is asked of the store is still answered. */
  leave(): void {
    this.#hasLeft = true
    this.#connection.close()
  }

  /** Into the swarm again, for one that has left and is not closed. */
  comeBack(): void {
    if (!this.#hasLeft || !this.#driver) return
    this.#hasLeft = false
    this.#connection = this.#newConnection()
    this.#connection.start()
  }

  /** Everybody is met again, and let in by this gate alone; undefined: by the link. */
  setGate(gate: Gate | undefined): void {
    this.#gate = gate
    if (this.#hasLeft) return
    this.#connection.close()
    this.#connection = this.#newConnection()
    if (this.#driver) this.#connection.start()
  }

  get hasGate(): boolean {
    return this.#gate !== undefined
  }

  /** Why a gate lets nobody in; `needed`: they have one, and we do not. */
  get gate(): GateVerdict | 'needed' | undefined {
    return this.#connection.gate
  }

  /** The links of the present connection. */
  readonly #link: LinkPort = {
    send: (peer, frame, lane) => this.#connection.links.send(peer, frame, lane),
    openLanes: (peer, count) => this.#connection.links.openLanes(peer, count),
    measurePath: (peer) => this.#connection.links.measurePath(peer),
    closeLane: (peer, lane) => this.#connection.links.closeLane(peer, lane),
    bufferedBytes: (peer) => this.#connection.links.bufferedBytes(peer),
    setLowMark: (peer, bytes) => this.#connection.links.setLowMark(peer, bytes),
    drop: (peer, reason, ban) => this.#connection.links.drop(peer, reason, ban),
  }

  close(): void {
    this.leave()
    this.#driver?.close()
    this.#driver = undefined
  }
}
