// Remembers in a file of its own which chunks are written, for a page that comes after this one. Knows nothing of
// chunks' bytes.
//
// A mark is a hint: anyone who comes back proves every marked chunk again. So marks need not wait for a chunk to be
// safe on the disk, and losing the last few costs no more than fetching those chunks again.
import { Bitfield } from '@swarmdrop/core'
import type { Waiting } from '../time/timers'
import type { SyncHandle } from './sync-handle'

/** Marks are written after so many (4 MiB of usual chunks) or so long, whichever comes first. */
const MARKS_AT_ONCE = 16
const WAIT_MS = 50

export class HeldMarks {
  readonly #handle: SyncHandle
  readonly #marks: Bitfield
  #unwritten = 0
  readonly #time: Waiting
  #stopWaiting: (() => void) | undefined

  constructor(handle: SyncHandle, chunkCount: number, time: Waiting) {
    this.#handle = handle
    this.#time = time
    const bytes = new Uint8Array(Math.ceil(chunkCount / 8))
    // A file of another length, or with spare bits set, is none of ours: nothing is marked.
    const isWhole = handle.getSize() === bytes.length && handle.read(bytes, { at: 0 }) === bytes.length
    this.#marks = (isWhole ? Bitfield.fromBytes(chunkCount, bytes) : undefined) ?? new Bitfield(chunkCount)
    if (!isWhole) handle.truncate(bytes.length)
  }

  has(chunk: number): boolean {
    return this.#marks.has(chunk)
  }

  set(chunk: number): void {
    if (this.#marks.has(chunk)) return
    this.#marks.set(chunk)
    this.#changed()
  }

  clear(chunk: number): void {
    if (!this.#marks.has(chunk)) return
    this.#marks.clear(chunk)
    this.#changed()
  }

  /** Writes what is not yet written. */
  write(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    if (this.#unwritten === 0) return
    try {
      this.#handle.write(this.#marks.toBytes(), { at: 0 })
      this.#unwritten = 0
    } catch {
      // The chunks are there all the same; the next mark tries again.
    }
  }

  close(): void {
    this.write()
    this.#handle.flush()
    this.#handle.close()
  }

  #changed(): void {
    this.#unwritten += 1
    if (this.#unwritten >= MARKS_AT_ONCE) return this.write()
    this.#stopWaiting ??= this.#time.after(WAIT_MS, () => this.write())
  }
}
