// Makes one chunk of its blocks, if that is what they are. Knows nothing of storage.
import type { Hasher } from '../ports'
import { isProved } from './digests'

/** The blocks end to end, in memory of their own; undefined unless they are `length` bytes with this SHA-256. */
export async function joinedChunk(
  blocks: readonly Uint8Array[],
  length: number,
  digest: Uint8Array,
  sha256: Hasher,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const given = blocks.reduce((total, block) => total + block.length, 0)
  if (given !== length) return undefined
  const chunk = new Uint8Array(length)
  let offset = 0
  for (const block of blocks) {
    chunk.set(block, offset)
    offset += block.length
  }
  return (await isProved(chunk, digest, sha256)) ? chunk : undefined
}
