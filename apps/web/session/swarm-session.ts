// One file's swarm in this tab: the machine, its driver and its ports, with the commands and the snapshot that a page
// needs. What differs between sender and receiver is in sharing.ts and receiving.ts.
import {
  type Bitfield,
  type ChunkStore,
  type Content,
  contentName,
  formatLinkId,
  type StoreError,
  Swarm,
  SwarmDriver,
} from '@swarmdrop/core'
import { AlarmClock } from '../adapters/alarm-clock'
import { chooseRelayOnly, isRelayOnly } from '../adapters/relay-choice'
import { distributionOf } from './distribution'
import { DistributionRecord } from './distribution-record'
import { enlist, strike } from './inspection'
import { random } from './randomness'
import { SwarmConnection } from './swarm-connection'
import type { ChunkMap, Phase, Session, SessionSnapshot } from './types'

/**
 * A page is told of progress at most this often, and at once of what somebody waits for: nobody reads more, and drawing takes from
 * what the transfer needs.
 */
const PUBLISH_MS = 500
/** Rates fall though nothing happens. */
const REFRESH_MS = 1_000

export type SwarmSessionOptions = {
  contentId: Uint8Array
  role: SessionSnapshot['role']
  trackerUrl: string
  /** A sender knows, holds and serves everything from the start; a receiver that comes back, what it has kept. */
  start?: { content: Content; pages: readonly (Uint8Array | undefined)[]; held: Bitfield; store: ChunkStore }
}

export abstract class SwarmSession implements Session {
  protected content: Content | undefined
  protected problem: string | undefined
  protected readonly driver: SwarmDriver
  readonly #swarm: Swarm
  readonly #clock = new AlarmClock()
  readonly #connection: SwarmConnection
  readonly #options: SwarmSessionOptions
  readonly #link: string
  readonly #record = new DistributionRecord()
  readonly #listeners = new Set<() => void>()
  #limits: { upload: number | undefined; download: number | undefined } = { upload: undefined, download: undefined }
  #shown: SessionSnapshot | undefined
  #wasComplete = false
  #publishing: ReturnType<typeof setTimeout> | undefined
  #publishedAtMs = Number.NEGATIVE_INFINITY
  readonly #refreshing: ReturnType<typeof setInterval>

