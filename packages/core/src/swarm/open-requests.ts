// The books of what we have asked one neighbour for and it has not answered. Decides nothing.
import { blockKey } from './chunk-download'

export class OpenRequests {
  /** Lengths by blockKey, in the order in which they were asked for. */
  private readonly lengths = new Map<number, number>()
  /** How many of them are of each chunk. */
  private readonly ofChunk = new Map<number, number>()
  private bytesNow = 0

  get count(): number {
    return this.lengths.size
  }

  get bytes(): number {
    return this.bytesNow
  }

  has(chunk: number, offset: number): boolean {
    return this.lengths.has(blockKey(chunk, offset))
  }

  hasOf(chunk: number): boolean {
    return this.ofChunk.has(chunk)
  }

  /** The length of the one that was asked for first; 0: there is none. */
  get firstBytes(): number {
    for (const length of this.lengths.values()) return length
    return 0
  }

  add(chunk: number, offset: number, length: number): void {
    this.lengths.set(blockKey(chunk, offset), length)
    this.ofChunk.set(chunk, (this.ofChunk.get(chunk) ?? 0) + 1)
    this.bytesNow += length
  }

  /** Takes one off the books: its length, or undefined where there was none. */
  answered(chunk: number, offset: number): number | undefined {
    const key = blockKey(chunk, offset)
    const length = this.lengths.get(key)
    if (length === undefined) return undefined
    this.lengths.delete(key)
    this.bytesNow -= length
    const others = (this.ofChunk.get(chunk) ?? 1) - 1
    if (others > 0) this.ofChunk.set(chunk, others)
    else this.ofChunk.delete(chunk)
    return length
  }
}
