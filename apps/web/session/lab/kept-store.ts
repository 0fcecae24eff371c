// A student's store: chunks in memory, proved as they come, and kept over a reload. Knows nothing of the run.
import { Bitfield, type ChunkStore, chunkDigest, chunkLength, StoreError } from '@swarmdrop/core'
import { sameBytes } from '../../adapters/digest'
import { sha256OffThread } from '../../adapters/digest-off-thread'
import { joinedChunk } from '../../adapters/stores/joined-chunk'
import { KeptChunks } from '../../adapters/stores/kept-chunks'
import type { RunContent } from './material'

export type KeptStore = { store: ChunkStore; held: Bitfield; close: () => void; remove: () => void }

/** With all chunks of this run that the tab held before its reload, each proved again. */
export async function openKeptStore(
  { content: { layout }, pages }: RunContent,
  owner: string,
  run: string,
): Promise<KeptStore> {
  const kept = await KeptChunks.open(owner, run)
  const held = new Bitfield(layout.chunkCount)
  const chunks = new Map<number, Uint8Array<ArrayBuffer>>()
  for (const [chunk, bytes] of await kept.load()) {
    if (chunk >= layout.chunkCount || bytes.length !== chunkLength(layout, chunk)) continue
    if (!sameBytes(await sha256OffThread(bytes), chunkDigest(pages, chunk))) continue
    chunks.set(chunk, bytes)
    held.set(chunk)
  }
  const store: ChunkStore = {
    async write(chunk, blocks, digest) {
      const bytes = await joinedChunk(blocks, chunkLength(layout, chunk), digest, sha256OffThread)
      if (!bytes) return 'wrong-digest'
      chunks.set(chunk, bytes)
      kept.put(chunk, bytes)
      return 'stored'
    },
    async read(chunk, offset, length) {
      const bytes = chunks.get(chunk)
      if (!bytes) throw new StoreError('unavailable', `Chunk ${chunk} is not here.`)
      return bytes.slice(offset, offset + length)
    },
  }
  return { store, held, close: () => kept.close(), remove: () => kept.remove() }
}