  constructor(options: SwarmSessionOptions) {
    const { contentId, start, trackerUrl } = options
    this.#options = options
    this.content = start?.content
    this.#link = `${window.location.origin}/#${formatLinkId(contentId)}`
    this.#swarm = new Swarm(
      {
        contentId,
        ...(start && { start: { ...start, pages: [...start.pages] } }),
        downloading: false,
        uploading: true,
        reporting: true,
        now: this.#clock.now(),
      },
      random,
    )
    this.#connection = new SwarmConnection(contentId, trackerUrl, {
      peerJoined: (peer) => this.driver.dispatch({ type: 'peer-joined', peer }),
      peerLeft: (peer) => this.driver.dispatch({ type: 'peer-left', peer }),
      frame: (peer, frame) => this.driver.receive(peer, frame),
      drained: (peer, bufferedBytes) => this.driver.dispatch({ type: 'send-drained', peer, bufferedBytes }),
      changed: () => this.publishSoon(),
    })
    this.driver = new SwarmDriver(
      this.#swarm,
      { link: this.#connection.links, clock: this.#clock },
      {
        changed: () => this.#changed(),
        contentKnown: (content) => {
          this.content = content
          this.publishNow()
        },
        pageKnown: (page, bytes) => this.pageKnown(page, bytes),
        peersWanted: () => void this.#connection.findPeers(),
        storeFailed: (error) => this.storeFailed(error),
      },
      start?.store,
    )
    this.#refreshing = setInterval(() => this.publishSoon(), REFRESH_MS)
    window.addEventListener('pagehide', this.#onPageHide)
    enlist(this)
  }

  /** What a receiver adds to the snapshot. */
  protected storage(): Pick<SessionSnapshot, 'keeping' | 'chunksRestored'> {
    return {}
  }
  /** Something changed, and enough time has passed since the last change. */
  protected published(): void {}
  protected pageKnown(_page: number, _bytes: Uint8Array): void {}
  protected abstract phase(people: number): Phase
  protected abstract storeFailed(error: StoreError): void
  abstract download(): void
  abstract pause(): void
  abstract resume(): void
  abstract save(): Promise<void>
  abstract saveFile(index: number): Promise<void>
  abstract forget(): Promise<void>

  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  getSnapshot(): SessionSnapshot {
    this.#shown ??= this.inspect()
    return this.#shown
  }

  /** As it is this instant, even where the page is not drawn. */
  inspect(): SessionSnapshot {
    const now = this.#clock.now()
    const { neighbours, ...swarm } = this.#swarm.snapshot(now)
    const { content } = this
    const bytes = content?.layout.totalBytes ?? 0
    const left = bytes - swarm.heldBytes
    const { upload, download } = this.#limits
    return {
      link: this.#link,
      role: this.#options.role,
      phase: this.phase(neighbours.length),
      ...(this.problem !== undefined && { problem: this.problem }),
      tracker: this.#connection.trackerState,
      name: content ? contentName(content.manifest) : '',
      bytes,
      files: content?.manifest.files ?? [],
      chunkCount: content?.layout.chunkCount ?? 0,
      chunksHeld: swarm.chunksHeld,
      ...this.storage(),
      uploadedBytes: swarm.uploadedBytes,
      downloadedBytes: swarm.downloadedBytes,
      uploadRate: swarm.uploadRate,
      downloadRate: swarm.downloadRate,
      ...(left > 0 && swarm.downloadRate > 0 && { secondsLeft: left / swarm.downloadRate }),
      ...(upload !== undefined && { uploadLimit: upload }),
      ...(download !== undefined && { downloadLimit: download }),
      ...(isRelayOnly() ? { relay: 'only' as const } : this.#connection.hasRelay && { relay: 'available' as const }),
      swarmSize: this.#connection.swarmSize,
      neighbours: neighbours.map(({ snubbed: _, ...neighbour }) => neighbour),
      distribution: this.#record.look(distributionOf(bytes, this.#swarm.reports(), now), now),
    }
  }

  chunkMap(): ChunkMap | undefined {
    return this.#swarm.chunkMap()
  }

  setLimits(limits: { upload: number | undefined; download: number | undefined }): void {
    this.#limits = limits
    this.driver.dispatch({
      type: 'limits-changed',
      uploadBytesPerSecond: limits.upload,
      downloadBytesPerSecond: limits.download,
    })
    this.publishNow()
  }

  setRelayOnly(relayOnly: boolean): void {
    if (relayOnly === isRelayOnly()) return
    chooseRelayOnly(relayOnly)
    this.#connection.reconnect()
    this.publishNow()
  }

  close(): void {
    clearTimeout(this.#publishing)
    clearInterval(this.#refreshing)
    window.removeEventListener('pagehide', this.#onPageHide)
    strike(this)
    this.leaveSwarm()
    this.driver.close()
    this.#clock.close()
  }

  protected get isComplete(): boolean {
    return this.#swarm.isComplete
  }

  protected get heldBytes(): number {
    return this.#swarm.snapshot(this.#clock.now()).heldBytes
  }

  protected setActivity(downloading: boolean, uploading: boolean): void {
    this.driver.dispatch({ type: 'activity-changed', downloading, uploading })
    this.publishNow()
  }

  /** Says goodbye at once, so that nobody waits for us. */
  protected leaveSwarm(): void {
    this.#connection.close()
  }

  protected publishNow(): void {
    clearTimeout(this.#publishing)
    this.#publishing = undefined
    this.#publishedAtMs = Number.NEGATIVE_INFINITY
    this.publishSoon()
  }

  protected publishSoon(): void {
    const waitMs = Math.max(0, this.#publishedAtMs + PUBLISH_MS - this.#clock.now())
    this.#publishing ??= setTimeout(() => {
      this.#publishing = undefined
      this.#publishedAtMs = this.#clock.now()
      this.#shown = undefined
      this.published()
      for (const listener of this.#listeners) listener()
    }, waitMs)
  }

  #changed(): void {
    const { isComplete } = this.#swarm
    if (isComplete && !this.#wasComplete) this.publishNow()
    else this.publishSoon()
    this.#wasComplete = isComplete
  }

  readonly #onPageHide = () => this.leaveSwarm()
}
