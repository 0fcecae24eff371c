// Fetches chunks: how much is asked of whom, what comes back, what is asked again. Knows nothing of uploads.
import { type Bitfield, pageOf } from '../content/index'
import { MAX_OPEN_REQUESTS, type Message } from '../wire/index'
import { Alarm } from './alarms'
import { BegunChunks, type BegunNeighbour } from './begun-chunks'
import type { Millis, RoundTrip } from './events'
import type { Lane } from './lane'
import { Lanes, type LanesNeighbour } from './lanes'
import type { Slice } from './neighbour'
import type { Asked } from './path-estimate'
import { windowBytes } from './request-window'
import { type Informed, type KnownContent, type SwarmState, Violation } from './state'
import { TokenBucket } from './token-bucket'

/** A neighbour as we fetch from it. */
export type FetchNeighbour = Informed &
  LanesNeighbour &
  BegunNeighbour &
  Slice<
    'number' | 'isAwaited' | 'askedWhenIdle' | 'countAsked' | 'countReceived' | 'countWork' | 'stopWaiting',
    'deferred'
  >

/** A chunk that was just refused is asked of that neighbour again after this long. */
const DEFER_MS = 1_000
/** A window of usual chunks. Of tiny ones it holds a thousand, and to choose so many at once takes long. */
const MOST_BEGUN_AT_ONCE = 16

type Block = Extract<Message, { type: 'block' }>
type Reject = Extract<Message, { type: 'reject' }>

export class Downloads {
  readonly bucket: TokenBucket
  /** Neighbours that serve us: they do not choke us, or finish what they began. One that stopped is noticed late. */
  private readonly serving = new Set<FetchNeighbour>()
  private readonly begun: BegunChunks<FetchNeighbour>
  private readonly lanes: Lanes
  /** The limit lets nothing through before its alarm. */
  private limited = false
  private receivedTotal = 0
  /** When a block came last, from anybody. */
  receivedAt: Millis
  /** Number of the neighbour that each held chunk came from; 0: ours from the start. Made with the first that came. */
  private sources: Uint16Array | undefined

  constructor(
    private readonly state: SwarmState<FetchNeighbour>,
    limit: number | undefined,
    now: Millis,
  ) {
    this.bucket = new TokenBucket(limit, state.policy.blockBytes, now)
    this.receivedAt = now
    this.begun = new BegunChunks(state, this.serving)
    this.lanes = new Lanes(state)
  }

  /** Bytes of all blocks received, of use or not. */
  get receivedBytes(): number {
    return this.receivedTotal
  }

  /** The number of the neighbour that each chunk came from or is coming from, copied for a picture; 0: nobody. */
  sourceNumbers(chunkCount: number): Uint16Array {
    const numbers = this.sources?.slice() ?? new Uint16Array(chunkCount)
    for (const chunk of this.begun.all()) {
      const [first] = this.begun.of(chunk)
      if (first && numbers[chunk] === 0) numbers[chunk] = this.state.neighbours.get(first.from)?.number ?? 0
    }
    return numbers
  }

  chunksUnderWay(): IterableIterator<number> {
    return this.begun.all()
  }

  /** Asks every neighbour that has room, the emptiest first. */
  fillAll(now: Millis): void {
    this.unlimit()
    if (now >= this.state.alarms.at(Alarm.retry)) this.endDeferrals(now)
    const emptiest = [...this.serving].sort((a, b) => a.unanswered.bytes - b.unanswered.bytes)
    // Where there is not enough for all, one that has just refused, and so is the emptiest, would get all of it to ask
    // in vain.
    const isLimited = this.bucket.limit !== undefined
    const later = isLimited ? emptiest.filter(({ deferred }) => deferred.size > 0) : []
    for (const neighbour of emptiest) if (!later.includes(neighbour)) this.fill(neighbour, now)
    for (const neighbour of later) this.fill(neighbour, now)
  }

  /** Asks this neighbour for blocks until its window is full or it has nothing more that we want. */
  fill(neighbour: FetchNeighbour, now: Millis): void {
    const { known } = this.state
    if (!known || !this.state.downloading || !neighbour.amInterested || this.limited) return
    if (neighbour.peerChoking && neighbour.downloads.size === 0) return
    for (const lane of neighbour.lanes) if (!this.fillLane(known, neighbour, lane, now)) return
  }

