// Reads a stretch of a Blob and digests each chunk in it. Knows nothing of workers.
import { DIGEST_BYTES } from '@swarmdrop/core'
import { readSlice } from '../blob-slice'
import { sha256 } from '../digest'

/** The digests of the chunks in bytes [start, end), one after the other. Rejects when the Blob cannot be read. */
export async function digestRun(content: Blob, start: number, end: number, chunkBytes: number): Promise<Uint8Array> {
  const bytes = await readSlice(content, start, end)
  const chunkCount = Math.ceil(bytes.length / chunkBytes)
  const digests = new Uint8Array(chunkCount * DIGEST_BYTES)
  const digestChunk = async (_: unknown, index: number) => {
    const chunk = bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)
    digests.set(await sha256(chunk), index * DIGEST_BYTES)
  }
  await Promise.all(Array.from({ length: chunkCount }, digestChunk))
  free(bytes.buffer)
  return digests
}

/**
 * Given away to a port that goes at once, and its bytes with it: the collector lets some 60 MB of them gather in every worker
 * before it looks. (`transfer(0)` hides them from the collector, and in Chromium they stay.)
 */
function free(buffer: ArrayBuffer): void {
  const { port1, port2 } = new MessageChannel()
  port1.postMessage(undefined, [buffer])
  port1.close()
  port2.close()
}
