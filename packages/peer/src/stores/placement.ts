// Where chunks lie in a file that has room for some of a content's chunks: run after run, as they were chosen. Knows no
// disk.
import type { Bitfield, Layout, Range } from '@swarmdrop/core'

/** Chunks [first, end) that lie one after the other; the runs lie in the file in this order. */
export type Runs = readonly (readonly [first: number, end: number])[]

/** Each chunk has a place of a whole chunk's length; the file ends with the last chunk in it. */
export class Placement {
  readonly runs: Runs
  readonly #layout: Layout
  /** The runs by their first chunk, each with the byte of the file at which it begins. */
  readonly #byChunk: { first: number; end: number; at: number }[] = []
  /** Length of the file. */
  readonly bytes: number

  private constructor(layout: Layout, runs: Runs) {
    this.#layout = layout
    this.runs = runs
    let places = 0
    for (const [first, end] of runs) {
      this.#byChunk.push({ first, end, at: places * layout.chunkBytes })
      places += end - first
    }
    const unused = layout.chunkCount * layout.chunkBytes - layout.totalBytes
    this.bytes = places * layout.chunkBytes - (runs.at(-1)?.[1] === layout.chunkCount ? unused : 0)
    this.#byChunk.sort((a, b) => a.first - b.first)
  }

  /** All chunks in their order, as the content has them. */
  static whole(layout: Layout): Placement {
    return new Placement(layout, layout.chunkCount === 0 ? [] : [[0, layout.chunkCount]])
  }

  static none(layout: Layout): Placement {
    return new Placement(layout, [])
  }

  /** Reads a placement; undefined for what is none of this layout, as what was stored may be damaged. */
  static read(layout: Layout, runs: Runs): Placement | undefined {
    const sorted = [...runs].sort((a, b) => a[0] - b[0])
    let free = 0
    for (const [first, end] of sorted) {
      if (!Number.isInteger(first) || !Number.isInteger(end) || first < free || end <= first) return undefined
      free = end
    }
    return free > layout.chunkCount ? undefined : new Placement(layout, runs)
  }

  /** The placement with these chunks, each that has no place yet behind all others; the same where none is new. */
  with(chunks: Bitfield): Placement {
    const added: [number, number][] = []
    chunks.forEach((chunk) => {
      if (this.at(chunk) !== undefined) return
      const last = added.at(-1)
      if (last?.[1] === chunk) last[1]++
      else added.push([chunk, chunk + 1])
    })
    return added.length === 0 ? this : new Placement(this.#layout, [...this.runs, ...added])
  }

  /** The byte of the file at which this chunk begins; undefined: it has no place. */
  at(chunk: number): number | undefined {
    const run = this.#runOf(chunk)
    return run && run.at + (chunk - run.first) * this.#layout.chunkBytes
  }

  /** The stretches of the file that make up these bytes of the content, in order. Undefined where one has no place. */
  stretches({ start, end }: Range): Range[] | undefined {
    const { chunkBytes } = this.#layout
    const found: Range[] = []
    for (let byte = start; byte < end; ) {
      const chunk = Math.floor(byte / chunkBytes)
      const run = this.#runOf(chunk)
      if (!run) return undefined
      const from = run.at + byte - run.first * chunkBytes
      const length = Math.min(end, run.end * chunkBytes) - byte
      found.push({ start: from, end: from + length })
      byte += length
    }
    return found
  }

  #runOf(chunk: number): { first: number; end: number; at: number } | undefined {
    let low = 0
    let high = this.#byChunk.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const run = this.#byChunk[middle]
      if (!run || chunk < run.first) high = middle - 1
      else if (chunk >= run.end) low = middle + 1
      else return run
    }
    return undefined
  }
}
