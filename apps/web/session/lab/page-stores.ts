// Stores of the peers that live in the teacher's page: each proves every chunk that comes to it, and all read from the one copy
// that the page has, so that thirty peers take no more memory than one.
import { type ChunkStore, chunkLength, type Layout, type Role } from '@swarmdrop/core'
import { sha256OffThread } from '../../adapters/digest-off-thread'
import { joinedChunk } from '../../adapters/stores/joined-chunk'

export function openPageStore(
  bytes: Uint8Array<ArrayBuffer>,
  layout: Layout,
  behaviour: Role['behaviour'],
): ChunkStore {
  const honest: ChunkStore = {
    async write(chunk, blocks, digest) {
      const whole = await joinedChunk(blocks, chunkLength(layout, chunk), digest, sha256OffThread)
      return whole ? 'stored' : 'wrong-digest'
    },
    async read(chunk, offset, length) {
      const start = chunk * layout.chunkBytes + offset
      return bytes.slice(start, start + length)
    },
  }
  if (behaviour === 'claims-all') return { ...honest, read: () => new Promise(() => {}) }
  if (behaviour === 'sends-bad-chunks')
    return { ...honest, read: async (_chunk, _offset, length) => new Uint8Array(length) }
  return honest
}