  /** Asks over one lane. False where there is nothing more to ask for now. */
  private fillLane(known: KnownContent, neighbour: FetchNeighbour, lane: Lane, now: Millis): boolean {
    if (lane.isClosing) return true
    const { unanswered } = neighbour
    const window = windowBytes(neighbour, lane, this.state.policy, now)
    let begunNow = 0
    while (lane.openBytes < window && unanswered.count < MAX_OPEN_REQUESTS) {
      let download = this.begun.unaskedAt(neighbour)
      if (!download && begunNow++ < MOST_BEGUN_AT_ONCE) download = this.begun.begin(known, neighbour, lane, now)
      if (!download) return false
      const { offset, length } = download.nextUnasked()
      if (!this.bucket.take(length, now)) {
        this.limited = true
        this.state.alarms.set(Alarm.download, this.bucket.readyAt(length, now))
        return false
      }
      if (unanswered.count === 0) neighbour.askedWhenIdle(now)
      download.markAsked(offset)
      unanswered.add(download.chunk, offset, lane.asked(length, now))
      neighbour.countAsked(now)
      this.state.send(neighbour, { type: 'request', chunk: download.chunk, offset, length }, now, lane.id)
    }
    return true
  }

  blockReceived(neighbour: FetchNeighbour, { chunk, offset, data }: Block, now: Millis): void {
    const request = this.answered(neighbour, chunk, offset)
    if (request?.length !== data.length) throw new Violation('a block that was not asked for')
    neighbour.countReceived(data.length, now)
    this.lanes.received(neighbour, request, this.bucket.limit !== undefined, now)
    neighbour.countWork(data.length, this.state.worthBytes, now)
    this.receivedAt = now
    this.receivedTotal += data.length
    if (neighbour.snubbed) this.begun.unsnub(neighbour)
    const download = neighbour.downloads.get(chunk)
    const { known } = this.state
    if (download && known) {
      download.receive(offset, data)
      if (download.isWhole) this.begun.check(known, neighbour, download)
    }
    this.fill(neighbour, now)
  }

  rejected(neighbour: FetchNeighbour, { chunk, offset }: Reject, now: Millis): void {
    const request = this.answered(neighbour, chunk, offset)
    if (!request) throw new Violation('a reject of no request')
    this.bucket.giveBack(request.length, now)
    this.unlimit()
    const download = neighbour.downloads.get(chunk)
    if (download) {
      download.markUnasked(offset)
      if (neighbour.peerChoking)
        this.begun.forget(neighbour, download) // Its choke refuses the chunk's other blocks by itself.
      else {
        neighbour.deferred.set(chunk, now + DEFER_MS)
        this.retryAt(now + DEFER_MS)
        this.begun.cancel(neighbour, download, now)
      }
      if (this.bucket.limit === undefined) this.fillIdle(now)
      else this.fillAll(now)
    }
    this.fill(neighbour, now)
  }

  unchoked(neighbour: FetchNeighbour, now: Millis): void {
    this.serving.add(neighbour)
    this.fill(neighbour, now)
  }

  /**
   * A neighbour chokes us. It still answers each open request, as a block may be on its way, and finishes what it has
   * begun. Only a chunk of which nothing has been asked yet (the limit was reached) is given up here: no answer will
   * come to free it.
   */
  choked(neighbour: FetchNeighbour, now: Millis): void {
    neighbour.deferred.clear()
    neighbour.stopWaiting(now)
    const unasked = [...neighbour.downloads.values()].filter((download) => !download.isAsked)
    for (const download of unasked) this.begun.forget(neighbour, download)
    if (unasked.length > 0) this.fillIdle(now)
  }

  /** The answer to `check-chunk`. True if the chunk is new to us. */
  checked(chunk: number, from: string, ok: boolean, now: Millis): boolean {
    const { known } = this.state
    this.begun.checked(chunk, from)
    if (!known || known.held.has(chunk)) return false
    if (!ok) {
      this.begun.reopen(chunk)
      this.fillIdle(now)
      return false
    }
    known.held.set(chunk)
    known.lacking.clear(chunk)
    this.sources ??= new Uint16Array(known.content.layout.chunkCount)
    this.sources[chunk] = this.state.neighbours.get(from)?.number ?? 0
    known.picker.setClosed(chunk)
    this.begun.endAll(chunk, now)
    return true
  }

