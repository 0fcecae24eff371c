// Fetches and serves the manifest and its hash pages, and believes neither before its digest is right. Knows nothing of
// chunks. In the manner of BEP 9.
import {
  CHUNKS_PER_PAGE,
  type Content,
  isHashPage,
  isManifestOf,
  MAX_MANIFEST_BYTES,
  pageChunks,
  pageCount,
  pageLength,
  readProvedManifest,
} from '../content/index'
import { MANIFEST_PART, type Message } from '../wire/index'
import { Alarm } from './alarms'
import type { Millis } from './events'
import { askAnotherAt, type Hunt, type MetadataNeighbour, MetadataTry } from './metadata-try'
import { type KnownContent, type SwarmState, Violation } from './state'

/** Ask one that has refused again after this long: it may have learnt the part since. */
const RETRY_MS = 1_000
/** Parts under way from one neighbour: with the next asked for, its link does not run dry. */
const MAX_PARTS_OF_ONE = 2
/**
 * All parts that are under way together: they are kept for each neighbour apart, as only the whole shows who is wrong.
 */
const MAX_UNDER_WAY_BYTES = 4 * MAX_MANIFEST_BYTES
/**
 * A part of this length, as any hash page, has room whatever others claim: all neighbours together cannot have many of
 * them.
 */
const SMALL_BYTES = 262_144
/**
 * A longer manifest is read in a turn of its own, after the one that proved it: with fifty thousand files, each takes a
 * tenth of a second.
 */
const READ_AT_ONCE_BYTES = 524_288
/**
 * A neighbour that was given up for others may be asked for the part again after this long, MAX_LET_OFF times: its own
 * claims are bounded as well (METADATA-5).
 */
const LET_OFF_MS = 30_000
const MAX_LET_OFF = 2
/** A neighbour may fetch all metadata this often before we take it for a flood. */
const MAX_SERVINGS = 4

type Request = Extract<Message, { type: 'metadata-request' }>
type Block = Extract<Message, { type: 'metadata-block' }>

export class Metadata {
  /** The neighbours that each part under way comes from. */
  private readonly tries = new Map<number, MetadataTry[]>()
  /** The bytes of all parts under way but the small ones. */
  private underWayBytes = 0
  /** Each missing part that was asked for. */
  private readonly hunts = new Map<number, Hunt>()
  /** How often a neighbour was let off from a part, by part. */
  private readonly letOff = new WeakMap<MetadataNeighbour, Map<number, number>>()
  private readonly refusedUntil = new Map<string, Millis>()
  /** A long manifest that is the link's and is still to be read, and who brought it. */
  private proved: { bytes: Uint8Array; from: MetadataNeighbour } | undefined
  /** Neighbours with requests that wait. */
  private readonly waiting = new Set<MetadataNeighbour>()
  /** Whether any requests wait: looked at after every event. */
  isAsked = false

  constructor(
    private readonly contentId: Uint8Array,
    private readonly state: SwarmState<MetadataNeighbour>,
    private readonly onContent: (content: Content, now: Millis) => void,
    private readonly onPage: (known: KnownContent, page: number, now: Millis) => void,
  ) {}

  /** Asks for what is missing, of anyone who may have it. Safe to call at any time. */
  fetchMissing(now: Millis): void {
    for (const [peer, until] of this.refusedUntil) if (now >= until) this.refusedUntil.delete(peer)
    const { known } = this.state
    let nextAt = Number.POSITIVE_INFINITY
    if (!known && this.proved) nextAt = Number.POSITIVE_INFINITY
    else if (!known) nextAt = this.askFor(MANIFEST_PART, (neighbour) => neighbour.manifestBytes, now)
    else if (this.state.downloading)
      for (let page = 0; page < known.pages.length; page++)
        if (!known.pages[page] && known.lacking.hasAnyIn(...chunksOfPage(known, page)))
          nextAt = Math.min(
            nextAt,
            this.askFor(page + 1, () => pageLength(known.content.layout, page), now),
          )
    for (const until of this.refusedUntil.values()) nextAt = Math.min(nextAt, until)
    this.state.alarms.set(Alarm.metadata, nextAt)
  }

  left(neighbour: MetadataNeighbour, now: Millis): void {
    this.waiting.delete(neighbour)
    this.refusedUntil.delete(neighbour.id)
    for (const tries of [...this.tries.values()]) for (const one of tries) if (one.from === neighbour) this.forget(one)
    this.fetchMissing(now)
  }

