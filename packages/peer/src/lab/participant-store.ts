// A participant's store: chunks in memory, proved as they come, and kept over a reload where the runtime can. Knows
// nothing of the run.
import { Bitfield, type ChunkStore, chunkDigest, chunkLength } from '@swarmdrop/core'
import type { Hasher } from '../ports'
import { isProved } from '../stores/digests'
import { FIRST_ANSWER_MS, inTime } from '../stores/in-time'
import { joinedChunk } from '../stores/joined-chunk'
import { asStoreError, chunkMissing } from '../stores/store-errors'
import type { Waiting } from '../time/timers'
import type { RunContent } from './lab-data'

/** A whole file, at the pace of a slow disk. */
const LOAD_MS = 5_000

/** Chunks of one run that outlive a reload of one participant. */
export interface RunChunks {
  /** The chunks that were kept; not proved. */
  load(): Promise<Map<number, Uint8Array<ArrayBuffer>>>
  /** Soon; nobody waits for it. */
  put(chunk: number, bytes: Uint8Array<ArrayBuffer>): void
  close(): void
  /** Closes, and keeps nothing: the run is over. */
  remove(): void
}

/** A keeper of nothing: all goes on without. */
const nothingKept: RunChunks = { load: async () => new Map(), put: () => {}, close: () => {}, remove: () => {} }

/**
 * Opens what the runtime keeps; nothing, where that does not answer. What comes late is let go of. Rejects as the
 * opening does.
 */
export async function openInTime(time: Waiting, opening: Promise<RunChunks>): Promise<RunChunks> {
  let isLate = false
  opening.then((kept) => isLate && kept.close()).catch(() => {})
  const kept = await inTime(time, FIRST_ANSWER_MS, opening).catch((error) => {
    if (asStoreError(error).code !== 'silent') throw error
    isLate = true
    return nothingKept
  })
  return {
    load: () => inTime(time, LOAD_MS, kept.load()).catch(() => new Map()),
    put: (chunk, bytes) => kept.put(chunk, bytes),
    close: () => kept.close(),
    remove: () => kept.remove(),
  }
}

/** A store with all chunks of this run that were held before a reload, each proved again. */
export async function openParticipantStore(
  { content: { layout }, pages }: RunContent,
  kept: RunChunks,
  sha256: Hasher,
): Promise<{ store: ChunkStore; held: Bitfield }> {
  const held = new Bitfield(layout.chunkCount)
  const chunks = new Map<number, Uint8Array<ArrayBuffer>>()
  for (const [chunk, bytes] of await kept.load()) {
    if (chunk >= layout.chunkCount || bytes.length !== chunkLength(layout, chunk)) continue
    if (!(await isProved(bytes, chunkDigest(pages, chunk), sha256))) continue
    chunks.set(chunk, bytes)
    held.set(chunk)
  }
  const store: ChunkStore = {
    async write(chunk, blocks, digest) {
      const bytes = await joinedChunk(blocks, chunkLength(layout, chunk), digest, sha256)
      if (!bytes) return 'wrong-digest'
      chunks.set(chunk, bytes)
      kept.put(chunk, bytes)
      return 'stored'
    },
    async read(chunk, offset, length) {
      const bytes = chunks.get(chunk)
      if (!bytes) throw chunkMissing(chunk)
      return bytes.slice(offset, offset + length)
    },
  }
  return { store, held }
}
