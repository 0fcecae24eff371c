// Serves blocks: takes requests, answers each once, keeps to the limit and to what each link can carry. Knows nothing
// of whom we choose to serve (unchoking.ts).
import { Bitfield, CHUNK_BYTES } from '../content/index'
import { MAX_OPEN_REQUESTS, type Message } from '../wire/index'
import { Alarm } from './alarms'
import { blockKey } from './chunk-download'
import type { Millis } from './events'
import type { BlockRequest, Slice } from './neighbour'
import { type Addressee, type KnownContent, type SwarmState, Violation } from './state'
import { TokenBucket } from './token-bucket'

/** A neighbour as it fetches from us. */
export type ServeNeighbour = Addressee &
  Slice<
    | 'amChoking'
    | 'linkHasRoom'
    | 'hasPartOf'
    | 'countQueued'
    | 'countRefusal'
    | 'countSent'
    | 'countWork'
    | 'forgetRefusals',
    | 'slotUse'
    | 'pending'
    | 'loading'
    | 'loadingBytes'
    | 'servingChunk'
    | 'servingLeftBytes'
    | 'graceBytes'
    | 'servedTurn'
  >

/** A neighbour that is refused what is out asks for what is not, at once, where it wants any of it. */
const WANTS_NO_OTHER_MS = 3_000

type Request = Extract<Message, { type: 'request' }>
type Cancel = Extract<Message, { type: 'cancel' }>

export class Uploads {
  private readonly bucket: TokenBucket
  private readonly handOut: HandOut | undefined
  private turn = 0
  /** Neighbours with requests that wait. */
  private readonly waiting = new Set<ServeNeighbour>()
  private sentTotal = 0
  /** When somebody began to wait for the limit; undefined: nobody waits. */
  private limitedSince: Millis | undefined
  private limitedTotalMs = 0
  /** When a block was sent last, to anybody. */
  sentAt: Millis

  constructor(
    private readonly state: SwarmState<ServeNeighbour>,
    limit: number | undefined,
    now: Millis,
  ) {
    this.bucket = new TokenBucket(limit, state.policy.blockBytes, now)
    this.sentAt = now
    const { known } = state
    if (known?.held.isComplete && state.policy.handOutOnce) this.handOut = new HandOut(known)
  }

  setLimit(bytesPerSecond: number | undefined, now: Millis): void {
    this.bucket.setLimit(bytesPerSecond, now)
    this.state.alarms.clear(Alarm.upload)
  }

  /**
   * How much may wait on a new link: what it can drain is not known, but the limit lets no more through in `queueMs`.
   */
  get firstMarkBytes(): number {
    const { limit } = this.bucket
    const { queueMs } = this.state.policy
    return limit === undefined || queueMs === Number.POSITIVE_INFINITY
      ? Number.POSITIVE_INFINITY
      : (limit * queueMs) / 1_000
  }

  get sentBytes(): number {
    return this.sentTotal
  }

  /** How long blocks that were asked for have waited for the limit, and for nothing else. */
  limitedMs(now: Millis): number {
    return this.limitedTotalMs + (this.limitedSince === undefined ? 0 : now - this.limitedSince)
  }

  requested(known: KnownContent, neighbour: ServeNeighbour, request: Request, lane: number, now: Millis): void {
    const { chunk, offset, length } = request
    if (chunk >= known.content.layout.chunkCount || offset + length > this.state.chunkBytes(known, chunk))
      throw new Violation('a request outside the content')
    if (!known.held.has(chunk)) throw new Violation('a request for a chunk that we do not hold')
    if (isOpen(neighbour, chunk, offset)) throw new Violation('the same block asked for twice at once')
    if (neighbour.pending.length >= MAX_OPEN_REQUESTS) throw new Violation('requests without end')
    if (!this.mayAsk(neighbour, request)) {
      if (!neighbour.countRefusal()) throw new Violation('requests without end while choked')
    } else if (this.handOut?.gives(chunk, neighbour.id, now) ?? true) {
      neighbour.forgetRefusals()
      neighbour.pending.push({ chunk, offset, length, lane })
      this.waiting.add(neighbour)
      return
    } else neighbour.slotUse.refused()
    this.state.send(neighbour, { type: 'reject', chunk, offset }, now, lane)
  }