  left(neighbour: FetchNeighbour, now: Millis): void {
    this.serving.delete(neighbour)
    for (const download of [...neighbour.downloads.values()]) this.begun.forget(neighbour, download)
    this.fillIdle(now)
  }

  /** Blocks may be asked for over one connection more. */
  laneOpened(neighbour: FetchNeighbour, lane: number, now: Millis): void {
    this.lanes.opened(neighbour, lane, now)
    this.fill(neighbour, now)
  }

  /** The answer to `measure-path`; undefined: the path cannot be measured. */
  pathMeasured(neighbour: FetchNeighbour, roundTrip: RoundTrip | undefined, now: Millis): void {
    this.lanes.measured(neighbour, roundTrip, now)
  }

  /** A lane is gone. False where something was asked for over it, which will never be answered. */
  laneLost(neighbour: FetchNeighbour, lane: number): boolean {
    return this.lanes.lost(neighbour, lane)
  }

  /** Stops asking and takes back what was asked. */
  stop(now: Millis): void {
    this.unlimit()
    for (const neighbour of this.state.neighbours.values()) {
      neighbour.stopWaiting(now)
      for (const download of [...neighbour.downloads.values()]) this.begun.cancel(neighbour, download, now)
    }
  }

  /** The choice has changed by these chunks. Requests for those that are no longer chosen are taken back. */
  chosenChanged(known: KnownContent, more: Bitfield, fewer: Bitfield, now: Millis): void {
    fewer.forEach((chunk) => {
      known.picker.setClosed(chunk)
      this.begun.cancelAll(chunk, now)
    })
    more.forEach((chunk) => {
      if (known.pages[pageOf(chunk)]) this.begun.reopen(chunk)
    })
  }

  /** Notices whether it owes us blocks and sends none. */
  watch(neighbour: FetchNeighbour, now: Millis): void {
    const { snubMs } = this.state.policy
    this.lanes.watch(neighbour, now)
    if (neighbour.unanswered.bytes === 0) {
      if (neighbour.isAwaited && neighbour.deferred.size === 0) neighbour.stopWaiting(now)
      return
    }
    if (now - neighbour.dueSince < snubMs) return
    if (!neighbour.snubbed) this.begun.snub(neighbour)
    // Only what another is fetching too: of a seed with a very slow uplink, waiting is the one way to get anything.
    if (now - neighbour.dueSince >= 2 * snubMs)
      for (const download of [...neighbour.downloads.values()])
        if (this.begun.of(download.chunk).length > 1) this.begun.cancel(neighbour, download, now)
  }

  /** Gives those with nothing to do a chance: something may have opened up for them. */
  fillIdle(now: Millis): void {
    for (const neighbour of this.serving)
      if (neighbour.peerChoking && neighbour.downloads.size === 0) this.serving.delete(neighbour)
      else if (neighbour.unanswered.count === 0) this.fill(neighbour, now)
  }

  private endDeferrals(now: Millis): void {
    this.state.alarms.clear(Alarm.retry)
    for (const neighbour of this.state.neighbours.values()) {
      const { deferred } = neighbour
      for (const [chunk, until] of deferred)
        if (now < until) this.retryAt(until)
        else {
          deferred.delete(chunk)
          neighbour.exhaustedAt = undefined
        }
    }
  }

  /** The alarm is for the first deferral that ends. */
  private retryAt(at: Millis): void {
    const { alarms } = this.state
    alarms.set(Alarm.retry, Math.min(alarms.at(Alarm.retry), at))
  }

  private unlimit(): void {
    this.limited = false
    this.state.alarms.clear(Alarm.download)
  }

  /** Takes a request off the books; undefined where there was none. */
  private answered(neighbour: FetchNeighbour, chunk: number, offset: number): Asked | undefined {
    const request = neighbour.unanswered.answered(chunk, offset)
    if (!request) return undefined
    this.lanes.answered(neighbour, request)
    if (!neighbour.unanswered.hasOf(chunk) && this.state.known?.picker.isOpen(chunk)) neighbour.exhaustedAt = undefined
    return request
  }
}
