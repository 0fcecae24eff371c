// Keeps a content's chunks at their places in one file, through a synchronous handle. Knows nothing of workers.
import { type ChunkStore, chunkLength, type Layout, StoreError } from '@swarmdrop/core'
import { joinedChunk } from './joined-chunk'
import { asStoreError, noSpaceLeft } from './space'

/** FileSystemSyncAccessHandle, as far as it is used: the types for windows do not have it. */
export type SyncHandle = {
  read(into: Uint8Array, options: { at: number }): number
  write(from: Uint8Array, options: { at: number }): number
  truncate(bytes: number): void
  flush(): void
  close(): void
}

export class SyncFileStore implements ChunkStore {
  readonly #handle: SyncHandle
  readonly #layout: Layout
  readonly #held = new Set<number>()

  /** Takes the whole space at once, so that what cannot fit fails first. Throws StoreError. */
  constructor(handle: SyncHandle, layout: Layout) {
    this.#handle = handle
    this.#layout = layout
    this.#attempt(() => handle.truncate(layout.totalBytes))
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    const bytes = await joinedChunk(blocks, chunkLength(this.#layout, chunk), digest)
    if (!bytes) return 'wrong-digest'
    // A second copy of a chunk changes nothing, not even in a file that is sealed.
    if (this.#held.has(chunk)) return 'stored'
    this.#attempt(() => {
      const written = this.#handle.write(bytes, { at: chunk * this.#layout.chunkBytes })
      if (written !== bytes.length) throw noSpaceLeft()
    })
    this.#held.add(chunk)
    return 'stored'
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    if (!this.#held.has(chunk)) throw new StoreError('unavailable', `Chunk ${chunk} is not here yet.`)
    const bytes = new Uint8Array(Math.min(length, chunkLength(this.#layout, chunk) - offset))
    this.#attempt(() => this.#handle.read(bytes, { at: chunk * this.#layout.chunkBytes + offset }))
    return bytes
  }

  /** Ends writing: the file is complete and let go of. Throws StoreError while a chunk is missing. */
  seal(): void {
    if (this.#held.size < this.#layout.chunkCount) {
      throw new StoreError('unavailable', 'The file can be saved when all of it is here.')
    }
    this.#attempt(() => this.#handle.flush())
    this.close()
  }

  close(): void {
    this.#handle.close()
  }

  #attempt(use: () => void): void {
    try {
      use()
    } catch (error) {
      throw asStoreError(error)
    }
  }
}