  rejected(neighbour: MetadataNeighbour, part: number, now: Millis): void {
    countAnswer(neighbour)
    const one = this.tryOf(part, neighbour)
    if (!one) return
    this.forget(one)
    this.refusedUntil.set(neighbour.id, now + RETRY_MS)
    this.fetchMissing(now)
  }

  blockReceived(neighbour: MetadataNeighbour, { part, offset, data }: Block, now: Millis): void {
    countAnswer(neighbour)
    const one = this.tryOf(part, neighbour)
    if (!one) return // A late answer: the part is here, or it was let off.
    if (!one.expects(offset, data.length)) throw new Violation('a piece of metadata that was not asked for')
    if (!one.take(offset, data) || one.missingBytes > 0) return
    this.forget(one)
    this.take(part, one.bytes(), neighbour, now)
    this.fetchMissing(now)
  }

  requested(neighbour: MetadataNeighbour, { part, offset, length }: Request, now: Millis): void {
    const bytes = this.part(part)
    if (!bytes || offset + length > bytes.length) return this.refuse(neighbour, part, offset, now)
    neighbour.metadataServedBytes += length
    if (neighbour.metadataServedBytes > MAX_SERVINGS * this.totalBytes())
      throw new Violation('metadata requests without end')
    neighbour.pendingMetadata.push({ part, offset, length })
    this.waiting.add(neighbour)
    this.isAsked = true
  }

  /** Sends what was asked for, as far as the links take it. */
  serve(now: Millis): void {
    for (const neighbour of this.waiting) {
      while (neighbour.pendingMetadata.length > 0 && neighbour.linkHasRoom) {
        const { part, offset, length } = neighbour.pendingMetadata.shift() ?? { part: 0, offset: 0, length: 0 }
        const data = this.part(part)?.subarray(offset, offset + length)
        if (!data) continue
        neighbour.countQueued(length, now)
        this.state.send(neighbour, { type: 'metadata-block', part, offset, data }, now)
      }
      if (neighbour.pendingMetadata.length === 0) this.waiting.delete(neighbour)
    }
    this.isAsked = this.waiting.size > 0
  }

  /** Asks one more for this part, if it is time. When that will be next; Infinity: when something has changed. */
  private askFor(part: number, lengthAt: (neighbour: MetadataNeighbour) => number, now: Millis): Millis {
    const hunt = this.hunts.get(part) ?? { since: now, asked: 0 }
    const dueAt = askAnotherAt(this.tries.get(part) ?? [], hunt)
    if (dueAt > now) return dueAt
    const able = [...this.state.neighbours.values()].filter((neighbour) => this.mayAsk(neighbour, part))
    // There is one right length, and who claims less is found out sooner; but no lie about it comes first each time.
    const among = hunt.asked % 2 === 0 ? withLeast(able, lengthAt) : able
    const from = among[Math.floor(this.state.random() * among.length)]
    if (!from || !this.makeRoom(part, lengthAt(from), now)) return Number.POSITIVE_INFINITY
    const one = new MetadataTry(part, from, lengthAt(from), now)
    for (const { offset, length } of one.wanted()) {
      from.metadataAwaited++
      this.state.send(from, { type: 'metadata-request', part, offset, length }, now)
    }
    this.underWayBytes += countedBytes(one.length)
    from.metadataParts++
    hunt.asked++
    this.hunts.set(part, hunt)
    const tries = [...(this.tries.get(part) ?? []), one]
    this.tries.set(part, tries)
    return askAnotherAt(tries, hunt)
  }

  private mayAsk(neighbour: MetadataNeighbour, part: number): boolean {
    return (
      neighbour.manifestBytes > 0 &&
      neighbour.metadataParts < MAX_PARTS_OF_ONE &&
      !this.refusedUntil.has(neighbour.id) &&
      !this.tryOf(part, neighbour) &&
      (this.letOff.get(neighbour)?.get(part) ?? 0) < MAX_LET_OFF
    )
  }

  /**
   * Makes room for one more part under way by giving up the one that is behind with this part and has most to go.
   * False: nobody is.
   */
  private makeRoom(part: number, bytes: number, now: Millis): boolean {
    const behind = (this.tries.get(part) ?? [])
      .filter(({ fairUntil }) => fairUntil <= now)
      .sort((a, b) => a.missingBytes - b.missingBytes)
    while (this.underWayBytes + countedBytes(bytes) > MAX_UNDER_WAY_BYTES) {
      const last = behind.pop()
      if (!last) return false
      this.forget(last)
      this.refusedUntil.set(last.from.id, now + LET_OFF_MS)
      const times = this.letOff.get(last.from) ?? new Map<number, number>()
      this.letOff.set(last.from, times.set(part, (times.get(part) ?? 0) + 1))
    }
    return true
  }

