// One peer's part in a swarm: events in, actions out. The same class runs in a tab, in a Node peer and in the
// simulator. It knows no clock, no chance of its own, no network and no disk.
import type { Bitfield, Content } from '../content/index'
import type { Message } from '../wire/index'
import { Alarm } from './alarms'
import { Choosing } from './choosing'
import { Dialogue } from './dialogue'
import { Downloads } from './downloads'
import type { Millis, SwarmAction, SwarmEvent } from './events'
import { FIRST_LANE } from './lane'
import { FIRST_LOW_MARK_BYTES } from './link-mark'
import { Metadata } from './metadata'
import { Neighbour } from './neighbour'
import { Neighbourhood } from './neighbourhood'
import { defaultPolicy, type Policy } from './policy'
import { type PeerReport, Reports } from './reports'
import { type ChunkMap, type SwarmSnapshot, takeChunkMap, takeSnapshot } from './snapshot'
import { type KnownContent, SwarmState, Violation } from './state'
import { Unchoking } from './unchoking'
import { Uploads } from './uploads'

/** This much waits on a link that keeps to its mark only if the other side does not read. */
const MAX_UNREAD_BYTES = 4_194_304
/** The id of no peer. */
const NOBODY = ''

export type SwarmOptions = {
  /** SHA-256 of the manifest: the link's 32 bytes. */
  contentId: Uint8Array
  /**
   * What is known and held from the start, all of it proved. A sender knows and holds everything; a peer that comes
   * back knows the manifest and holds some chunks. A page that is missing is fetched like any other. `chosen`: the
   * chunks that are fetched; absent: all.
   */
  start?: { content: Content; pages: (Uint8Array | undefined)[]; held: Bitfield; chosen?: Bitfield | undefined }
  downloading: boolean
  uploading: boolean
  /** Bytes a second; undefined: no limit. */
  uploadBytesPerSecond?: number | undefined
  downloadBytesPerSecond?: number | undefined
  policy?: Partial<Policy>
  /** Neighbours tell each other how far they are and how fast, for anyone who draws how long the whole takes. */
  reporting?: boolean
  now: Millis
}

/** Looks at what is held as it changes. */
export type HeldChunks = Pick<Bitfield, 'has' | 'count' | 'countIn' | 'isComplete'>

export class Swarm {
  private readonly state: SwarmState
  private readonly downloads: Downloads
  private readonly uploads: Uploads
  private readonly unchoking: Unchoking<Neighbour>
  private readonly metadata: Metadata
  private readonly choosing: Choosing
  private readonly reporting: Reports | undefined
  private readonly neighbourhood: Neighbourhood<Neighbour>
  private readonly dialogue: Dialogue
  private met = 0

  constructor(options: SwarmOptions, random: () => number) {
    const { contentId, start, now } = options
    const state = new SwarmState({ ...defaultPolicy, ...options.policy }, random, options)
    if (start) state.learnContent(start.content, start.pages, start.held, start.chosen)
    this.state = state
    this.downloads = new Downloads(state, options.downloadBytesPerSecond, now)
    this.uploads = new Uploads(state, options.uploadBytesPerSecond, now)
    this.unchoking = new Unchoking(state, (neighbour, at) => this.uploads.choked(neighbour, at), now)
    this.metadata = new Metadata(
      contentId,
      state,
      (content, at) => this.contentLearnt(content, at),
      (known, page, at) => this.pageLearnt(known, page, at),
    )
    this.choosing = new Choosing(state, this.downloads, this.metadata)
    if (options.reporting) this.reporting = new Reports(state, options, now)
    state.alarms.set(Alarm.watch, now + state.policy.watchMs)
    this.neighbourhood = new Neighbourhood(state, now)
    const { choosing, downloads, uploads, unchoking, metadata, reporting } = this
    this.dialogue = new Dialogue(state, { choosing, downloads, uploads, unchoking, metadata, reporting })
  }

  /**
   * Takes one event, at a time not before the last. Returns the actions that follow from it, to be carried out in this
   * order.
   */
  handle(event: SwarmEvent, now: Millis): readonly SwarmAction[] {
    this.take(event, now)
    if (this.metadata.isAsked) this.metadata.serve(now)
    this.uploads.serve(now)
    this.choosing.update(now)
    this.reporting?.update(this.downloads.receivedBytes, now)
    return this.state.takeActions()
  }

  /** When to send `wake` if nothing else happens. */
  get wakeAt(): Millis {
    return this.state.alarms.first
  }

  /** When to send `wake` if nothing else happens, and what for. */
  get nextWake(): { at: Millis; why: string } {
    const { first, reason } = this.state.alarms
    return { at: first, why: reason }
  }

  /** The hash pages, as far as they are known, each proved; none while the manifest is unknown. */
  get pages(): readonly (Uint8Array | undefined)[] {
    return this.state.known?.pages ?? []
  }

