// The open chunks, the rarest first, kept in order as copies come and go. Knows nothing of who holds them, nor why they
// are open.
import type { Bitfield } from '../content/index'

const NOT_OPEN = -1
/** From this many changes at once, sorting everything again is quicker than moving each chunk. */
const MANY = 1_024
/** A group of at most this many is scanned at once; of a larger one, some are drawn first. */
const FEW = 1_024
const PROBES_BEFORE_SCAN = 8
/** 4 GiB of usual chunks: to scan them all takes longer than a frame on a page. */
const GREAT_MANY = 16_384
const PROBES = 64

/**
 * Chunks of equal copies lie together, in no order: one that comes among them is put at a random place, so that a scan
 * from a random start is fair. Each change moves as many chunks as there are numbers of copies, however many chunks
 * there are.
 */
export class OpenChunks {
  private readonly order: Int32Array
  private readonly indexOf: Int32Array
  /** Where the chunks with each number of copies begin in `order`; the last entry is where all end. */
  private begins = [0, 0]

  constructor(
    private readonly copiesOf: Uint16Array,
    private readonly random: () => number,
  ) {
    this.order = new Int32Array(copiesOf.length)
    this.indexOf = new Int32Array(copiesOf.length).fill(NOT_OPEN)
  }

  get count(): number {
    return this.begins[this.begins.length - 1] as number
  }

  has(chunk: number): boolean {
    return (this.indexOf[chunk] ?? NOT_OPEN) !== NOT_OPEN
  }

  add(chunk: number): void {
    const copies = this.copiesOf[chunk] as number
    const { begins } = this
    while (begins.length < copies + 2) begins.push(this.count)
    // From the last group down, each gives up its first place for one behind it.
    for (let group = begins.length - 1; group > copies; group--) {
      const first = begins[group] as number
      const end = group + 1 < begins.length ? (begins[group + 1] as number) - 1 : first
      if (end > first) this.put(this.order[first] as number, end)
      begins[group] = first + 1
    }
    this.putAmong(chunk, copies, (begins[copies + 1] as number) - 1)
  }

  remove(chunk: number): void {
    const copies = this.copiesOf[chunk] as number
    const { begins } = this
    let hole = this.indexOf[chunk] as number
    this.indexOf[chunk] = NOT_OPEN
    for (let group = copies; group + 1 < begins.length; group++) {
      const last = (begins[group + 1] as number) - 1
      if (last > hole) this.put(this.order[last] as number, hole)
      if (last >= hole) hole = last
      begins[group + 1] = last
    }
  }

  /** Moves an open chunk of which one copy more, or less, is known; `copiesOf` says so already. */
  moved(chunk: number, by: 1 | -1): void {
    const copies = this.copiesOf[chunk] as number
    const { begins } = this
    if (by > 0) {
      while (begins.length < copies + 2) begins.push(this.count)
      const last = (begins[copies] as number) - 1
      this.put(this.order[last] as number, this.indexOf[chunk] as number)
      begins[copies] = last
      this.putAmong(chunk, copies, last)
    } else {
      const first = begins[copies + 1] as number
      this.put(this.order[first] as number, this.indexOf[chunk] as number)
      begins[copies + 1] = first + 1
      this.putAmong(chunk, copies, first)
    }
  }

  /** The copies of all these have changed by one, as `copiesOf` says already. */
  allMoved(chunks: Bitfield, by: 1 | -1): void {
    if (chunks.isComplete) {
      if (by > 0) this.begins.unshift(0)
      else this.begins.shift()
      if (this.begins.length < 2) this.begins.push(0)
      return
    }
    if (chunks.count < MANY || chunks.count * 8 < this.count) {
      chunks.forEach((chunk) => {
        if (this.has(chunk)) this.moved(chunk, by)
      })
      return
    }
    this.sort()
  }