  private tryOf(part: number, neighbour: MetadataNeighbour): MetadataTry | undefined {
    return this.tries.get(part)?.find(({ from }) => from === neighbour)
  }

  private forget(one: MetadataTry): void {
    const left = (this.tries.get(one.part) ?? []).filter((other) => other !== one)
    if (left.length > 0) this.tries.set(one.part, left)
    else this.tries.delete(one.part)
    this.underWayBytes -= countedBytes(one.length)
    one.from.metadataParts--
  }

  /** The part is here. */
  private forgetAll(part: number): void {
    this.hunts.delete(part)
    for (const one of this.tries.get(part) ?? []) this.forget(one)
  }

  /** A part is whole: only now is it looked at. */
  private take(part: number, bytes: Uint8Array, from: MetadataNeighbour, now: Millis): void {
    const { known } = this.state
    if (part === MANIFEST_PART) {
      if (known || this.proved) return
      if (!isManifestOf(this.contentId, bytes)) throw new Violation("a manifest that is not the link's", true)
      this.forgetAll(part)
      if (bytes.length <= READ_AT_ONCE_BYTES) return this.read(bytes, now)
      this.proved = { bytes, from }
      this.state.alarms.set(Alarm.manifest, now)
    } else if (known && !known.pages[part - 1]) {
      if (!isHashPage(known.content, part - 1, bytes))
        throw new Violation('a hash page that is not in the manifest', true)
      this.forgetAll(part)
      known.pages[part - 1] = bytes
      this.onPage(known, part - 1, now)
    }
  }

  /** Reads the manifest that was proved before. Throws Violation where it is none; `from` has brought it. */
  readProved(now: Millis): void {
    this.state.alarms.clear(Alarm.manifest)
    const { proved } = this
    this.proved = undefined
    if (proved && !this.state.known) this.read(proved.bytes, now)
  }

  /** The neighbour that brought the manifest that is still to be read. */
  get broughtBy(): MetadataNeighbour | undefined {
    return this.proved?.from
  }

  private read(bytes: Uint8Array, now: Millis): void {
    const result = readProvedManifest(this.contentId, bytes)
    if (!result.ok) throw new Violation(`a manifest that cannot be used: ${result.reason}`, true)
    this.onContent(result.content, now)
  }

  private refuse(neighbour: MetadataNeighbour, part: number, offset: number, now: Millis): void {
    if (!neighbour.countRefusal()) throw new Violation('metadata requests without end')
    this.state.send(neighbour, { type: 'metadata-reject', part, offset }, now)
  }

  private part(part: number): Uint8Array | undefined {
    const { known } = this.state
    return part === MANIFEST_PART ? known?.content.manifestBytes : known?.pages[part - 1]
  }

  private totalBytes(): number {
    const { known } = this.state
    if (!known) return MAX_MANIFEST_BYTES
    const pages = pageCount(known.content.layout)
    let bytes = known.content.manifestBytes.length
    for (let page = 0; page < pages; page++) bytes += pageLength(known.content.layout, page)
    return bytes
  }
}

/** [first, end), whose digests the page holds. */
function chunksOfPage({ content }: KnownContent, page: number): [number, number] {
  const first = page * CHUNKS_PER_PAGE
  return [first, first + pageChunks(content.layout, page)]
}

/** The bytes that a part takes of the room that all parts share. */
const countedBytes = (length: number): number => (length <= SMALL_BYTES ? 0 : length)

/** The neighbours for which `of` is least. */
function withLeast(
  neighbours: readonly MetadataNeighbour[],
  of: (neighbour: MetadataNeighbour) => number,
): readonly MetadataNeighbour[] {
  const least = neighbours.reduce((so, neighbour) => Math.min(so, of(neighbour)), Number.POSITIVE_INFINITY)
  return neighbours.filter((neighbour) => of(neighbour) === least)
}

/** Each request has one answer; one more, and it would only fill our downlink. */
function countAnswer(neighbour: MetadataNeighbour): void {
  if (--neighbour.metadataAwaited < 0) throw new Violation('metadata that was not asked for')
}
