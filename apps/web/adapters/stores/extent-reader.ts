// Reads a Blob in stretches longer than what is asked for, as each read costs the browser more than its bytes do, and
// proves what it gives. Knows nothing of workers or chunks.
import { isProved } from '@swarmdrop/peer/stores'
import { readSlice } from '../files/blob-slice'
import { sha256 } from '../hashing/digest'

/** Chunks of one extent are asked for one after another: the picker sees to that. */
const EXTENT_BYTES = 1_048_576
/** The extents that are kept: one for each neighbour that is served at once, and some on the way. */
const KEPT_EXTENTS = 8

export class ExtentReader {
  readonly #content: Blob
  /** The extents by number, the least recently used first. */
  readonly #extents = new Map<number, Promise<Uint8Array>>()

  constructor(content: Blob) {
    this.#content = content
  }

  /**
   * Bytes [start, end), or undefined where their SHA-256 is not `digest`. Rejects with an error that `isUnreadable`.
   */
  async readProved(start: number, end: number, digest: Uint8Array): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await this.#read(start, end)
    return (await isProved(bytes, digest, sha256)) ? bytes : undefined
  }

  async #read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const number = Math.floor(start / EXTENT_BYTES)
    const extentStart = number * EXTENT_BYTES
    if (end > extentStart + EXTENT_BYTES) return readSlice(this.#content, start, end)
    // A file may change under one chunk and not under another: what cannot be read as a whole is tried by itself.
    const extent = await this.#extent(number).catch(() => undefined)
    return extent?.slice(start - extentStart, end - extentStart) ?? readSlice(this.#content, start, end)
  }

  #extent(number: number): Promise<Uint8Array> {
    const start = number * EXTENT_BYTES
    const end = Math.min(start + EXTENT_BYTES, this.#content.size)
    const extent = this.#extents.get(number) ?? readSlice(this.#content, start, end)
    this.#extents.delete(number)
    this.#extents.set(number, extent)
    for (const oldest of this.#extents.keys()) {
      if (this.#extents.size <= KEPT_EXTENTS) break
      this.#extents.delete(oldest)
    }
    extent.catch(() => this.#extents.delete(number))
    return extent
  }
}