  /** The chunks that it holds, not to be altered; undefined while the manifest is unknown. */
  get held(): HeldChunks | undefined {
    return this.state.known?.held
  }

  /** Whether it holds every chunk. False while the manifest is unknown. */
  get isComplete(): boolean {
    return this.state.isComplete
  }

  /** Whether it holds every chunk that is chosen. False while the manifest is unknown. */
  get isDone(): boolean {
    return this.state.isDone
  }

  /** All that a page draws. Bytes, and bytes a second. */
  snapshot(now: Millis): SwarmSnapshot {
    const { state, downloads, uploads, reporting } = this
    return takeSnapshot({ state, downloads, uploads, reporting }, now)
  }

  /** The state of each chunk; undefined until the manifest is known. */
  chunkMap(): ChunkMap | undefined {
    return takeChunkMap(this.state, this.downloads)
  }

  /** How far and how fast this peer is, and each neighbour that has said so. Empty without `reporting`. */
  reports(): PeerReport[] {
    return this.reporting?.all ?? []
  }

  private take(event: SwarmEvent, now: Millis): void {
    switch (event.type) {
      case 'peer-joined':
        return this.peerJoined(event.peer, event.dialled, now)
      case 'activity-changed':
        return this.activityChanged(event.downloading, event.uploading, now)
      case 'wanted-changed':
        return this.state.known?.picker.setWanted(event.first, event.end)
      case 'choice-changed':
        return this.choosing.choose(event.chosen, now)
      case 'limits-changed':
        this.uploads.setLimit(event.uploadBytesPerSecond, now)
        this.downloads.bucket.setLimit(event.downloadBytesPerSecond, now)
        this.reporting?.setLimits(event)
        return this.downloads.fillAll(now)
      case 'chunk-checked':
        return this.chunkChecked(event.chunk, event.from, event.ok, now)
      case 'chunk-restored':
        return this.chunkChecked(event.chunk, NOBODY, true, now)
      case 'store-failed':
        this.downloads.checked(event.chunk, event.from, false, now)
        return
      case 'wake':
        return this.wake(now)
    }
    // What follows is about one neighbour; late news of one that has gone is normal.
    const neighbour = this.state.neighbours.get(event.peer)
    if (!neighbour) return
    switch (event.type) {
      case 'peer-left':
        return this.forget(neighbour, now)
      case 'frame-refused':
        return this.drop(neighbour, event.reason, false, now)
      case 'send-drained':
        return this.drained(neighbour, event.bufferedBytes, now)
      case 'block-loaded':
        return this.uploads.blockLoaded(neighbour, event.chunk, event.offset, event.data, now)
      case 'message-received':
        return this.messageReceived(neighbour, event.message, event.lane ?? FIRST_LANE, now)
      case 'lane-opened':
        return this.downloads.laneOpened(neighbour, event.lane, now)
      case 'lanes-refused':
        return neighbour.trial?.failed(now)
      case 'path-measured':
        return this.downloads.pathMeasured(neighbour, event.roundTrip, now)
      case 'lane-lost':
        if (!this.downloads.laneLost(neighbour, event.lane))
          this.drop(neighbour, 'a connection to it was lost', false, now)
        return
    }
  }

  private peerJoined(peer: string, dialled: boolean, now: Millis): void {
    const { neighbours, policy } = this.state
    if (neighbours.has(peer)) return
    if (this.neighbourhood.isFull) {
      const other = this.neighbourhood.replaceable(dialled, now)
      if (!other) return this.state.emit({ type: 'drop-peer', peer, reason: 'enough neighbours', ban: false })
      this.drop(other, 'somebody else has more use for the place', false, now)
    }
    const neighbour = new Neighbour(peer, ++this.met, now, policy.queueMs, dialled, this.uploads.firstMarkBytes)
    neighbours.set(peer, neighbour)
    if (neighbour.lowMarkBytes !== FIRST_LOW_MARK_BYTES)
      this.state.emit({ type: 'set-low-mark', peer, bytes: neighbour.lowMarkBytes })
    this.dialogue.greet(neighbour, now)
  }

  private messageReceived(neighbour: Neighbour, message: Message, lane: number, now: Millis): void {
    neighbour.lastReceivedAt = now
    try {
      this.dialogue.follow(neighbour, message, lane, now)
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      this.drop(neighbour, error.message, error.ban, now)
    }
  }

  private readManifest(now: Millis): void {
    const from = this.metadata.broughtBy
    try {
      this.metadata.readProved(now)
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      const sender = from && this.state.neighbours.get(from.id)
      if (sender && sender === from) this.drop(sender, error.message, error.ban, now)
      this.metadata.fetchMissing(now)
    }
  }

  private contentLearnt(content: Content, now: Millis): void {
    const known = this.state.learnContent(content)
    this.state.emit({ type: 'content-known', content })
    for (const neighbour of [...this.state.neighbours.values()]) {
      this.dialogue.sendBitfield(neighbour, known, now)
      try {
        this.dialogue.countChunks(known, neighbour, now)
      } catch (error) {
        if (!(error instanceof Violation)) throw error
        this.drop(neighbour, error.message, error.ban, now)
      }
    }
    this.metadata.fetchMissing(now)
  }

