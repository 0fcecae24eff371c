// Reads a stretch of a Blob piece by piece, always into the same memory: fresh memory costs a browser as much as the
// file does. Knows nothing of files or chunks.
import { readSlice, shorterThanItWas, unreadable } from './blob-slice'

/**
 * Readers with a read under way. Chromium (seen in 156, in workers) does not hold on to a Blob's stream that is read
 * into memory of ours: where only what waits for the read knows the reader, a garbage collection takes all of them, and
 * nobody is ever answered.
 */
const reading = new Set<SliceReader>()

export class SliceReader {
  readonly #blob: Blob
  readonly #end: number
  readonly #bytes: ReadableStreamBYOBReader | undefined
  #at: number
  #memory: ArrayBuffer

  /** Reads bytes [start, end), as many at a time as `memory` holds, which belongs to the reader from now on. */
  constructor(blob: Blob, start: number, end: number, memory: ArrayBuffer) {
    this.#blob = blob
    this.#at = start
    this.#end = end
    this.#memory = memory
    this.#bytes = byteReader(blob.slice(start, end))
  }

  /** The memory to be used again when this reader is done: it may be another than it was given. */
  get memory(): ArrayBuffer {
    return this.#memory
  }

  /**
   * The next piece, to be used before the one after it is asked for; undefined at the end. Rejects with an error that
   * `isUnreadable` when the file behind the Blob is gone or changed.
   */
  async next(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const start = this.#at
    const length = Math.min(this.#memory.byteLength, this.#end - start)
    if (length === 0) return undefined
    this.#at += length
    if (!this.#bytes) return readSlice(this.#blob, start, this.#at)
    reading.add(this)
    try {
      await this.#fill(this.#bytes, length)
    } finally {
      reading.delete(this)
    }
    return new Uint8Array(this.#memory, 0, length)
  }

  async #fill(from: ReadableStreamBYOBReader, length: number): Promise<void> {
    for (let filled = 0; filled < length; ) {
      // The memory is handed over, and comes back with what was read.
      const view = new Uint8Array(this.#memory, filled, length - filled)
      const { value } = await from.read(view).catch((cause: Error) => {
        throw unreadable(cause.message)
      })
      if (!value || value.byteLength === 0) throw shorterThanItWas()
      this.#memory = value.buffer
      filled += value.byteLength
    }
  }
}

/** A reader into our own memory; undefined where the browser's streams take none. */
function byteReader(blob: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return blob.stream().getReader({ mode: 'byob' })
  } catch {
    return undefined
  }
}
