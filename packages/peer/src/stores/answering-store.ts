// A store whose every answer comes within a time, or fails: a neighbour, and the person, would wait for ever. Knows no
// storage.
import type { ChunkStore } from '@swarmdrop/core'
import type { Waiting } from '../time/timers'
import { inTime, LATER_ANSWER_MS } from './in-time'

export class AnsweringStore implements ChunkStore {
  readonly #store: ChunkStore
  readonly #time: Waiting

  constructor(store: ChunkStore, time: Waiting) {
    this.#store = store
    this.#time = time
  }

  write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    return inTime(this.#time, LATER_ANSWER_MS, this.#store.write(chunk, blocks, digest))
  }

  read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    return inTime(this.#time, LATER_ANSWER_MS, this.#store.read(chunk, offset, length))
  }
}
