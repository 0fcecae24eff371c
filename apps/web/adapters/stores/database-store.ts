// Keeps a content's chunks in IndexedDB, where there is no private file system: on plain HTTP, for one. Knows nothing
// of peers.
//
// Each chunk is a Blob of its own: the browser keeps it on the disk and hands out references, so that a content of any
// size is saved without being in memory.
import { type Bitfield, chunkLength, DIGEST_BYTES, type Layout } from '@swarmdrop/core'
import {
  asStoreError,
  ChunkCache,
  chunkMissing,
  contentIncomplete,
  digestAt,
  isProved,
  joinedChunk,
  keptDamaged,
  keptVanished,
  type Pages,
  type RecoveryProgress,
  recoverRuns,
  storeClosed,
} from '@swarmdrop/peer/stores'
import { isUnreadable, readSlice } from '../files/blob-slice'
import { sha256OffThread } from '../hashing/digest-off-thread'
import { type Database, reopenDatabase } from './database'
import type { ReceiverStore } from './receiver-store'
import { reconnecting, type UseConnection } from './reconnecting'

/** 4 MiB: the blocks of a chunk cost one read. */
const CACHED_CHUNKS = 16
/** A key that no content has. */
const PROBE: [string, number] = ['probe', 0]

export class DatabaseStore implements ReceiverStore {
  readonly #use: UseConnection<Database>
  readonly #id: string
  readonly #layout: Layout
  readonly #release: () => void
  readonly #held = new Set<number>()
  readonly #cache = new ChunkCache(CACHED_CHUNKS, (chunk) => this.#load(chunk))
  #closed = false

  private constructor(database: Database, id: string, layout: Layout, release: () => void) {
    this.#release = release
    this.#use = reconnecting(database, reopenDatabase, (fresh) => this.#checkAllThere(fresh))
    this.#id = id
    this.#layout = layout
  }

  /**
   * `id` names the content; `release` is called when the store is closed, whichever way. Rejects where the browser
   * keeps no Blobs in its databases, as in some private windows.
   */
  static async open(database: Database, id: string, layout: Layout, release: () => void): Promise<DatabaseStore> {
    await database.put('chunks', new Blob([new Uint8Array(1)]), PROBE).catch(fail)
    await database.delete('chunks', PROBE)
    return new DatabaseStore(database, id, layout, release)
  }

  async recover(pages: Pages, onProgress: RecoveryProgress): Promise<Bitfield> {
    const there = await this.#use((database) => chunksOf(database, this.#id)).catch(fail)
    return recoverRuns(this.#layout, pages, (first, digests) => this.#prove(there, first, digests), onProgress)
  }

  /** Only checks that the store is open: a database grows as chunks come. */
  async enlarge(): Promise<void> {
    this.#assertOpen()
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    const bytes = await joinedChunk(blocks, chunkLength(this.#layout, chunk), digest, sha256OffThread)
    this.#assertOpen()
    if (!bytes) return 'wrong-digest'
    // A second copy of a chunk changes nothing.
    if (this.#held.has(chunk)) return 'stored'
    await this.#use((database) => database.put('chunks', new Blob([bytes]), [this.#id, chunk])).catch(fail)
    this.#held.add(chunk)
    return 'stored'
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    this.#assertOpen()
    return this.#cache.read(chunk, offset, length)
  }

  async contentBlob(start: number, end: number): Promise<Blob> {
    this.#assertOpen()
    const { chunkBytes, chunkCount, totalBytes } = this.#layout
    if (this.#held.size < chunkCount) throw contentIncomplete()
    const first = Math.floor(start / chunkBytes)
    const last = Math.ceil(end / chunkBytes)
    // No key range is empty.
    if (first === last) return new Blob()
    const range = IDBKeyRange.bound([this.#id, first], [this.#id, last - 1])
    const parts = await this.#use((database) => database.getAll('chunks', range)).catch(fail)
    if (parts.length !== last - first) throw keptVanished()
    const all = new Blob(parts)
    if (all.size !== Math.min(last * chunkBytes, totalBytes) - first * chunkBytes) throw keptDamaged()
    return all.slice(start - first * chunkBytes, end - first * chunkBytes)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#release()
  }

  async remove(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#use((database) => deleteChunks(database, this.#id)).catch(fail)
    this.#release()
  }

  async #load(chunk: number): Promise<Uint8Array> {
    if (!this.#held.has(chunk)) throw chunkMissing(chunk)
    return this.#bytesOf(chunk).catch(fail)
  }

  async #bytesOf(chunk: number): Promise<Uint8Array<ArrayBuffer>> {
    const blob = await this.#use((database) => database.get('chunks', [this.#id, chunk]))
    if (!blob) throw keptVanished()
    return readSlice(blob, 0, chunkLength(this.#layout, chunk))
  }

  /** Proves chunks as the files' store does: those that are there and right are held, and what is torn goes. */
  async #prove(there: ReadonlySet<number>, first: number, digests: Uint8Array): Promise<number[]> {
    const chunks = Array.from({ length: digests.length / DIGEST_BYTES }, (_, index) => first + index)
    const proofs = chunks.map(async (chunk) => {
      if (!there.has(chunk)) return false
      const bytes = await this.#bytesOf(chunk).catch(() => undefined)
      if (bytes && (await isProved(bytes, digestAt(digests, chunk - first), sha256OffThread))) return true
      await this.#use((database) => database.delete('chunks', [this.#id, chunk])).catch(fail)
      return false
    })
    const right = await Promise.all(proofs)
    const held = chunks.filter((_, index) => right[index])
    for (const chunk of held) this.#held.add(chunk)
    return held
  }

  /** Checks a database that was opened again: it is another one, and empty, where the browser has deleted the first. */
  async #checkAllThere(database: Database): Promise<void> {
    const there = await chunksOf(database, this.#id)
    for (const chunk of this.#held) if (!there.has(chunk)) throw keptVanished()
  }

  #assertOpen(): void {
    if (this.#closed) throw storeClosed()
  }
}

export async function deleteChunks(database: Database, id: string): Promise<void> {
  await database.delete('chunks', allOf(id))
}

async function chunksOf(database: Database, id: string): Promise<Set<number>> {
  const keys = await database.getAllKeys('chunks', allOf(id))
  return new Set(keys.map(([, chunk]) => chunk))
}

const allOf = (id: string) => IDBKeyRange.bound([id], [id, []])

function fail(error: unknown): never {
  throw isUnreadable(error) ? keptDamaged() : asStoreError(error)
}
