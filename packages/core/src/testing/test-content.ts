// Content of seeded bytes, and chance that can be repeated, for tests. Knows nothing of peers.
import { sha256 } from '@noble/hashes/sha2.js'
import { buildContent, type Content, DIGEST_BYTES } from '../content/index'
import { seededRandom } from '../simulation/index'

export { seededRandom }

export type TestContent = { content: Content; pages: Uint8Array[]; chunks: Uint8Array[] }

/** `chunkCount` chunks, the last one shorter. Chunks may be small: tests need not move megabytes. */
export function testContent(chunkCount: number, chunkBytes = 4_096, seed = 1): TestContent {
  const random = seededRandom(seed)
  const totalBytes = chunkCount * chunkBytes - (chunkCount > 1 ? Math.floor(chunkBytes / 3) : 0)
  const chunks: Uint8Array[] = []
  const digests = new Uint8Array(chunkCount * DIGEST_BYTES)
  for (let i = 0; i < chunkCount; i++) {
    const bytes = new Uint8Array(Math.min(chunkBytes, totalBytes - i * chunkBytes))
    for (let j = 0; j < bytes.length; j++) bytes[j] = Math.floor(random() * 256)
    chunks.push(bytes)
    digests.set(sha256(bytes), i * DIGEST_BYTES)
  }
  return { ...buildContent([{ path: 'test.bin', bytes: totalBytes }], digests, chunkBytes), chunks }
}

/** The chunk that the blocks make, if its digest is right. */
export function joinedIfRight(blocks: readonly Uint8Array[], digest: Uint8Array): Uint8Array | undefined {
  const bytes = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0))
  let at = 0
  for (const block of blocks) {
    bytes.set(block, at)
    at += block.length
  }
  return sha256(bytes).every((byte, i) => byte === digest[i]) ? bytes : undefined
}

export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a?.length === b?.length && (a?.every((byte, at) => byte === b?.[at]) ?? true)
}
