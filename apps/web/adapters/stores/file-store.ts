// The sender's store: serves the files where they lie, each chunk proved before it goes out. Knows nothing of peers.
import { type ChunkStore, chunkLength, DIGEST_BYTES, type FileEntry, type Layout, StoreError } from '@swarmdrop/core'
import { ChunkCache } from '@swarmdrop/peer/stores'
import { isUnreadable } from '../files/blob-slice'
import { LocalContent } from '../files/local-content'
import { ProvedReader } from './proved-reader'

/** 4 MiB: enough for the neighbours that are served at once. */
const CACHED_CHUNKS = 16

export class FileStore implements ChunkStore {
  readonly #layout: Layout
  readonly #content: LocalContent
  readonly #digests: Uint8Array
  readonly #reader: ProvedReader
  readonly #cache = new ChunkCache(CACHED_CHUNKS, (chunk) => this.#loadProved(chunk))

  /** What `hashFiles` gave: `sources[i]` holds the bytes of `files[i]`; `digests`: 32 bytes a chunk. */
  constructor(layout: Layout, files: readonly FileEntry[], sources: readonly Blob[], digests: Uint8Array) {
    this.#layout = layout
    this.#content = new LocalContent(files, sources)
    this.#digests = digests
    this.#reader = new ProvedReader(this.#content.blob)
  }

  async write(): Promise<never> {
    throw new StoreError('unavailable', 'These files are being shared from this device, and are not written to.')
  }

  read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    return this.#cache.read(chunk, offset, length)
  }

  /** Nothing is read any more. */
  close(): void {
    this.#reader.close()
  }

  async #loadProved(chunk: number): Promise<Uint8Array> {
    const start = chunk * this.#layout.chunkBytes
    const end = start + chunkLength(this.#layout, chunk)
    const digest = this.#digests.slice(chunk * DIGEST_BYTES, (chunk + 1) * DIGEST_BYTES)
    try {
      const bytes = await this.#reader.read(start, end, digest)
      if (bytes) return bytes
    } catch (error) {
      if (!isUnreadable(error)) throw error
    }
    const name = await this.#content.culpritIn(start, end)
    throw new StoreError('changed', `${name} changed on disk after it was shared. Share it again to get a new link.`)
  }
}
