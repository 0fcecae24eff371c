// Keeps a content's chunks in the browser's private file system, through a worker. Knows nothing of peers.
import { type Bitfield, chunkLength, type Layout } from '@swarmdrop/core'
import {
  asStoreError,
  ChunkCache,
  type Pages,
  type RecoveryProgress,
  recoverRuns,
  storeClosed,
} from '@swarmdrop/peer/stores'
import { readSlice } from '../files/blob-slice'
import { WorkerCalls } from '../workers/worker-calls'
import type { OpfsMethods } from './opfs-store.worker'
import { hasFileSystem, type Place, privateFile } from './private-files'
import type { ReceiverStore } from './receiver-store'

/** 4 MiB: the blocks of a chunk cost one call to the worker, or one read of the disk. */
const CACHED_CHUNKS = 16

/** A worker takes longer to start than all else that opens a store. */
let waiting: WorkerCalls<OpfsMethods> | undefined

/** Has a worker ready for the next store, where it is likely that there will be one. */
export function expectOpfsStore(): void {
  if (hasFileSystem()) waiting ??= startWorker()
}

function startWorker(): WorkerCalls<OpfsMethods> {
  return new WorkerCalls(new Worker(new URL('./opfs-store.worker.ts', import.meta.url), { type: 'module' }))
}

export class OpfsStore implements ReceiverStore {
  readonly #layout: Layout
  readonly #place: Place
  readonly #calls: WorkerCalls<OpfsMethods>
  readonly #cache = new ChunkCache(CACHED_CHUNKS, (chunk) => this.#load(chunk))
  /** Once set, the content is complete: the worker is gone and reads come from this file, which nothing alters. */
  #sealed: Promise<File> | undefined
  #closed = false

  private constructor(layout: Layout, place: Place, calls: WorkerCalls<OpfsMethods>) {
    this.#layout = layout
    this.#place = place
    this.#calls = calls
  }

  /** Rejects where the browser cannot do it, with StoreError where it has no space; the place is still the caller's then. */
  static async open(layout: Layout, place: Place): Promise<OpfsStore> {
    const calls = waiting ?? startWorker()
    waiting = undefined
    try {
      await calls.call('open', [place.directory, layout])
    } catch (error) {
      calls.close()
      throw error
    }
    return new OpfsStore(layout, place, calls)
  }

  recover(pages: Pages, onProgress: RecoveryProgress): Promise<Bitfield> {
    const prove = (first: number, digests: Uint8Array) => this.#calls.call('prove', [first, digests]).catch(fail)
    return recoverRuns(this.#layout, pages, prove, onProgress)
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    this.#assertOpen()
    const buffers = new Set(blocks.map((block) => block.buffer as ArrayBuffer))
    const stored = await this.#calls.call('write', [chunk, blocks, digest], [...buffers]).catch(fail)
    if (!stored) return 'wrong-digest'
    // What has just come is what neighbours ask for next: they need not wait for the disk.
    this.#cache.put(chunk, stored)
    return 'stored'
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    this.#assertOpen()
    return this.#cache.read(chunk, offset, length)
  }

  async contentBlob(start: number, end: number): Promise<Blob> {
    this.#assertOpen()
    this.#sealed ??= this.#seal()
    return (await this.#sealed).slice(start, end)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#end()
    this.#place.release(this.#sealed !== undefined)
  }

  async remove(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#end()
    await this.#place.free(this.#sealed !== undefined)
  }

  async #end(): Promise<void> {
    await this.#calls.call('close', []).catch(() => {})
    this.#calls.close()
  }

  async #load(chunk: number): Promise<Uint8Array> {
    try {
      const length = chunkLength(this.#layout, chunk)
      // A seal that failed, for a chunk that is missing, leaves the file with the worker.
      const file = await this.#sealed?.catch(() => undefined)
      if (!file) return await this.#calls.call('read', [chunk, 0, length])
      const start = chunk * this.#layout.chunkBytes
      return await readSlice(file, start, start + length)
    } catch (error) {
      return fail(error)
    }
  }

  async #seal(): Promise<File> {
    try {
      await this.#calls.call('seal', [])
      this.#calls.close()
      return await (await privateFile(this.#place.directory, 'content')).getFile()
    } catch (error) {
      this.#sealed = undefined
      return fail(error)
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw storeClosed()
  }
}

function fail(error: unknown): never {
  throw asStoreError(error)
}
