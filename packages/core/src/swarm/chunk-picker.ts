// Decides which chunk to fetch next, and alone counts the copies of each. Knows nothing of requests or of time.
import type { Bitfield } from '../content/index'

export const pickers = ['rarest-first', 'random', 'sequential'] as const
export type PickerPolicy = (typeof pickers)[number]

/** What counts for a policy: the lowest sum goes first; among equals, chance decides. */
const weights: Record<PickerPolicy, { copies: number; place: number }> = {
  'rarest-first': { copies: 1, place: 0 },
  random: { copies: 0, place: 0 },
  sequential: { copies: 0, place: 1 },
}

const NOT_OPEN = -1

/** 1 MiB of usual chunks: whoever serves reads a stretch of its disk once, and not each chunk. */
const EXTENT_CHUNKS = 4

const NO_EXTENT = -1

const extentOf = (chunk: number): number => (chunk / EXTENT_CHUNKS) | 0

/** Chunks are open (to be fetched), or not: held, under way, or of an unknown hash page. */
export class ChunkPicker {
  private readonly copiesOf: Uint16Array
  private readonly open: Int32Array // the open chunks, in no order, in the first `openCount` places
  private readonly place: Int32Array // where each chunk stands in `open`
  private count = 0
  private wanted = { first: 0, end: 0 }

  constructor(
    chunkCount: number,
    private readonly policy: PickerPolicy,
    private readonly random: () => number,
  ) {
    this.copiesOf = new Uint16Array(chunkCount)
    this.open = new Int32Array(chunkCount)
    this.place = new Int32Array(chunkCount).fill(NOT_OPEN)
  }

  get openCount(): number {
    return this.count
  }

  /** Neighbours that hold the chunk. */
  copies(chunk: number): number {
    return this.copiesOf[chunk] ?? 0
  }

  /** For a picture; a copy. */
  allCopies(): Uint16Array {
    return this.copiesOf.slice()
  }

  /** Whether the neighbours together hold every chunk. */
  get neighboursHoldAll(): boolean {
    return this.copiesOf.every((copies) => copies > 0)
  }

  /** How many of these chunks, all of one neighbour, no other neighbour holds. */
  soleCopies(chunks: Bitfield): number {
    let count = 0
    for (let chunk = 0; chunk < chunks.size; chunk++) if (this.copiesOf[chunk] === 1 && chunks.has(chunk)) count++
    return count
  }

  addCopy(chunk: number): void {
    this.copiesOf[chunk] = this.copies(chunk) + 1
  }

  addCopies(chunks: Bitfield): void {
    for (const chunk of chunks.indices()) this.addCopy(chunk)
  }

  removeCopies(chunks: Bitfield): void {
    for (const chunk of chunks.indices()) this.copiesOf[chunk] = this.copies(chunk) - 1
  }

  setOpen(chunk: number): void {
    if (this.place[chunk] !== NOT_OPEN) return
    // At a random place, so that a scan from a random start draws fairly among equals.
    const at = Math.floor(this.random() * (this.count + 1))
    if (at < this.count) this.put(this.open[at] as number, this.count)
    this.put(chunk, at)
    this.count++
  }

  setClosed(chunk: number): void {
    const at = this.place[chunk] ?? NOT_OPEN
    if (at === NOT_OPEN) return
    this.count--
    this.put(this.open[this.count] as number, at)
    this.place[chunk] = NOT_OPEN
  }

  /** Chunks [first, end) that somebody waits for now; none where it is empty. */
  setWanted(first: number, end: number): void {
    this.wanted = { first, end }
  }

  /**
   * The first open chunk that somebody waits for; else the one that goes first by the policy (or by chance alone); of those that
   * pass `holds`. Among equals, one in the extent of `last`, the chunk that was picked before for the same neighbour (libtorrent's
   * piece_extent_affinity); among these, chance decides.
   */
  pick(holds: (chunk: number) => boolean, byChance = false, last?: number): number | undefined {
    for (let chunk = this.wanted.first; chunk < this.wanted.end; chunk++)
      if (this.isOpen(chunk) && holds(chunk)) return chunk
    const { copies, place } = weights[byChance ? 'random' : this.policy]
    const { open, copiesOf, count } = this
    const extent = last === undefined ? NO_EXTENT : extentOf(last)
    let best: number | undefined
    let bestRank = Number.POSITIVE_INFINITY
    let at = Math.floor(this.random() * count)
    for (let left = count; left > 0; left--) {
      const chunk = open[at] as number
      if (++at === count) at = 0
      const byPolicy = copies * (copiesOf[chunk] as number) + place * chunk
      const rank = 2 * byPolicy + (extentOf(chunk) === extent ? 0 : 1)
      if (rank < bestRank && holds(chunk)) {
        best = chunk
        bestRank = rank
        if (rank === 0) break
      }
    }
    return best
  }

  private isOpen(chunk: number): boolean {
    return (this.place[chunk] ?? NOT_OPEN) !== NOT_OPEN
  }

  private put(chunk: number, at: number): void {
    this.open[at] = chunk
    this.place[chunk] = at
  }
}
