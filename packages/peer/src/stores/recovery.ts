// Which runs of chunks an earlier page's store is proved by, one after the other. Knows nothing of where chunks are.
import { Bitfield, CHUNKS_PER_PAGE, DIGEST_BYTES, type Layout } from '@swarmdrop/core'

/** 16 MiB of usual chunks: what is read and not yet digested stays bounded, and a page can show how far it is. */
const RUN_CHUNKS = 64

export type Pages = readonly (Uint8Array | undefined)[]
/** Chunks looked at so far, and how many there are. */
export type RecoveryProgress = (done: number, total: number) => void
/** Says which of the chunks from `first` on, one for each digest, are here and right. */
type Prove = (first: number, digests: Uint8Array) => Promise<readonly number[]>

/** All chunks that `prove` finds. Of a chunk whose page is missing nothing can be proved: it is not held. */
export async function recoverRuns(
  { chunkCount }: Layout,
  pages: Pages,
  prove: Prove,
  onProgress: RecoveryProgress,
): Promise<Bitfield> {
  const held = new Bitfield(chunkCount)
  for (let first = 0; first < chunkCount; first += RUN_CHUNKS) {
    // A run lies in one page, as a page is a whole number of runs.
    const page = pages[Math.floor(first / CHUNKS_PER_PAGE)]
    const start = (first % CHUNKS_PER_PAGE) * DIGEST_BYTES
    const digests = page?.slice(start, start + RUN_CHUNKS * DIGEST_BYTES)
    if (digests) for (const chunk of await prove(first, digests)) held.set(chunk)
    onProgress(Math.min(chunkCount, first + RUN_CHUNKS), chunkCount)
  }
  return held
}
