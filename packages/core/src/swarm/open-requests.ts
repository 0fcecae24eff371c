// The books of what we have asked one neighbour for and it has not answered. Decides nothing.
import { blockKey } from './chunk-download'
import type { Asked } from './path-estimate'

export class OpenRequests {
  /** Requests by blockKey, in the order in which they were made. */
  private readonly requests = new Map<number, Asked>()
  /** How many of them are of each chunk. */
  private readonly ofChunk = new Map<number, number>()
  private bytesNow = 0

  get count(): number {
    return this.requests.size
  }

  get bytes(): number {
    return this.bytesNow
  }

  get(chunk: number, offset: number): Asked | undefined {
    return this.requests.get(blockKey(chunk, offset))
  }

  hasOf(chunk: number): boolean {
    return this.ofChunk.has(chunk)
  }

  /** The length of the one that was asked for first; 0: there is none. */
  get firstBytes(): number {
    for (const { length } of this.requests.values()) return length
    return 0
  }

  add(chunk: number, offset: number, asked: Asked): void {
    this.bytesNow += asked.length
    this.requests.set(blockKey(chunk, offset), asked)
    this.ofChunk.set(chunk, (this.ofChunk.get(chunk) ?? 0) + 1)
  }

  /** Takes one off the books; undefined where there was none. */
  answered(chunk: number, offset: number): Asked | undefined {
    const key = blockKey(chunk, offset)
    const request = this.requests.get(key)
    if (!request) return undefined
    this.requests.delete(key)
    this.bytesNow -= request.length
    const others = (this.ofChunk.get(chunk) ?? 1) - 1
    if (others > 0) this.ofChunk.set(chunk, others)
    else this.ofChunk.delete(chunk)
    return request
  }
}
