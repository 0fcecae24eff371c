// The one loop between a swarm and the world: carries its actions out on ports and turns answers into events.
// Knows no browser and no network, and decides nothing.
import type { Content } from '../content/index'
import { FIRST_LANE, type Swarm, type SwarmAction, type SwarmEvent } from '../swarm/index'
import { decodeMessage, encodeMessage, MAX_FRAME_BYTES, type Message } from '../wire/index'
import { type ChunkStore, type ClockPort, type LinkPort, StoreError } from './ports'

/** A buffer that holds more than any mark and a block: only small messages that nobody reads make one so large. */
const PILE_BYTES = 2_097_152

export type DriverPorts = { link: LinkPort; clock: ClockPort }

/** What the driver's owner wants to know. */
export type DriverObserver = {
  /** Something may have changed; called at most once for each batch of events. */
  changed(): void
  /** The manifest is here. Give the driver a store, with `useStore`, before the download begins. */
  contentKnown(content: Content): void
  /** A hash page came, and is proved: worth keeping for those who keep chunks beyond this session. */
  pageKnown?(page: number, bytes: Uint8Array): void
  peersWanted(): void
  /**
   * Reading or keeping failed. What was fetched stays; the chunk in question is asked for again when downloading goes
   * on.
   */
  storeFailed(error: StoreError): void
}

export class SwarmDriver {
  private inbox: SwarmEvent[] = []
  private running = false
  private closed = false
  private store: ChunkStore | undefined
  /** Each frame is made here: fresh memory for every block costs more than the block's copy. */
  private readonly frame = new Uint8Array(MAX_FRAME_BYTES)

  constructor(
    private readonly swarm: Swarm,
    private readonly ports: DriverPorts,
    private readonly observer: DriverObserver,
    store?: ChunkStore,
  ) {
    this.store = store
    this.setAlarm()
  }

  useStore(store: ChunkStore): void {
    this.store = store
  }

  /** Takes an event. Events that come up while actions are carried out wait for their turn. */
  dispatch(event: SwarmEvent): void {
    if (this.closed) return
    this.inbox.push(event)
    if (this.running) return
    this.running = true
    try {
      for (let batch = this.takeInbox(); batch.length > 0; batch = this.takeInbox())
        for (const next of batch)
          for (const action of this.swarm.handle(next, this.ports.clock.now())) this.perform(action)
    } finally {
      this.running = false
    }
    this.setAlarm()
    this.observer.changed()
  }

  /** A frame came from a peer over that connection, whole and in order. */
  receive(peer: string, frame: Uint8Array, lane = FIRST_LANE): void {
    const decoded = decodeMessage(frame)
    if (decoded.ok) this.dispatch({ type: 'message-received', peer, message: decoded.message, lane })
    else this.dispatch({ type: 'frame-refused', peer, reason: decoded.reason })
  }

  /** Stops; late answers of the ports are dropped from now on. */
  close(): void {
    this.closed = true
    this.ports.clock.clearAlarm()
  }

  private takeInbox(): SwarmEvent[] {
    const batch = this.inbox
    this.inbox = []
    return batch
  }

  private perform(action: SwarmAction): void {
    switch (action.type) {
      case 'send':
        return this.send(action.peer, action.message, encodeMessage(action.message, this.frame), action.lane)
      case 'send-all': {
        const { peers, message } = action
        const frame = encodeMessage(message, this.frame)
        for (const peer of peers) this.send(peer, message, frame, FIRST_LANE)
        return
      }
      case 'load-block':
        void this.load(action)
        return
      case 'check-chunk':
        void this.check(action)
        return
      case 'open-lanes':
        return this.ports.link.openLanes(action.peer, action.count)
      case 'measure-path':
        void this.measure(action.peer)
        return
      case 'close-lane':
        return this.ports.link.closeLane(action.peer, action.lane)
      case 'set-low-mark':
        return this.ports.link.setLowMark(action.peer, action.bytes)
      case 'drop-peer':
        return this.ports.link.drop(action.peer, action.reason, action.ban)
      case 'content-known':
        return this.observer.contentKnown(action.content)
      case 'page-known':
        return this.observer.pageKnown?.(action.page, action.bytes)
      case 'find-peers':
        return this.observer.peersWanted()
    }
  }

  private send(peer: string, message: Message, frame: Uint8Array, lane: number): void {
    const { link } = this.ports
    link.send(peer, frame, lane)
    const bufferedBytes = link.bufferedBytes(peer)
    // A buffer that never rose above the mark never tells that it fell below it. Small messages count only where they
    // pile up.
    if (message.type === 'block' || message.type === 'metadata-block' || bufferedBytes > PILE_BYTES)
      this.inbox.push({ type: 'send-drained', peer, bufferedBytes })
  }

  private async load(action: Extract<SwarmAction, { type: 'load-block' }>): Promise<void> {
    const { peer, chunk, offset, length } = action
    let data: Uint8Array | undefined
    try {
      data = await this.requireStore().read(chunk, offset, length)
    } catch (error) {
      this.storeFailed(error)
    }
    this.dispatch({ type: 'block-loaded', peer, chunk, offset, data })
  }

  private async measure(peer: string): Promise<void> {
    const roundTrip = await this.ports.link.measurePath(peer)
    this.dispatch({ type: 'path-measured', peer, roundTrip })
  }

  private async check(action: Extract<SwarmAction, { type: 'check-chunk' }>): Promise<void> {
    const { chunk, from, blocks, digest } = action
    let outcome: 'stored' | 'wrong-digest'
    try {
      outcome = await this.requireStore().write(chunk, blocks, digest)
    } catch (error) {
      this.dispatch({ type: 'store-failed', chunk, from })
      return this.storeFailed(error)
    }
    this.dispatch({ type: 'chunk-checked', chunk, from, ok: outcome === 'stored' })
  }

  private requireStore(): ChunkStore {
    if (!this.store)
      throw new StoreError('unavailable', 'There is no place to keep the file yet. Reload the page and try again.')
    return this.store
  }

  private storeFailed(error: unknown): void {
    if (this.closed) return
    const known = error instanceof StoreError
    this.observer.storeFailed(
      known ? error : new StoreError('unavailable', `The file's storage failed: ${String(error)}`),
    )
  }

  private setAlarm(): void {
    if (this.closed) return
    this.ports.clock.setAlarm(this.swarm.wakeAt, () => this.dispatch({ type: 'wake' }))
  }
}
