// The sender's store: serves the files where they lie, each chunk proved before it goes out. Knows nothing of peers.
import { type ChunkStore, chunkLength, DIGEST_BYTES, type Layout, StoreError } from '@swarmdrop/core'
import { ChunkCache } from '@swarmdrop/peer/stores'
import { isUnreadable } from '../files/blob-slice'
import type { LocalContent } from '../files/local-content'
import { ProvedReader } from './proved-reader'

/** 4 MiB: enough for the neighbours that are served at once. */
const CACHED_CHUNKS = 16

/** The same file as it is now, where the browser can find it again. Rejects where it cannot. */
export type Reopen = (index: number) => Promise<Blob>

export class FileStore implements ChunkStore {
  readonly #layout: Layout
  readonly #digests: Uint8Array
  readonly #reopen: Reopen | undefined
  readonly #reader: ProvedReader
  #content: LocalContent
  #reopening: Promise<boolean> = Promise.resolve(true)
  readonly #cache = new ChunkCache(CACHED_CHUNKS, (chunk) => this.#loadProved(chunk))

  /** A store of what `hashFiles` gave; `digests`: 32 bytes a chunk. */
  constructor(layout: Layout, content: LocalContent, digests: Uint8Array, reopen?: Reopen) {
    this.#layout = layout
    this.#content = content
    this.#digests = digests
    this.#reopen = reopen
    this.#reader = new ProvedReader(this.#content.blob)
  }

  async write(): Promise<never> {
    throw new StoreError('unavailable', 'These files are being shared from this device, and are not written to.')
  }

  read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    return this.#cache.read(chunk, offset, length)
  }

  /** Ends the store: nothing is read any more. */
  close(): void {
    this.#reader.close()
  }

  async #loadProved(chunk: number): Promise<Uint8Array> {
    const start = chunk * this.#layout.chunkBytes
    const end = start + chunkLength(this.#layout, chunk)
    const digest = this.#digests.slice(chunk * DIGEST_BYTES, (chunk + 1) * DIGEST_BYTES)
    // Anyone who touches a file, or saves it as it was, changes nothing of it: what the browser then refuses to read is
    // opened again, and its bytes are proved as before.
    let bytes = await this.#readProved(start, end, digest)
    if (bytes === 'unreadable' && (await this.#openAgain(start, end)))
      bytes = await this.#readProved(start, end, digest)
    if (bytes instanceof Uint8Array) return bytes
    const name = await this.#content.culpritIn(start, end)
    throw new StoreError('changed', bytes === 'other' ? changed(name) : moved(name))
  }

  async #readProved(start: number, end: number, digest: Uint8Array): Promise<Uint8Array | 'other' | 'unreadable'> {
    try {
      return (await this.#reader.read(start, end, digest)) ?? 'other'
    } catch (error) {
      if (!isUnreadable(error)) throw error
      return 'unreadable'
    }
  }

  /**
   * Opens files again; whether there is something new to read. One after another, as chunks that wait for the same file
   * all ask.
   */
  #openAgain(start: number, end: number): Promise<boolean> {
    this.#reopening = this.#reopening.then(() => this.#replaceLost(start, end)).catch(() => false)
    return this.#reopening
  }

  async #replaceLost(start: number, end: number): Promise<boolean> {
    const lost = await this.#content.unreadableIn(start, end)
    if (lost.length === 0) return true
    const reopen = this.#reopen
    if (!reopen) return false
    const found = await Promise.all(lost.map(async (index) => [index, await reopen(index)] as const))
    const content = this.#content.withSources(new Map(found))
    if (!content) return false
    this.#content = content
    this.#reader.change(content.blob)
    return true
  }
}

const changed = (name: string) => `${name} changed on disk after it was shared. Share it again to get a new link.`
const moved = (name: string) =>
  `${name} was moved, deleted or saved again after it was shared. Choose it again: if its content is the same, the link stays the same.`
