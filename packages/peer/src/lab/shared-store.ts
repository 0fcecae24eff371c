// Stores of the peers that live at the host: each proves every chunk that comes to it, and all read from the one copy
// that the host has, so that thirty peers take no more memory than one.
import { type ChunkStore, chunkLength, type Layout } from '@swarmdrop/core'
import type { ParticipantPlan } from '@swarmdrop/core/simulation'
import type { Hasher } from '../ports'
import { joinedChunk } from '../stores/joined-chunk'

export function openSharedStore(
  bytes: Uint8Array<ArrayBuffer>,
  layout: Layout,
  behaviour: ParticipantPlan['behaviour'],
  sha256: Hasher,
): ChunkStore {
  const honest: ChunkStore = {
    async write(chunk, blocks, digest) {
      const whole = await joinedChunk(blocks, chunkLength(layout, chunk), digest, sha256)
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
