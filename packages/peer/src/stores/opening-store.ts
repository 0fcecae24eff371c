// Stands for a store while it opens, so that chunks are fetched meanwhile: what comes waits for it. Knows no storage.
import type { ChunkStore } from '@swarmdrop/core'

export class OpeningStore implements ChunkStore {
  readonly #opening: Promise<ChunkStore>

  /** `opening`: where it rejects, so does all that was asked. */
  constructor(opening: Promise<ChunkStore>) {
    this.#opening = opening
    // Told to anyone who asks; nobody may.
    opening.catch(() => {})
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    return (await this.#opening).write(chunk, blocks, digest)
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    return (await this.#opening).read(chunk, offset, length)
  }
}
