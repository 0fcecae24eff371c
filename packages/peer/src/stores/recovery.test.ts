import { CHUNKS_PER_PAGE, DIGEST_BYTES, layoutOf } from '@swarmdrop/core'
import { expect, it } from 'vitest'
import { recoverRuns } from './recovery'

it('proves each chunk by its own digest, on the second page as on the first, and skips a page that is not here', async () => {
  const chunkCount = 2 * CHUNKS_PER_PAGE + 100
  // A digest says which chunk it is of.
  const digestOf = (chunk: number) => {
    const digest = new Uint8Array(DIGEST_BYTES)
    new DataView(digest.buffer).setUint32(0, chunk)
    return digest
  }
  const page = (first: number, count: number) =>
    Uint8Array.from(Array.from({ length: count }, (_, i) => [...digestOf(first + i)]).flat())
  const pages = [undefined, page(CHUNKS_PER_PAGE, CHUNKS_PER_PAGE), page(2 * CHUNKS_PER_PAGE, 100)]
  const seen: number[] = []
  const prove = async (first: number, digests: Uint8Array) => {
    const found: number[] = []
    for (let i = 0; i < digests.length / DIGEST_BYTES; i++) {
      const chunk = new DataView(digests.buffer, digests.byteOffset + i * DIGEST_BYTES).getUint32(0)
      if (chunk === first + i) found.push(chunk)
    }
    return found
  }
  const held = await recoverRuns(layoutOf(chunkCount, 1), pages, prove, (done) => seen.push(done))
  expect(held.count).toBe(CHUNKS_PER_PAGE + 100)
  expect([held.has(CHUNKS_PER_PAGE - 1), held.has(CHUNKS_PER_PAGE), held.has(chunkCount - 1)]).toEqual([
    false,
    true,
    true,
  ])
  expect(seen.at(-1)).toBe(chunkCount)
})
