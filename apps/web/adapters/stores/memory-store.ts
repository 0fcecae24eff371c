// Keeps a content's chunks in memory, where the browser offers no better. Knows nothing of peers.
import { Bitfield, chunkLength, type Layout, StoreError } from '@swarmdrop/core'
import { chunkMissing, joinedChunk, Placement, type Runs, storeClosed } from '@swarmdrop/peer/stores'
import { sha256OffThread } from '../hashing/digest-off-thread'
import { memoryProblem } from './memory-problem'
import type { ReceiverStore } from './receiver-store'

export class MemoryStore implements ReceiverStore {
  readonly #layout: Layout
  readonly #chunks = new Map<number, Uint8Array<ArrayBuffer>>()
  #closed = false

  constructor(layout: Layout) {
    this.#layout = layout
  }

  async enlarge(runs: Runs): Promise<void> {
    if (this.#closed) throw storeClosed()
    const problem = memoryProblem(Placement.read(this.#layout, runs)?.bytes ?? 0)
    if (problem) throw problem
  }

  /** Nothing outlives a page here. */
  async recover(): Promise<Bitfield> {
    return new Bitfield(this.#layout.chunkCount)
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    const length = chunkLength(this.#layout, chunk)
    const bytes = await joinedChunk(blocks, length, digest, sha256OffThread).catch((error) => {
      throw error instanceof RangeError ? outOfMemory() : error
    })
    if (this.#closed) throw storeClosed()
    if (!bytes) return 'wrong-digest'
    this.#chunks.set(chunk, bytes)
    return 'stored'
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    return this.#held(chunk).slice(offset, offset + length)
  }

  async contentBlob(start: number, end: number): Promise<Blob> {
    if (this.#closed) throw storeClosed()
    const chunks = Array.from({ length: this.#layout.chunkCount }, (_, chunk) => this.#held(chunk))
    const { chunkBytes } = this.#layout
    const first = Math.floor(start / chunkBytes)
    const parts = chunks.slice(first, Math.ceil(end / chunkBytes))
    return new Blob(parts).slice(start - first * chunkBytes, end - first * chunkBytes)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#chunks.clear()
  }

  remove(): Promise<void> {
    return this.close()
  }

  #held(chunk: number): Uint8Array<ArrayBuffer> {
    if (this.#closed) throw storeClosed()
    const bytes = this.#chunks.get(chunk)
    if (!bytes) throw chunkMissing(chunk)
    return bytes
  }
}

function outOfMemory(): StoreError {
  return new StoreError('no-space', 'This browser has no memory left for the file. Close other tabs, and try again.')
}
