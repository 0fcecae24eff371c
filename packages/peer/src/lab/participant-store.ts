// A participant's store: chunks in memory, proved as they come, and kept over a reload where the runtime can. Knows nothing of the run.
import { Bitfield, type ChunkStore, chunkDigest, chunkLength } from '@swarmdrop/core'
import type { Hasher } from '../ports'
import { isProved } from '../stores/digests'
import { joinedChunk } from '../stores/joined-chunk'
import { chunkMissing } from '../stores/store-errors'
import type { RunContent } from './lab-data'

/** Chunks of one run that outlive a reload of one participant. */
export interface RunChunks {
  /** What was kept, by chunk; not proved. */
  load(): Promise<Map<number, Uint8Array<ArrayBuffer>>>
  /** Soon; nobody waits for it. */
  put(chunk: number, bytes: Uint8Array<ArrayBuffer>): void
  close(): void
  /** Closes, and keeps nothing: the run is over. */
  remove(): void
}

/** With all chunks of this run that were held before a reload, each proved again. */
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
