// Proves what is about to be handed over: all of it is read, and each chunk compared with its digest. Knows nothing of
// downloads, nor of where the bytes are kept.
import { DIGEST_BYTES } from '@swarmdrop/core'
import { digestAt, keptVanished } from '@swarmdrop/peer/stores'
import { isUnreadable } from '../files/blob-slice'
import { digestInRuns } from '../hashing/digest-in-runs'
import { digestRun } from '../hashing/digest-run'
import { compareDigests, type KeptContent, type WholeChunks, wholeChunks } from './whole-chunks'

/** 8 MiB: read and digested before a worker has started. */
const ALONE_BYTES = 8_388_608

/**
 * Bytes [start, end) of the content, proved this very moment. Rejects with StoreError where they are no longer what
 * arrived.
 */
export async function provedBlob(kept: KeptContent, start: number, end: number): Promise<Blob> {
  const chunks = await wholeChunks(kept, start, end)
  await prove(chunks)
  const from = chunks.first * kept.content.layout.chunkBytes
  return chunks.blob.slice(start - from, end - from)
}

async function prove(chunks: WholeChunks): Promise<void> {
  const { blob, layout } = chunks
  if (blob.size > ALONE_BYTES) {
    const handlers = {
      done: ({ first }: { first: number }, digests: Uint8Array) => compareDigests(chunks, first, apart(digests)),
      unreadable: keptVanished,
    }
    return digestInRuns(blob, layout, handlers, new AbortController().signal)
  }
  const digests = await digestRun(blob, 0, blob.size, layout.chunkBytes).catch((error) => {
    throw isUnreadable(error) ? keptVanished() : error
  })
  compareDigests(chunks, 0, apart(digests))
}

const apart = (digests: Uint8Array): Uint8Array[] =>
  Array.from({ length: digests.length / DIGEST_BYTES }, (_, index) => digestAt(digests, index))
