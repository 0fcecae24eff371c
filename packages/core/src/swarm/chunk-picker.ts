// Decides which chunk to fetch next, and alone counts the copies of each. Knows nothing of requests or of time.
import type { Bitfield } from '../content/index'
import { OpenChunks } from './open-chunks'

export const pickers = ['rarest-first', 'random', 'sequential'] as const
export type PickerPolicy = (typeof pickers)[number]

/** What each policy goes by: a policy that is not here does not compile. */
const orders: Record<PickerPolicy, 'copies' | 'chance' | 'index'> = {
  'rarest-first': 'copies',
  random: 'chance',
  sequential: 'index',
}

/** 1 MiB of usual chunks: anyone who serves reads a stretch of its disk once, and not each chunk. */
const EXTENT_CHUNKS = 4

/**
 * A neighbour holds few chunks if it holds less than this part of the open ones: then its chunks are looked through,
 * and not all.
 */
const FEW_OF = 64

const extentOf = (chunk: number): number => (chunk / EXTENT_CHUNKS) | 0

/** How many of the chunks opened last are remembered. */
const OPENED_LOG = 256

/** Chunks are open (to be fetched), or not: held, under way, or of an unknown hash page. */
export class ChunkPicker {
  private readonly copiesOf: Uint16Array
  /** The numbers of all that hold the chunk, by exclusive or: where there is one copy, it is its holder's. */
  private readonly holdersOf: Int32Array
  private readonly open: OpenChunks
  private uncopied: number
  private wanted = { first: 0, end: 0 }
  /** The chunks that were opened last, in a ring; `opened` counts all. */
  private readonly openedLately = new Int32Array(OPENED_LOG)
  private opened = 0
  private readonly order: (typeof orders)[PickerPolicy]

  constructor(
    chunkCount: number,
    policy: PickerPolicy,
    private readonly random: () => number,
  ) {
    this.order = orders[policy]
    this.copiesOf = new Uint16Array(chunkCount)
    this.holdersOf = new Int32Array(chunkCount)
    this.open = new OpenChunks(this.copiesOf, random)
    this.uncopied = chunkCount
  }

  get openCount(): number {
    return this.open.count
  }

  /** Neighbours that hold the chunk. */
  copies(chunk: number): number {
    return this.copiesOf[chunk] ?? 0
  }

  /** How many neighbours hold each chunk, copied for a picture. */
  allCopies(): Uint16Array {
    return this.copiesOf.slice()
  }

  /** Whether the neighbours together hold every chunk. */
  get neighboursHoldAll(): boolean {
    return this.uncopied === 0
  }

  /** How many of these chunks each neighbour is the only one to hold, by the neighbour's number. */
  soleCopies(of: Bitfield): readonly (number | undefined)[] {
    const counts: number[] = []
    const { copiesOf, holdersOf } = this
    const isAll = of.isComplete
    for (let chunk = 0; chunk < copiesOf.length; chunk++)
      if (copiesOf[chunk] === 1 && (isAll || of.has(chunk))) {
        const holder = holdersOf[chunk] as number
        counts[holder] = (counts[holder] ?? 0) + 1
      }
    return counts
  }

  /** The neighbour of this number holds the chunk. */
  addCopy(chunk: number, holder: number): void {
    this.count(chunk, holder, 1)
    if (this.open.has(chunk)) this.open.moved(chunk, 1)
  }

  addCopies(chunks: Bitfield, holder: number): void {
    chunks.forEach((chunk) => {
      this.count(chunk, holder, 1)
    })
    this.open.allMoved(chunks, 1)
  }

  removeCopies(chunks: Bitfield, holder: number): void {
    chunks.forEach((chunk) => {
      this.count(chunk, holder, -1)
    })
    this.open.allMoved(chunks, -1)
  }

  setOpen(chunk: number): void {
    if (this.open.has(chunk)) return
    this.open.add(chunk)
    this.openedLately[this.opened++ % OPENED_LOG] = chunk
  }

  setClosed(chunk: number): void {
    if (this.open.has(chunk)) this.open.remove(chunk)
  }

  /** How many chunks were opened so far: with `openedSince`, what is new. */
  get openedCount(): number {
    return this.opened
  }

  /**
   * Whether a chunk that passes was opened since `openedCount` stood at `count`. True also where too many were opened
   * to tell.
   */
  hasOpenedSince(count: number, passes: (chunk: number) => boolean): boolean {
    if (this.opened - count > OPENED_LOG) return true
    for (let at = count; at < this.opened; at++) {
      const chunk = this.openedLately[at % OPENED_LOG] as number
      if (this.open.has(chunk) && passes(chunk)) return true
    }
    return false
  }

  /** Chunks [first, end) that somebody waits for now; none where it is empty. */
  setWanted(first: number, end: number): void {
    this.wanted = { first, end }
  }

  /**
   * The first open chunk that somebody waits for; else the one that goes first by the policy (or by chance alone); of
   * those that pass `holds`. Among equals, one in the extent of `last`, the chunk that was picked before for the same
   * neighbour (libtorrent's piece_extent_affinity); among these, chance decides. `few`: the chunks that pass are among
   * these.
   */
  pick(holds: (chunk: number) => boolean, byChance = false, last?: number, few?: Bitfield): number | undefined {
    for (let chunk = this.wanted.first; chunk < this.wanted.end; chunk++)
      if (this.isOpen(chunk) && holds(chunk)) return chunk
    const order = byChance ? 'chance' : this.order
    if (order === 'index') return this.firstInOrder(holds)
    const byRarity = order === 'copies'
    const isFew = few !== undefined && few.count * FEW_OF < this.openCount
    const best = isFew
      ? this.open.firstAmong(few, byRarity, holds)
      : byRarity
        ? this.open.firstOf(holds)
        : this.open.anyOf(holds)
    if (best === undefined || last === undefined) return best
    const beside: number[] = []
    const extent = extentOf(last) * EXTENT_CHUNKS
    for (let chunk = extent; chunk < extent + EXTENT_CHUNKS; chunk++)
      if (this.isOpen(chunk) && (!byRarity || this.copies(chunk) === this.copies(best)) && holds(chunk))
        beside.push(chunk)
    return beside.length > 0 ? beside[Math.floor(this.random() * beside.length)] : best
  }

  /** Chunks [first, end) that somebody waits for. */
  get wantedNow(): { first: number; end: number } {
    return this.wanted
  }

  isOpen(chunk: number): boolean {
    return this.open.has(chunk)
  }

  private firstInOrder(holds: (chunk: number) => boolean): number | undefined {
    for (let chunk = 0; chunk < this.copiesOf.length; chunk++) if (this.isOpen(chunk) && holds(chunk)) return chunk
    return undefined
  }

  private count(chunk: number, holder: number, by: 1 | -1): void {
    const copies = this.copiesOf[chunk] as number
    this.copiesOf[chunk] = copies + by
    this.holdersOf[chunk] = (this.holdersOf[chunk] as number) ^ holder
    if (copies + by === 0) this.uncopied++
    else if (by > 0 && copies === 0) this.uncopied--
  }
}
