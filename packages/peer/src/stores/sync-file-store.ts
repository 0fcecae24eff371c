// Keeps a content's chunks at their places in one file, through a synchronous handle. Knows nothing of workers or
// disks.
import { type ChunkStore, chunkLength, DIGEST_BYTES, type Layout } from '@swarmdrop/core'
import type { Hasher } from '../ports'
import { digestAt, isProved } from './digests'
import type { HeldMarks } from './held-marks'
import { joinedChunk } from './joined-chunk'
import { Placement, type Runs } from './placement'
import { asStoreError, chunkMissing, contentIncomplete, keptVanished, noSpaceLeft } from './store-errors'
import type { SyncHandle } from './sync-handle'

export class SyncFileStore implements ChunkStore {
  readonly #handle: SyncHandle
  readonly #layout: Layout
  #placement: Placement
  readonly #sha256: Hasher
  readonly #marks: HeldMarks | undefined
  readonly #held = new Set<number>()

  /**
   * Takes the whole space at once, so that what cannot fit fails first. `marks`: what a later visit shall find. `runs`:
   * the chunks that have a place; absent: all. Throws StoreError.
   */
  constructor(handle: SyncHandle, layout: Layout, sha256: Hasher, marks?: HeldMarks, runs?: Runs) {
    this.#handle = handle
    this.#layout = layout
    this.#sha256 = sha256
    this.#marks = marks
    this.#placement = placementOf(layout, runs)
    this.#takeSpace()
  }

  /** Gives more chunks a place, behind those that have one. Throws StoreError, and then all is as before. */
  enlarge(runs: Runs): void {
    const before = this.#placement
    this.#placement = placementOf(this.#layout, runs)
    try {
      this.#takeSpace()
    } catch (error) {
      this.#placement = before
      throw error
    }
  }

  #takeSpace(): void {
    const { bytes } = this.#placement
    this.#attempt(() => {
      // A file that has its size stays untouched: somebody's download may be reading it still.
      if (this.#handle.getSize() !== bytes) this.#handle.truncate(bytes)
    })
  }

  /** The chunks from `first` on that are marked and have their digest; they are held from now on. */
  async prove(first: number, digests: Uint8Array): Promise<number[]> {
    const chunks = Array.from({ length: digests.length / DIGEST_BYTES }, (_, index) => first + index)
    const marked = chunks.filter((chunk) => this.#marks?.has(chunk) && this.#placement.at(chunk) !== undefined)
    const proofs = marked.map((chunk) => isProved(this.#bytesOf(chunk), digestAt(digests, chunk - first), this.#sha256))
    const right = await Promise.all(proofs)
    for (const [index, chunk] of marked.entries()) {
      if (right[index]) this.#held.add(chunk)
      else this.#marks?.clear(chunk)
    }
    return marked.filter((_, index) => right[index])
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    return (await this.writeWhole(chunk, blocks, digest)) ? 'stored' : 'wrong-digest'
  }

  /** The chunk as it is stored, in memory of its own; undefined where its digest is wrong. */
  async writeWhole(
    chunk: number,
    blocks: readonly Uint8Array[],
    digest: Uint8Array,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await joinedChunk(blocks, chunkLength(this.#layout, chunk), digest, this.#sha256)
    // A second copy of a chunk changes nothing, not even in a file that is sealed.
    if (!bytes || this.#held.has(chunk)) return bytes
    const at = this.#at(chunk)
    this.#attempt(() => {
      const written = this.#handle.write(bytes, { at })
      if (written !== bytes.length) throw noSpaceLeft()
    })
    this.#held.add(chunk)
    this.#marks?.set(chunk)
    return bytes
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    if (!this.#held.has(chunk)) throw chunkMissing(chunk)
    const bytes = new Uint8Array(Math.min(length, chunkLength(this.#layout, chunk) - offset))
    this.#fill(bytes, this.#at(chunk) + offset)
    return bytes
  }

  /** Ends writing: the file is complete and let go of. Throws StoreError while a chunk is missing. */
  seal(): void {
    if (this.#held.size < this.#layout.chunkCount) throw contentIncomplete()
    this.#attempt(() => this.#handle.flush())
    this.close()
  }

  close(): void {
    // First: to close a large file takes a disk some time, and nobody may wait so long.
    this.#marks?.close()
    this.#handle.close()
  }

  #bytesOf(chunk: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(chunkLength(this.#layout, chunk))
    this.#fill(bytes, this.#at(chunk))
    return bytes
  }

  #at(chunk: number): number {
    const at = this.#placement.at(chunk)
    if (at === undefined) throw chunkMissing(chunk)
    return at
  }

  /** The file has its whole length from the beginning: where bytes are missing, somebody has cut it. */
  #fill(bytes: Uint8Array, at: number): void {
    this.#attempt(() => {
      if (this.#handle.read(bytes, { at }) !== bytes.length) throw keptVanished()
    })
  }

  #attempt(use: () => void): void {
    try {
      use()
    } catch (error) {
      throw asStoreError(error)
    }
  }
}

function placementOf(layout: Layout, runs: Runs | undefined): Placement {
  const placement = runs ? Placement.read(layout, runs) : Placement.whole(layout)
  if (!placement) throw new RangeError('no placement of this content')
  return placement
}
