// What the parts of one swarm share: the content, the neighbours, and the actions of the present step. Decides nothing.
import { Bitfield, CHUNKS_PER_PAGE, type Content, chunkDigest, chunkLength, pageCount } from '../content/index'
import type { Message } from '../wire/index'
import { Alarms } from './alarms'
import { ChunkPicker } from './chunk-picker'
import type { Millis, SwarmAction } from './events'
import { FIRST_LANE } from './lane'
import type { Neighbour, Slice } from './neighbour'
import type { Policy } from './policy'

/**
 * All that depends on the manifest. `picker` alone counts copies, `held` alone says what we hold, `lacking` what we
 * fetch.
 */
export type KnownContent = {
  content: Content
  pages: (Uint8Array | undefined)[]
  held: Bitfield
  /** The chosen chunks that are not held: all that is fetched. */
  lacking: Bitfield
  picker: ChunkPicker
}

/** A small block. */
const WORTH_BYTES = 16_384

const NO_ACTIONS: readonly SwarmAction[] = Object.freeze([])

/** Somebody to whom something is sent. */
export type Addressee = Slice<'id', 'lastSentAt'>
/** Somebody who is told whether it has something for us. */
export type Informed = Addressee & Slice<'usefulChunks', 'amInterested' | 'uselessSince'>

/** `N`: a neighbour as the part sees it that holds the state. */
export class SwarmState<N extends Addressee = Neighbour> {
  readonly neighbours = new Map<string, N>()
  readonly alarms = new Alarms()
  known: KnownContent | undefined
  /** So many bytes to or from a neighbour are worth its place or its slot for a while. */
  worthBytes = WORTH_BYTES
  downloading: boolean
  uploading: boolean
  private actions: SwarmAction[] = []
  /** When something was said to all neighbours at once. */
  private toldAllAt: Millis = Number.NEGATIVE_INFINITY

  constructor(
    readonly policy: Policy,
    readonly random: () => number,
    activity: { downloading: boolean; uploading: boolean },
  ) {
    this.downloading = activity.downloading
    this.uploading = activity.uploading
  }

  /** `chosen`: the chunks that are to be fetched; absent: all. */
  learnContent(
    content: Content,
    pages?: (Uint8Array | undefined)[],
    held?: Bitfield,
    chosen?: Bitfield | undefined,
  ): KnownContent {
    const { chunkCount } = content.layout
    const holding = held ?? new Bitfield(chunkCount)
    const known: KnownContent = {
      content,
      pages: pages ?? new Array(pageCount(content.layout)).fill(undefined),
      held: holding,
      lacking: (chosen ?? Bitfield.full(chunkCount)).without(holding),
      picker: new ChunkPicker(chunkCount, this.policy.picker, this.random),
    }
    this.known = known
    this.worthBytes = Math.min(WORTH_BYTES, content.layout.chunkBytes)
    known.pages.forEach((page, index) => {
      if (page) this.openPage(known, index)
    })
    return known
  }

  /** The page's digests are here, so its chunks can be fetched. */
  openPage(known: KnownContent, page: number): void {
    const end = Math.min((page + 1) * CHUNKS_PER_PAGE, known.content.layout.chunkCount)
    for (let chunk = page * CHUNKS_PER_PAGE; chunk < end; chunk++)
      if (known.lacking.has(chunk)) known.picker.setOpen(chunk)
  }

  get isComplete(): boolean {
    return this.known?.held.isComplete ?? false
  }

  /** Whether all that is chosen is here: nothing is fetched any more, and what is held is served. */
  get isDone(): boolean {
    return this.known?.lacking.count === 0
  }

  chunkBytes(known: KnownContent, chunk: number): number {
    return chunkLength(known.content.layout, chunk)
  }

  digest(known: KnownContent, chunk: number): Uint8Array {
    return chunkDigest(known.pages, chunk)
  }

  /** The actions of the present step, which ends it. */
  takeActions(): readonly SwarmAction[] {
    if (this.actions.length === 0) return NO_ACTIONS // Most events ask for nothing.
    const { actions } = this
    this.actions = []
    return actions
  }

  emit(action: SwarmAction): void {
    this.actions.push(action)
  }

  send(neighbour: Addressee, message: Message, now: Millis, lane = FIRST_LANE): void {
    neighbour.lastSentAt = now
    this.actions.push({ type: 'send', peer: neighbour.id, message, lane })
  }

  sendAll(message: Message, now: Millis): void {
    if (this.neighbours.size === 0) return
    this.toldAllAt = now
    this.actions.push({ type: 'send-all', peers: [...this.neighbours.keys()], message })
  }

  /** When this neighbour last heard anything of us. */
  lastSentAt(neighbour: Addressee): Millis {
    return Math.max(neighbour.lastSentAt, this.toldAllAt)
  }

  /** Tells a neighbour whether it has something for us, when that changes. */
  updateInterest(neighbour: Informed, now: Millis): void {
    const interested = this.downloading && neighbour.usefulChunks > 0
    if (interested === neighbour.amInterested) return
    neighbour.amInterested = interested
    if (!interested) neighbour.uselessSince = now
    this.send(neighbour, { type: interested ? 'interested' : 'not-interested' }, now)
  }
}

/** A neighbour broke the protocol: the reason is for a log, and costs it the connection. */
export class Violation extends Error {
  constructor(
    reason: string,
    /** The neighbour lied about content, and was not merely out of order: it is not let in again. */
    readonly ban = false,
  ) {
    super(reason)
    this.name = 'Violation'
  }
}