  cancelled(neighbour: ServeNeighbour, { chunk, offset }: Cancel, now: Millis): void {
    const at = neighbour.pending.findIndex((request) => request.chunk === chunk && request.offset === offset)
    neighbour.slotUse.cancelled()
    if (at < 0) return // Its block is on the way: that is the answer.
    const [request] = neighbour.pending.splice(at, 1)
    this.waitsNoMore(neighbour)
    if (request) this.refuse(neighbour, request, now)
  }

  /** Answers what it has asked for, except for the rest of a chunk that it has partly got; in a pause, that as well. */
  choked(neighbour: ServeNeighbour, now: Millis): void {
    if (!this.state.policy.wholeChunks || !this.state.uploading) neighbour.servingChunk = undefined
    const kept = neighbour.pending.filter((request) => request.chunk === neighbour.servingChunk)
    const refused = neighbour.pending.filter((request) => request.chunk !== neighbour.servingChunk)
    neighbour.pending.splice(0, neighbour.pending.length, ...kept)
    this.waitsNoMore(neighbour)
    neighbour.graceBytes = neighbour.servingChunk === undefined ? 0 : CHUNK_BYTES
    for (const request of refused) this.refuse(neighbour, request, now)
  }

  /**
   * Whether a request may be served: any of an unchoked neighbour; of a choked one, the rest of the chunk that it was
   * getting, once.
   */
  private mayAsk(neighbour: ServeNeighbour, { chunk, length }: Request): boolean {
    if (!neighbour.amChoking) return true
    if (neighbour.servingChunk !== chunk || neighbour.graceBytes < length) return false
    neighbour.graceBytes -= length
    return true
  }

  left(neighbour: ServeNeighbour): void {
    neighbour.pending.length = 0
    this.waitsNoMore(neighbour)
    this.handOut?.left(neighbour.id)
  }

  /** A neighbour holds the chunk: it is out. */
  seen(chunk: number): void {
    this.handOut?.seen(chunk)
  }

  blockLoaded(
    neighbour: ServeNeighbour,
    chunk: number,
    offset: number,
    data: Uint8Array | undefined,
    now: Millis,
  ): void {
    const key = blockKey(chunk, offset)
    const request = neighbour.loading.get(key)
    if (!request) return // It was read for a connection that has gone; this one did not ask.
    neighbour.loadingBytes -= request.length
    neighbour.loading.delete(key)
    if (!data) return this.refuse(neighbour, request, now)
    neighbour.countQueued(data.length, now)
    neighbour.countSent(data.length, now)
    neighbour.countWork(data.length, this.state.worthBytes, now)
    this.sentAt = now
    this.sentTotal += data.length
    this.state.send(neighbour, { type: 'block', chunk, offset, data }, now, request.lane)
  }

  /** Hands out blocks, to each neighbour a chunk in turn, as far as limit and links allow. */
  serve(now: Millis): void {
    this.limitedTotalMs = this.limitedMs(now)
    this.serveWhatMayGo(now)
    this.limitedSince = this.state.alarms.at(Alarm.upload) === Number.POSITIVE_INFINITY ? undefined : now
  }

  private serveWhatMayGo(now: Millis): void {
    const { alarms, known } = this.state
    const limitedUntil = alarms.at(Alarm.upload)
    if (limitedUntil !== Infinity && now < limitedUntil) return
    alarms.clear(Alarm.upload)
    while (known && this.waiting.size > 0) {
      const neighbour = this.nextServed()
      const request = neighbour?.pending[0]
      if (!request) return
      if (!this.bucket.take(request.length, now)) {
        alarms.set(Alarm.upload, this.bucket.readyAt(request.length, now))
        return
      }
      neighbour.pending.shift()
      this.waitsNoMore(neighbour)
      if (!neighbour.hasPartOf(request.chunk)) neighbour.servingLeftBytes = this.state.chunkBytes(known, request.chunk)
      neighbour.servingChunk = request.chunk
      neighbour.servingLeftBytes -= request.length
      neighbour.servedTurn = ++this.turn
      neighbour.loading.set(blockKey(request.chunk, request.offset), request)
      neighbour.loadingBytes += request.length
      const { chunk, offset, length } = request
      this.state.emit({ type: 'load-block', peer: neighbour.id, chunk, offset, length })
      // Most often the next block is as long; whom it goes to is looked at when it may go.
      const readyAt = this.bucket.readyAt(length, now)
      if (readyAt > now) {
        if (this.waiting.size > 0) alarms.set(Alarm.upload, readyAt)
        return
      }
    }
  }

