// Fetches and serves the manifest and its hash pages, and believes neither before its digest is right. Knows nothing of
// chunks. In the manner of BEP 9.
import {
  type Content,
  contentFromManifest,
  isHashPage,
  MAX_MANIFEST_BYTES,
  pageCount,
  pageLength,
} from '../content/index'
import { MANIFEST_PART, type Message } from '../wire/index'
import { Alarm } from './alarms'
import type { Millis } from './events'
import type { Neighbour } from './neighbour'
import { type KnownContent, type SwarmState, Violation } from './state'

const PIECE_BYTES = 65_536
/** A neighbour that sends no piece for so long: ask another. */
const PATIENCE_MS = 10_000
/** Ask one that has refused again after this long: it may have learnt the part since. */
const RETRY_MS = 1_000
/** A neighbour may fetch all metadata this often before we take it for a flood. */
const MAX_SERVINGS = 4

type Fetch = { part: number; from: Neighbour; bytes: Uint8Array; missing: Set<number>; until: Millis }
type Request = Extract<Message, { type: 'metadata-request' }>
type Block = Extract<Message, { type: 'metadata-block' }>

export class Metadata {
  private readonly fetches = new Map<number, Fetch>()
  private readonly refusedUntil = new Map<string, Millis>()
  /** Those with requests that wait. */
  private readonly waiting = new Set<Neighbour>()
  /** Whether there are any: looked at after every fact. */
  isAsked = false

  constructor(
    private readonly contentId: Uint8Array,
    private readonly state: SwarmState,
    private readonly onContent: (content: Content, now: Millis) => void,
    private readonly onPage: (known: KnownContent, page: number, now: Millis) => void,
  ) {}

  /** Asks for what is missing, of whoever may have it. Safe to call at any time. */
  fetchMissing(now: Millis): void {
    for (const [peer, until] of this.refusedUntil) if (now >= until) this.refusedUntil.delete(peer)
    for (const fetch of [...this.fetches.values()])
      if (now >= fetch.until) {
        this.fetches.delete(fetch.part)
        this.refusedUntil.set(fetch.from.id, now + PATIENCE_MS)
      }
    const { known } = this.state
    if (!known) this.start(MANIFEST_PART, (neighbour) => neighbour.manifestBytes, now)
    else if (this.state.downloading)
      for (let page = 0; page < known.pages.length; page++)
        if (!known.pages[page]) this.start(page + 1, () => pageLength(known.content.layout, page), now)
    this.setAlarm()
  }

  left(neighbour: Neighbour, now: Millis): void {
    this.waiting.delete(neighbour)
    this.refusedUntil.delete(neighbour.id)
    for (const fetch of [...this.fetches.values()]) if (fetch.from === neighbour) this.fetches.delete(fetch.part)
    this.fetchMissing(now)
  }

  rejected(neighbour: Neighbour, part: number, now: Millis): void {
    countAnswer(neighbour)
    const fetch = this.fetches.get(part)
    if (fetch?.from !== neighbour) return
    this.fetches.delete(part)
    this.refusedUntil.set(neighbour.id, now + RETRY_MS)
    this.fetchMissing(now)
  }

  blockReceived(neighbour: Neighbour, { part, offset, data }: Block, now: Millis): void {
    countAnswer(neighbour)
    const fetch = this.fetches.get(part)
    if (fetch?.from !== neighbour) return // A late answer: somebody else was asked meanwhile.
    const wasAsked = offset % PIECE_BYTES === 0 && offset < fetch.bytes.length
    if (!wasAsked || data.length !== Math.min(PIECE_BYTES, fetch.bytes.length - offset))
      throw new Violation('a piece of metadata that was not asked for')
    if (!fetch.missing.delete(offset)) return // It answers an earlier try, too.
    fetch.until = now + PATIENCE_MS
    fetch.bytes.set(data, offset)
    if (fetch.missing.size === 0) this.fetches.delete(part)
    this.setAlarm()
    if (fetch.missing.size === 0) this.take(fetch, now)
  }

  requested(neighbour: Neighbour, { part, offset, length }: Request, now: Millis): void {
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

  private start(part: number, lengthAt: (neighbour: Neighbour) => number, now: Millis): void {
    if (this.fetches.has(part)) return
    const able = [...this.state.neighbours.values()].filter(
      (neighbour) => neighbour.manifestBytes > 0 && !this.refusedUntil.has(neighbour.id),
    )
    const from = able[Math.floor(this.state.random() * able.length)]
    if (!from) return
    const bytes = new Uint8Array(lengthAt(from))
    const missing = new Set<number>()
    for (let offset = 0; offset < bytes.length; offset += PIECE_BYTES) {
      missing.add(offset)
      const length = Math.min(PIECE_BYTES, bytes.length - offset)
      from.metadataAwaited++
      this.state.send(from, { type: 'metadata-request', part, offset, length }, now)
    }
    this.fetches.set(part, { part, from, bytes, missing, until: now + PATIENCE_MS })
  }

  /** A part is whole: only now is it looked at. */
  private take({ part, bytes }: Fetch, now: Millis): void {
    const { known } = this.state
    if (part === MANIFEST_PART) {
      if (known) return
      const result = contentFromManifest(this.contentId, bytes)
      if (!result.ok) throw new Violation(`a manifest that is not the link's: ${result.reason}`, true)
      this.onContent(result.content, now)
    } else if (known && !known.pages[part - 1]) {
      if (!isHashPage(known.content, part - 1, bytes))
        throw new Violation('a hash page that is not in the manifest', true)
      known.pages[part - 1] = bytes
      this.onPage(known, part - 1, now)
    }
  }

  /** For the first of those that we have asked, or must not ask: `fetchMissing` looks at them then. */
  private setAlarm(): void {
    let at = Number.POSITIVE_INFINITY
    for (const { until } of this.fetches.values()) at = Math.min(at, until)
    for (const until of this.refusedUntil.values()) at = Math.min(at, until)
    this.state.alarms.set(Alarm.metadata, at)
  }

  private refuse(neighbour: Neighbour, part: number, offset: number, now: Millis): void {
    neighbour.refusedRequests++
    if (neighbour.refusedRequests > 2_048) throw new Violation('metadata requests without end')
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

/** Each request has one answer; one more, and it would only fill our downlink. */
function countAnswer(neighbour: Neighbour): void {
  if (--neighbour.metadataAwaited < 0) throw new Violation('metadata that was not asked for')
}