  /**
   * A chunk that passes, of the rarest group that has one; all such in a group are equally likely. Where a great many
   * are open, a group is left for later if a good number of its chunks, drawn at random, do not pass.
   */
  firstOf(passes: (chunk: number) => boolean): number | undefined {
    const { begins } = this
    if (this.count > GREAT_MANY)
      for (let group = 0; group + 1 < begins.length; group++) {
        const found = this.probe(begins[group] as number, begins[group + 1] as number, PROBES, passes)
        if (found !== undefined) return found
      }
    const draw = this.random()
    for (let group = 0; group + 1 < begins.length; group++) {
      const found = this.scan(begins[group] as number, begins[group + 1] as number, draw, passes)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** A chunk that passes, whatever its copies. */
  anyOf(passes: (chunk: number) => boolean): number | undefined {
    return this.scan(0, this.count, this.random(), passes)
  }

  /** The rarest of these few; without `byRarity`, any. Among equals, each is as likely as any other. */
  firstAmong(few: Bitfield, byRarity: boolean, passes: (chunk: number) => boolean): number | undefined {
    let best: number | undefined
    let fewest = Number.POSITIVE_INFINITY
    let equals = 0
    few.forEach((chunk) => {
      if (!this.has(chunk)) return
      const copies = byRarity ? (this.copiesOf[chunk] as number) : 0
      if (copies > fewest || !passes(chunk)) return
      equals = copies < fewest ? 1 : equals + 1
      fewest = copies
      if (Math.floor(this.random() * equals) === 0) best = chunk
    })
    return best
  }

  private scan(begin: number, end: number, draw: number, passes: (chunk: number) => boolean): number | undefined {
    if (begin === end) return undefined
    const drawn = end - begin > FEW ? this.probe(begin, end, PROBES_BEFORE_SCAN, passes) : undefined
    if (drawn !== undefined) return drawn
    const start = begin + Math.floor(draw * (end - begin))
    const { order } = this
    for (let at = start; at < end; at++) if (passes(order[at] as number)) return order[at]
    for (let at = begin; at < start; at++) if (passes(order[at] as number)) return order[at]
    return undefined
  }

  /** A chunk that passes, among `times` that are drawn at random. */
  private probe(begin: number, end: number, times: number, passes: (chunk: number) => boolean): number | undefined {
    if (begin === end) return undefined
    for (let left = times; left > 0; left--) {
      const chunk = this.order[begin + Math.floor(this.random() * (end - begin))] as number
      if (passes(chunk)) return chunk
    }
    return undefined
  }

  /** Sorts each group by chunk number. A scan draws where it begins, so this favours none. */
  private sort(): void {
    const { order, indexOf, copiesOf, count } = this
    const next: number[] = []
    for (let chunk = 0; chunk < indexOf.length; chunk++) {
      if (indexOf[chunk] === NOT_OPEN) continue
      const copies = copiesOf[chunk] as number
      while (next.length <= copies) next.push(0)
      next[copies] = (next[copies] as number) + 1
    }
    let begin = 0
    this.begins = next.map((size) => {
      begin += size
      return begin - size
    })
    this.begins.push(count)
    if (this.begins.length < 2) this.begins.push(count)
    const at = Int32Array.from(this.begins)
    for (let chunk = 0; chunk < indexOf.length; chunk++) {
      if (indexOf[chunk] === NOT_OPEN) continue
      const to = at[copiesOf[chunk] as number] as number
      at[copiesOf[chunk] as number] = to + 1
      order[to] = chunk
      indexOf[chunk] = to
    }
  }

  /** Puts a chunk at a random place of its group, to which `free` belongs; the chunk that was there goes to `free`. */
  private putAmong(chunk: number, group: number, free: number): void {
    const begin = this.begins[group] as number
    const size = (this.begins[group + 1] as number) - begin
    const to = size > 1 ? begin + Math.floor(this.random() * size) : free
    if (to !== free) this.put(this.order[to] as number, free)
    this.put(chunk, to)
  }

  private put(chunk: number, at: number): void {
    this.order[at] = chunk
    this.indexOf[chunk] = at
  }
}
