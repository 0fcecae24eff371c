// Keeps a content's chunks in the browser's private file system, through a worker. Knows nothing of peers.
import { type Bitfield, chunkLength, type Layout, type StoreError } from '@swarmdrop/core'
import {
  asStoreError,
  ChunkCache,
  chunkMissing,
  contentIncomplete,
  FIRST_ANSWER_MS,
  inTime,
  keptDamaged,
  keptVanished,
  LATER_ANSWER_MS,
  type Pages,
  Placement,
  type RecoveryProgress,
  type Runs,
  recoverRuns,
  storeClosed,
} from '@swarmdrop/peer/stores'
import { isUnreadable, readSlice } from '../files/blob-slice'
import { ownTimers } from '../workers/waiting'
import { WorkerCalls } from '../workers/worker-calls'
import type { OpfsMethods } from './opfs-store.worker'
import { existingFile, hasFileSystem, type Place } from './private-files'
import type { ReceiverStore } from './receiver-store'

/** 4 MiB: the blocks of a chunk cost one call to the worker, or one read of the disk. */
const CACHED_CHUNKS = 16
/**
 * A file that the browser has deleted goes on taking chunks, which nobody will ever read: it is looked for this often.
 */
const LOOK_MS = 2_000
/** The worker starts, and each call of its own has its time; a file that another page has just had open comes free. */
const OPEN_MS = 8_000

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
  #placement: Placement
  readonly #place: Place
  readonly #calls: WorkerCalls<OpfsMethods>
  readonly #cache = new ChunkCache(CACHED_CHUNKS, (chunk) => this.#load(chunk))
  /** Once set, the content is complete: the worker is gone and reads come from this file, which nothing alters. */
  #sealed: Promise<File> | undefined
  #lookedAt = performance.now()
  #answers = true
  #closed = false

  private constructor(layout: Layout, placement: Placement, place: Place, calls: WorkerCalls<OpfsMethods>) {
    this.#layout = layout
    this.#placement = placement
    this.#place = place
    this.#calls = calls
  }

  /**
   * `runs`: the chunks that are kept; absent: all. Rejects where the browser cannot do it, with StoreError where it has
   * no space; the place is still the caller's then.
   */
  static async open(layout: Layout, place: Place, runs: Runs = Placement.whole(layout).runs): Promise<OpfsStore> {
    const placement = Placement.read(layout, runs) ?? Placement.whole(layout)
    const calls = waiting ?? startWorker()
    waiting = undefined
    try {
      const opening = within(OPEN_MS, calls.call('open', [place.directory, layout, placement.runs]))
      // The window reads the file once it is complete: that it can is known before a byte is fetched.
      await Promise.all([opening, within(FIRST_ANSWER_MS, navigator.storage.getDirectory())])
    } catch (error) {
      calls.close()
      throw error
    }
    return new OpfsStore(layout, placement, place, calls)
  }

  async enlarge(runs: Runs): Promise<void> {
    this.#assertOpen()
    await this.#ask(within(LATER_ANSWER_MS, this.#calls.call('enlarge', [runs])))
    this.#placement = Placement.read(this.#layout, runs) ?? this.#placement
  }

  recover(pages: Pages, onProgress: RecoveryProgress): Promise<Bitfield> {
    const prove = (first: number, digests: Uint8Array) => this.#ask(this.#calls.call('prove', [first, digests]))
    return recoverRuns(this.#layout, pages, prove, onProgress)
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    this.#assertOpen()
    const buffers = new Set(blocks.map((block) => block.buffer as ArrayBuffer))
    const stored = await this.#ask(this.#calls.call('write', [chunk, blocks, digest], [...buffers]))
    if (!stored) return 'wrong-digest'
    await this.#lookNowAndThen()
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
    await this.#look()
    this.#sealed ??= this.#seal()
    const file = await this.#sealed
    const stretches = this.#placement.stretches({ start, end })
    if (!stretches) throw contentIncomplete()
    return stretches.length === 1 || stretches.length === 0
      ? file.slice(stretches[0]?.start ?? 0, stretches[0]?.end ?? 0)
      : new Blob(stretches.map((stretch) => file.slice(stretch.start, stretch.end)))
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
    // Chromium never answers for a file that it has deleted.
    if (await this.#isThere()) await within(FIRST_ANSWER_MS, this.#calls.call('close', [])).catch(() => {})
    this.#calls.close()
  }

  async #load(chunk: number): Promise<Uint8Array> {
    const length = chunkLength(this.#layout, chunk)
    // A seal that failed, for a chunk that is missing, leaves the file with the worker.
    const file = await this.#sealed?.catch(() => undefined)
    if (!file) return this.#ask(this.#calls.call('read', [chunk, 0, length]))
    const start = this.#placement.at(chunk)
    if (start === undefined) throw chunkMissing(chunk)
    return this.#ask(readSlice(file, start, start + length))
  }

  async #seal(): Promise<File> {
    try {
      await within(LATER_ANSWER_MS, this.#calls.call('seal', []))
      this.#calls.close()
      const file = await (await existingFile(this.#place.directory, 'content')).getFile()
      if (file.size !== this.#placement.bytes) throw keptVanished()
      return file
    } catch (error) {
      this.#sealed = undefined
      throw await this.#faultOf(error)
    }
  }

  async #ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (error) {
      throw await this.#faultOf(error)
    }
  }

  /** Browsers say many things of a file that they have deleted; “no space” is one. */
  async #faultOf(error: unknown): Promise<StoreError> {
    if (this.#closed) return storeClosed()
    if (!(await this.#isThere())) return keptVanished()
    return isUnreadable(error) ? keptDamaged() : asStoreError(error)
  }

  async #lookNowAndThen(): Promise<void> {
    const now = performance.now()
    if (now - this.#lookedAt < LOOK_MS) return
    this.#lookedAt = now
    await this.#look()
  }

  async #look(): Promise<void> {
    if (!(await this.#isThere())) throw keptVanished()
  }

  /** Whether the file is there; where that cannot be told, it is. A browser that does not answer is not asked again. */
  async #isThere(): Promise<boolean> {
    if (!this.#answers) return true
    const looked = within(FIRST_ANSWER_MS, existingFile(this.#place.directory, 'content'))
    return looked.then(
      () => true,
      (error) => {
        this.#answers = asStoreError(error).code !== 'silent'
        return !(error instanceof DOMException && error.name === 'NotFoundError')
      },
    )
  }

  #assertOpen(): void {
    if (this.#closed) throw storeClosed()
  }
}

const within = <T>(ms: number, answer: Promise<T>): Promise<T> => inTime(ownTimers, ms, answer)