  /**
   * The next to be served: first who has part of a chunk, as nobody can pass on a part; among equals, who was served
   * longest ago.
   */
  private nextServed(): ServeNeighbour | undefined {
    const begun = this.state.policy.wholeChunks ? this.longestWaiting(wantsRest) : undefined
    return begun ?? this.longestWaiting(() => true)
  }

  private longestWaiting(mayBe: (neighbour: ServeNeighbour) => boolean): ServeNeighbour | undefined {
    let next: ServeNeighbour | undefined
    for (const neighbour of this.waiting)
      if (mayBe(neighbour) && (!next || neighbour.servedTurn < next.servedTurn) && neighbour.linkHasRoom)
        next = neighbour
    return next
  }

  /** Takes the neighbour off the waiting list if it has no more requests. */
  private waitsNoMore(neighbour: ServeNeighbour): void {
    if (neighbour.pending.length === 0 && this.waiting.delete(neighbour) && this.waiting.size === 0)
      this.state.alarms.clear(Alarm.upload)
  }

  private refuse(neighbour: ServeNeighbour, { chunk, offset, lane }: BlockRequest, now: Millis): void {
    this.handOut?.takeBack(chunk, neighbour.id)
    this.state.send(neighbour, { type: 'reject', chunk, offset }, now, lane)
  }
}

/** Whether the neighbour's next block is of a chunk of which it has a part. */
const wantsRest = (neighbour: ServeNeighbour): boolean =>
  neighbour.servingLeftBytes > 0 && neighbour.pending[0]?.chunk === neighbour.servingChunk

/** Whether the neighbour's request for this block still waits for an answer. */
const isOpen = (neighbour: ServeNeighbour, chunk: number, offset: number): boolean =>
  neighbour.loading.has(blockKey(chunk, offset)) ||
  neighbour.pending.some((request) => request.chunk === chunk && request.offset === offset)

/** A fresh seed's memory of what it has given: each chunk goes to one neighbour until all are out. */
class HandOut {
  private readonly out: Bitfield
  private readonly givenTo = new Map<number, string>()
  /** When each neighbour began to ask for nothing but chunks that are out. */
  private readonly refusedSince = new Map<string, Millis>()
  private over = false

  constructor(private readonly known: KnownContent) {
    this.out = new Bitfield(known.content.layout.chunkCount)
  }

  /** Whether this neighbour may have the chunk now; if so, it is given to it. */
  gives(chunk: number, to: string, now: Millis): boolean {
    if (this.over) return true
    if (this.out.has(chunk)) return this.givenTo.get(chunk) === to || this.wantsNoOther(to, now)
    this.refusedSince.delete(to)
    this.givenTo.set(chunk, to)
    this.mark(chunk)
    return true
  }

  /**
   * Whether a neighbour wants nothing but chunks that are out, as one that fetches a part of the content may: refusing
   * it brings nothing.
   */
  private wantsNoOther(peer: string, now: Millis): boolean {
    const since = this.refusedSince.get(peer)
    if (since === undefined) this.refusedSince.set(peer, now)
    return since !== undefined && now - since >= WANTS_NO_OTHER_MS
  }

  seen(chunk: number): void {
    if (!this.over && !this.out.has(chunk)) this.mark(chunk)
  }

  takeBack(chunk: number, from: string): void {
    if (this.over || this.givenTo.get(chunk) !== from) return
    this.givenTo.delete(chunk)
    if (this.known.picker.copies(chunk) === 0) this.out.clear(chunk)
  }

  left(peer: string): void {
    if (this.over) return
    this.refusedSince.delete(peer)
    for (const [chunk, to] of this.givenTo) if (to === peer) this.takeBack(chunk, peer)
  }

  private mark(chunk: number): void {
    this.out.set(chunk)
    this.over = this.out.isComplete
  }
}
