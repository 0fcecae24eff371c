// What we know of one neighbour, and where the exchange with it stands. Decides nothing.
import type { Bitfield } from '../content/index'
import type { ChunkDownload } from './chunk-download'
import { DeliveryRate } from './delivery-rate'
import type { Millis } from './events'
import { FIRST_LANE, Lane } from './lane'
import type { LaneTrial } from './lane-trial'
import { LinkMark } from './link-mark'
import { OpenRequests } from './open-requests'
import { Rate } from './rate'
import { SlotUse } from './slot-use'

/** The time within which a neighbour must bring or take enough to be worth its place. */
const WORK_MS = 60_000

/** Requests in vain within a watch, without one that we took: a few windows' worth come from messages that cross. */
const MAX_REFUSED = 2_048
/** Over which time rates are taken, in so many parts. */
const LATELY = { ms: 20_000, parts: 20 }
const JUST_NOW = { ms: 3_000, parts: 12 }

/** `lane`: over which it came, and its answer goes. */
export type BlockRequest = { chunk: number; offset: number; length: number; lane: number }
export type MetadataRequest = { part: number; offset: number; length: number }

/**
 * A neighbour as one part of the swarm sees it: the fields that the part reads, and those that it changes. All parts
 * get the same object, as an object more would be memory to wait for in a simulation; only the types differ.
 */
export type Slice<Reads extends keyof Neighbour, Writes extends keyof Neighbour = never> = Readonly<
  Pick<Neighbour, Reads>
> &
  Pick<Neighbour, Writes>

export class Neighbour {
  greeted = false
  /** The chunks it holds; undefined until its bitfield comes. */
  chunks: Bitfield | undefined
  manifestBytes = 0
  /**
   * How many chunks it will hold once it has what it has chosen, by its own word, on which nothing depends; undefined:
   * all.
   */
  chosenChunks: number | undefined
  /** How many chunks it holds that we fetch. */
  usefulChunks = 0
  /** How many chunks it holds that we hold too. */
  sharedChunks = 0

  amChoking = true
  amInterested = false
  peerChoking = true
  peerInterested = false
  /** Holds an optimistic slot until then. */
  optimisticUntil: Millis | undefined
  waitingSince: Millis
  /** When its present turn began, or the last one. */
  unchokedAt: Millis
  /** What it makes of the slots that it gets. */
  readonly slotUse = new SlotUse()

  lastSentAt: Millis
  lastReceivedAt: Millis
  /** When one side last lost interest in the other, or they met: where neither wants anything, it has not since. */
  uselessSince: Millis
  readonly joinedAt: Millis
  /** When it last had brought or taken what is worth a place, or came. */
  workedAt: Millis
  private workBytes = 0
  private workBegunAt: Millis

  // What we fetch from it.
  /** The chunk that we began to fetch last. */
  lastPicked: number | undefined
  /**
   * How many chunks had been opened in all when it had nothing more to begin: to look through many again takes long.
   */
  exhaustedAt: number | undefined
  /** When we last looked whether it had better bring what others are late with. */
  lateLookedForAt: Millis = Number.NEGATIVE_INFINITY
  readonly downloads = new Map<number, ChunkDownload>()
  /** Our requests that it has not answered. */
  readonly unanswered = new OpenRequests()
  /** The connections over which we ask it. Most often one. */
  lanes = [new Lane(FIRST_LANE)]
  /** Whether several lanes pay; made at its first loss. */
  trial: LaneTrial | undefined
  /** How fast it brings what we ask for. */
  readonly delivery = new DeliveryRate()
  /** When we asked it for blocks, with none come since; Infinity: we ask for none now. */
  private askedSince: Millis = Number.POSITIVE_INFINITY
  /** How long we had asked in vain before, since its last block. */
  private askedInVainMs = 0
  /** When blocks were first due from it, with none come since. */
  dueSince: Millis
  snubbed = false
  /** Chunks it has just refused, and until when not to ask again. */
  readonly deferred = new Map<number, Millis>()
  receivedBytes = 0
  readonly receivedLately = new Rate(LATELY.ms, LATELY.parts)
  private readonly receivedJustNow = new Rate(JUST_NOW.ms, JUST_NOW.parts)

  // What it fetches from us.
  readonly pending: BlockRequest[] = []
  readonly pendingMetadata: MetadataRequest[] = []
  /** Being read from the store: by blockKey. */
  readonly loading = new Map<number, BlockRequest>()
  loadingBytes = 0
  /** Handed to the network and, by its last word, not yet sent. */
  bufferedBytes = 0
  private readonly mark: LinkMark
  /** The chunk of which it got a block last: it may finish this one though choked. */
  servingChunk: number | undefined
  /** How much of it, at most. */
  graceBytes = 0
  /**
   * How many bytes are left to serve of `servingChunk`; at 0, that is a part no more, however often it is asked for.
   */
  servingLeftBytes = 0
  /** Number of the turn in which it was served last: the least goes next. */
  servedTurn = 0
  metadataServedBytes = 0
  /** Pieces of metadata that we have asked for, less its answers. */
  metadataAwaited = 0
  /** Parts of which we still wait for some. */
  metadataParts = 0
  /** Messages that carry nothing and cost it nothing, since we last looked neighbours over. */
  chatter = 0
  /**
   * Requests for blocks or metadata that we refused since we last took one for a block, or last looked neighbours over.
   */
  private refusedRequests = 0
  sentBytes = 0
  private readonly sentJustNow = new Rate(JUST_NOW.ms, JUST_NOW.parts)

