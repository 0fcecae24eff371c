// The open chunks, the rarest first, kept in order as copies come and go. Knows nothing of who holds them, nor why they are open.
import type { Bitfield } from '../content/index'

const NOT_OPEN = -1
/** From so many changes at once, putting all in order anew is quicker than moving each. */
const MANY = 1_024

/**
 * Chunks of equal copies lie together, in no order: one that comes among them is put at a random place, so that a scan from a
 * random start is fair. Each change moves as many chunks as there are numbers of copies, however many chunks there are.
 */
export class OpenChunks {
  private readonly order: Int32Array
  private readonly place: Int32Array
  /** Where the chunks with so many copies begin; the last entry is where all end. */
  private begins = [0, 0]

  constructor(
    private readonly copiesOf: Uint16Array,
    private readonly random: () => number,
  ) {
    this.order = new Int32Array(copiesOf.length)
    this.place = new Int32Array(copiesOf.length).fill(NOT_OPEN)
  }

  get count(): number {
    return this.begins[this.begins.length - 1] as number
  }

  has(chunk: number): boolean {
    return (this.place[chunk] ?? NOT_OPEN) !== NOT_OPEN
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
    this.put(chunk, (begins[copies + 1] as number) - 1)
    this.mix(copies, (begins[copies + 1] as number) - 1)
  }

  remove(chunk: number): void {
    const copies = this.copiesOf[chunk] as number
    const { begins } = this
    let hole = this.place[chunk] as number
    this.place[chunk] = NOT_OPEN
    for (let group = copies; group + 1 < begins.length; group++) {
      const last = (begins[group + 1] as number) - 1
      if (last > hole) this.put(this.order[last] as number, hole)
      if (last >= hole) hole = last
      begins[group + 1] = last
    }
  }

  /** One copy more, or less, of an open chunk is known; `copiesOf` says so already. */
  moved(chunk: number, by: 1 | -1): void {
    const copies = this.copiesOf[chunk] as number
    const { begins } = this
    if (by > 0) {
      while (begins.length < copies + 2) begins.push(this.count)
      const last = (begins[copies] as number) - 1
      this.swap(this.place[chunk] as number, last)
      begins[copies] = last
      this.mix(copies, last)
    } else {
      const first = begins[copies + 1] as number
      this.swap(this.place[chunk] as number, first)
      begins[copies + 1] = first + 1
      this.mix(copies, first)
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
    if (chunks.count < MANY) {
      for (const chunk of chunks.indices()) if (this.has(chunk)) this.moved(chunk, by)
      return
    }
    this.sort()
  }

  /** Of one group after another, the rarest first, each from a random start: the first that passes. */
  firstOf(passes: (chunk: number) => boolean): number | undefined {
    for (let group = 0; group + 1 < this.begins.length; group++) {
      const found = this.scan(this.begins[group] as number, this.begins[group + 1] as number, passes)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** As though all were equal. */
  anyOf(passes: (chunk: number) => boolean): number | undefined {
    return this.scan(0, this.count, passes)
  }

  private scan(begin: number, end: number, passes: (chunk: number) => boolean): number | undefined {
    if (begin === end) return undefined
    const start = begin + Math.floor(this.random() * (end - begin))
    const { order } = this
    for (let at = start; at < end; at++) if (passes(order[at] as number)) return order[at]
    for (let at = begin; at < start; at++) if (passes(order[at] as number)) return order[at]
    return undefined
  }

  private sort(): void {
    const { order, copiesOf, count } = this
    const before = order.slice(0, count)
    const sizes: number[] = []
    for (const chunk of before) {
      const copies = copiesOf[chunk] as number
      while (sizes.length <= copies) sizes.push(0)
      sizes[copies] = (sizes[copies] as number) + 1
    }
    this.begins = [0]
    for (const size of sizes) this.begins.push((this.begins[this.begins.length - 1] as number) + size)
    if (this.begins.length < 2) this.begins.push(0)
    const next = [...this.begins]
    for (const chunk of before) {
      const copies = copiesOf[chunk] as number
      const at = next[copies] as number
      next[copies] = at + 1
      this.put(chunk, at)
    }
  }

  /** To a random place of its group. */
  private mix(group: number, at: number): void {
    const begin = this.begins[group] as number
    const size = (this.begins[group + 1] as number) - begin
    if (size > 1) this.swap(at, begin + Math.floor(this.random() * size))
  }

  private swap(a: number, b: number): void {
    const [atA, atB] = [this.order[a] as number, this.order[b] as number]
    this.put(atA, b)
    this.put(atB, a)
  }

  private put(chunk: number, at: number): void {
    this.order[at] = chunk
    this.place[chunk] = at
  }
}
