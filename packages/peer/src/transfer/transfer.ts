// One content on its way: a live swarm with a side, sending or receiving, as snapshots and commands. Knows no page.
import type { Bitfield, ChunkMap, ChunkStore, Content, SwarmSnapshot } from '@swarmdrop/core'
import { Snapshots } from '../snapshots'
import { AnsweringStore } from '../stores/answering-store'
import type { SwarmPorts } from '../swarm/connection-ports'
import type { Gate } from '../swarm/gate'
import { LiveSwarm } from '../swarm/live-swarm'
import { Throttle } from '../time/throttle'
import { describeTransfer, type Limits } from './describe'
import { DistributionRecord } from './distribution-record'
import type { Side } from './side'
import type { TransferSnapshot } from './snapshot'

/**
 * Progress is told at most this often, and at once what somebody waits for: nobody reads more, and drawing takes from
 * what the transfer needs.
 */
const SHOW_MS = 500
/** Rates fall though nothing happens. */
const REFRESH_MS = 1_000

export type TransferOptions<S extends Side> = {
  contentId: Uint8Array
  /** The link as people pass it on. */
  link: string
  side: S
  /** The gate that asks for more than the link; absent: there is none. */
  gate?: Gate | undefined
  /** A sender knows, holds and serves everything from the start; a receiver that comes back, what it has kept. */
  start?:
    | {
        content: Content
        pages: readonly (Uint8Array | undefined)[]
        held: Bitfield
        /** The chunks that are fetched; absent: all. */
        chosen?: Bitfield
        store: ChunkStore
      }
    | undefined
}

export class Transfer<S extends Side = Side> {
  /** The commands that only one side has, as a receiver has `download`. */
  readonly side: S
  readonly #ports: SwarmPorts
  readonly #link: string
  readonly #live: LiveSwarm
  readonly #record = new DistributionRecord()
  readonly #snapshots: Snapshots<TransferSnapshot>
  readonly #showing: Throttle
  #limits: Limits = { upload: undefined, download: undefined }
  #wasDone = false
  #stopRefreshing = () => {}
  readonly #closers: (() => void)[] = []
  #closed = false

  constructor(ports: SwarmPorts, { contentId, link, side, gate, start }: TransferOptions<S>) {
    this.#ports = ports
    this.#link = link
    this.side = side
    this.#live = new LiveSwarm(
      ports,
      {
        contentId,
        ...(start && {
          start: { content: start.content, pages: [...start.pages], held: start.held, chosen: start.chosen },
        }),
        store: start && new AnsweringStore(start.store, ports.time),
        downloading: false,
        uploading: true,
        reporting: true,
        gate,
      },
      {
        changed: () => this.#changed(),
        contentKnown: () => this.#showSoon(),
        pageKnown: (page, bytes) => side.pageKnown(page, bytes),
        storeFailed: (error) => side.storeFailed(error),
      },
    )
    this.#showing = new Throttle(ports.time, SHOW_MS, () => this.#show())
    this.#snapshots = new Snapshots(this.inspect())
  }

  /** Into the swarm. */
  start(): void {
    this.#live.start()
    this.side.start(this.#live, () => this.#showSoon())
    this.#stopRefreshing = this.#ports.time.every(REFRESH_MS, () => this.#showing.call())
    this.#snapshots.replace(this.inspect())
  }

  subscribe(onChange: () => void): () => void {
    return this.#snapshots.subscribe(onChange)
  }

  getSnapshot(): TransferSnapshot {
    return this.#snapshots.get()
  }

  /** The snapshot of this instant, even where nothing is drawn. */
  inspect(): TransferSnapshot {
    return this.#describe(this.#live.snapshot())
  }

  /** Which chunks are here and on their way, to be drawn as it is; undefined until the manifest is known. */
  chunkMap(): ChunkMap | undefined {
    return this.#live.chunkMap()
  }

  pause(): void {
    this.side.pause()
    this.#showSoon()
  }

  resume(): void {
    this.side.resume()
    this.#showSoon()
  }

  /** Bytes a second; undefined: none. */
  setLimits(limits: Limits): void {
    this.#limits = limits
    this.#live.dispatch({
      type: 'limits-changed',
      uploadBytesPerSecond: limits.upload,
      downloadBytesPerSecond: limits.download,
    })
    this.#showSoon()
  }

  /**
   * Connects again, and from now on through a relay alone, so that nobody else sees this address; or directly again.
   */
  setRelayOnly(relayOnly: boolean): void {
    const { relay } = this.#ports
    if (relayOnly === relay.isRelayOnly()) return
    relay.chooseRelayOnly(relayOnly)
    this.#live.reconnect()
    this.#showSoon()
  }

  /**
   * Connects from now on only to those who pass this gate; undefined: to anyone who has the link. Those who are here
   * come in again.
   */
  setGate(gate: Gate | undefined): void {
    this.#live.setGate(gate)
    this.#showSoon()
  }

  /** Says goodbye at once, so that nobody waits for us; what is shown stays. */
  leave(): void {
    this.#live.leave()
  }

  /** Into the swarm again after `leave`: a page may come back from where it was put away. */
  comeBack(): void {
    if (!this.#closed && this.side.phase(0) !== 'failed') this.#live.comeBack()
  }

  /** Called when it is closed, whichever way; at once, where it is. */
  onClosed(run: () => void): void {
    if (this.#closed) run()
    else this.#closers.push(run)
  }

  /** Leaves the swarm. What is kept stays for the next time that the link is opened; the rest is freed. */
  close(): void {
    if (this.#closed) return
    this.#stop()
    this.side.close()
  }

  /** Leaves the swarm and deletes what is kept. */
  async forget(): Promise<void> {
    if (!this.#closed) this.#stop()
    await this.side.forget()
  }

  #stop(): void {
    this.#closed = true
    this.#showing.cancel()
    this.#stopRefreshing()
    this.#live.close()
    for (const closer of this.#closers) closer()
  }

  #describe(swarm: SwarmSnapshot): TransferSnapshot {
    const { time, relay } = this.#ports
    return describeTransfer({
      link: this.#link,
      side: this.side,
      limits: this.#limits,
      live: this.#live,
      swarm,
      record: this.#record,
      isRelayOnly: relay.isRelayOnly(),
      now: time.now(),
    })
  }

  #changed(): void {
    if (this.#closed) return
    const { isDone } = this.#live
    if (isDone && !this.#wasDone) this.#showSoon()
    else this.#showing.call()
    this.#wasDone = isDone
  }

  /** Shows at once what a person waits for. */
  #showSoon(): void {
    if (!this.#closed) this.#showing.hurry()
  }

  #show(): void {
    const swarm = this.#live.snapshot()
    this.side.shown(swarm.heldBytes)
    this.#snapshots.replace(this.#describe(swarm))
  }
}