  constructor(
    readonly id: string,
    /** The order of arrival, from 1: names it in pictures. */
    readonly number: number,
    now: Millis,
    /** How much may wait on its link: what the link drains in this time. */
    queueMs: number,
    /** We made the connection. */
    readonly dialled: boolean,
    /** How much may wait on its link at first: what we could send in `queueMs`. */
    firstMarkBytes: number,
  ) {
    this.mark = new LinkMark(queueMs, firstMarkBytes)
    this.waitingSince = now
    this.unchokedAt = now
    this.lastSentAt = now
    this.lastReceivedAt = now
    this.uselessSince = now
    this.joinedAt = now
    this.workedAt = now
    this.workBegunAt = now
    this.dueSince = now
  }

  get optimistic(): boolean {
    return this.optimisticUntil !== undefined
  }

  get complete(): boolean {
    return this.chunks?.isComplete ?? false
  }

  /** Whether it fetches only a part of the content. */
  get isPartial(): boolean {
    return this.chosenChunks !== undefined && this.chosenChunks !== this.chunks?.size
  }

  /** Bytes of blocks that its link has taken, by its last word. */
  get takenBytes(): number {
    return this.mark.busySince === undefined ? this.sentBytes : Math.max(0, this.sentBytes - this.bufferedBytes)
  }

  /** Whether it has asked for more than we have given, and its link is not the reason. */
  get waitsForUs(): boolean {
    return this.loadingBytes > 0 || (this.pending.length > 0 && this.linkHasRoom)
  }

  /** Blocks have come from it, or gone to it. `worthBytes` of them within a minute are worth a place. */
  countWork(bytes: number, worthBytes: number, now: Millis): void {
    if (now - this.workBegunAt > WORK_MS) {
      this.workBegunAt = now
      this.workBytes = 0
    }
    this.workBytes += bytes
    if (this.workBytes < worthBytes) return
    this.workedAt = now
    this.workBegunAt = now
    this.workBytes = 0
  }

  /** The number of waiting bytes at which its link is to report that it drains. */
  get lowMarkBytes(): number {
    return this.mark.lowBytes
  }

  get linkHasRoom(): boolean {
    return this.loadingBytes + this.bufferedBytes < this.mark.bytes
  }

  /** Handed to the network: `bytes` of a message that is counted. */
  countQueued(bytes: number, now: Millis): void {
    this.bufferedBytes += bytes
    this.mark.queued(this.bufferedBytes, now)
  }

  /** The network reports that so many bytes still wait. Returns the low mark where the link must be told of another. */
  countDrained(bufferedBytes: number, now: Millis): number | undefined {
    const goneBytes = this.bufferedBytes - bufferedBytes
    this.bufferedBytes = bufferedBytes
    return this.mark.drained(goneBytes, bufferedBytes, now)
  }

  /** When the network stopped taking anything though much waits; undefined: it takes. */
  get stuckSince(): Millis | undefined {
    return this.mark.busySince
  }

  /** Whether the last that it got is a part of this chunk, and not all of it. */
  hasPartOf(chunk: number): boolean {
    return chunk === this.servingChunk && this.servingLeftBytes > 0
  }

  holds(chunk: number): boolean {
    return this.chunks?.has(chunk) ?? false
  }

  /** Whether this chunk may be asked of it now. */
  mayBegin(chunk: number): boolean {
    if (!this.holds(chunk) || this.deferred.has(chunk) || this.downloads.has(chunk)) return false
    // After a cancel, an answer may still be on its way: until then its place is taken.
    return !this.unanswered.hasOf(chunk)
  }

  /** We ask it for a block, and for nothing else. */
  askedWhenIdle(now: Millis): void {
    this.dueSince = now
  }

  /** We ask it for a block. */
  countAsked(now: Millis): void {
    this.askedSince = Math.min(this.askedSince, now)
  }

  get isAwaited(): boolean {
    return this.askedSince !== Number.POSITIVE_INFINITY
  }

  /** We ask it for nothing now, though it has sent no block: what we waited is not forgotten. */
  stopWaiting(now: Millis): void {
    if (this.isAwaited) this.askedInVainMs += now - this.askedSince
    this.askedSince = Number.POSITIVE_INFINITY
  }

  /** How long we have asked it, all turns since its last block together. */
  fruitlessMs(now: Millis): number {
    return this.askedInVainMs + Math.max(0, now - this.askedSince)
  }

  countReceived(bytes: number, now: Millis): void {
    this.receivedBytes += bytes
    this.askedSince = Number.POSITIVE_INFINITY
    this.askedInVainMs = 0
    this.delivery.brought(bytes, now - this.dueSince)
    this.dueSince = now
    this.receivedLately.add(bytes, now)
    this.receivedJustNow.add(bytes, now)
  }

  /** We refuse what it asks for, a block or metadata. False: it asks without end. */
  countRefusal(): boolean {
    this.refusedRequests += 1
    return this.refusedRequests <= MAX_REFUSED
  }

  /** Refusals of blocks and of metadata are counted together, and begin again together (ORDER-4). */
  forgetRefusals(): void {
    this.refusedRequests = 0
  }

  countSent(bytes: number, now: Millis): void {
    this.sentBytes += bytes
    this.sentJustNow.add(bytes, now)
  }

  /**
   * Bytes a second that it brings of what we ask for; while it owes a block for longer than that took, less and less.
   */
  deliveryRate(now: Millis): number {
    return this.delivery.bytesPerSecond(this.unanswered.firstBytes, now - this.dueSince)
  }

  /** What comes and goes now, in bytes a second, for a picture. */
  ratesNow(now: Millis): { download: number; upload: number } {
    return { download: this.receivedJustNow.bytesPerSecond(now), upload: this.sentJustNow.bytesPerSecond(now) }
  }
}