  private pageLearnt(known: KnownContent, page: number, now: Millis): void {
    this.state.openPage(known, page)
    this.state.emit({ type: 'page-known', page, bytes: known.pages[page] as Uint8Array })
    this.downloads.fillAll(now)
  }

  private chunkChecked(chunk: number, from: string, ok: boolean, now: Millis): void {
    const wasLacking = this.state.known?.lacking.has(chunk) ?? false
    const isNew = this.downloads.checked(chunk, from, ok, now)
    const sender = this.state.neighbours.get(from)
    if (!ok) {
      if (sender) this.drop(sender, `chunk ${chunk} did not match its digest`, true, now)
      else this.state.emit({ type: 'drop-peer', peer: from, reason: `chunk ${chunk} was wrong`, ban: true })
      return
    }
    if (!isNew) return
    this.state.sendAll({ type: 'have', chunk }, now)
    for (const neighbour of this.state.neighbours.values()) {
      if (!neighbour.holds(chunk)) continue
      if (wasLacking) neighbour.usefulChunks--
      neighbour.sharedChunks++
      this.state.updateInterest(neighbour, now)
    }
    this.downloads.fillIdle(now)
  }

  private activityChanged(downloading: boolean, uploading: boolean, now: Millis): void {
    const { state } = this
    if (state.downloading && !downloading) this.downloads.stop(now)
    state.downloading = downloading
    state.uploading = uploading
    if (!uploading) this.unchoking.chokeAll(now)
    for (const neighbour of state.neighbours.values()) this.state.updateInterest(neighbour, now)
    this.metadata.fetchMissing(now)
    this.downloads.fillAll(now)
    this.unchoking.fill(now)
  }

  private wake(now: Millis): void {
    const { alarms, policy } = this.state
    this.unchoking.wake(now)
    if (now >= alarms.at(Alarm.download) || now >= alarms.at(Alarm.retry)) this.downloads.fillAll(now)
    if (now >= alarms.at(Alarm.metadata)) this.metadata.fetchMissing(now)
    if (now >= alarms.at(Alarm.manifest)) this.readManifest(now)
    const watchAt = alarms.at(Alarm.watch)
    if (now >= watchAt) {
      // Anyone who slept hears what came meanwhile before judging anybody.
      const hasSlept = now >= watchAt + policy.watchMs
      alarms.set(Alarm.watch, now + policy.watchMs)
      if (!hasSlept) this.watch(now)
    }
  }

  private watch(now: Millis): void {
    const { policy, neighbours } = this.state
    for (const neighbour of neighbours.values()) {
      const fault = this.neighbourhood.faultOf(neighbour, now)
      if (fault) {
        this.drop(neighbour, fault, this.neighbourhood.isRepeated(neighbour, fault), now)
        continue
      }
      if (now - this.state.lastSentAt(neighbour) >= policy.keepAliveMs)
        this.state.send(neighbour, { type: 'keep-alive' }, now)
      this.downloads.watch(neighbour, now)
      neighbour.forgetRefusals()
      neighbour.chatter = 0
    }
    this.downloads.fillIdle(now)
    this.unchoking.watch(now)
    for (const neighbour of this.neighbourhood.superfluous(now))
      this.drop(neighbour, 'neither wants anything of the other', false, now)
    const lastMovedAt = Math.max(this.downloads.receivedAt, this.uploads.sentAt)
    const changed = this.neighbourhood.changedAtStandstill(lastMovedAt, now)
    if (changed) this.drop(changed, 'nothing moves, and others may do better', false, now)
    if (this.neighbourhood.takesMore(lastMovedAt, now)) this.state.emit({ type: 'find-peers' })
  }

  private drained(neighbour: Neighbour, bufferedBytes: number, now: Millis): void {
    if (bufferedBytes > MAX_UNREAD_BYTES) return this.drop(neighbour, 'does not read what it is sent', false, now)
    const lowMark = neighbour.countDrained(bufferedBytes, now)
    if (lowMark !== undefined) this.state.emit({ type: 'set-low-mark', peer: neighbour.id, bytes: lowMark })
  }

  private drop(neighbour: Neighbour, reason: string, ban: boolean, now: Millis): void {
    this.state.emit({ type: 'drop-peer', peer: neighbour.id, reason, ban })
    this.forget(neighbour, now)
  }

  private forget(neighbour: Neighbour, now: Millis): void {
    this.state.neighbours.delete(neighbour.id)
    if (neighbour.chunks) this.state.known?.picker.removeCopies(neighbour.chunks, neighbour.number)
    this.uploads.left(neighbour)
    this.downloads.left(neighbour, now)
    this.metadata.left(neighbour, now)
    this.unchoking.left(neighbour, now)
  }
}
