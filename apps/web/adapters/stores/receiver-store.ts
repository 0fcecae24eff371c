// What a receiver keeps its chunks in. Knows no browser storage.
import type { ChunkStore } from '@swarmdrop/core'

export interface ReceiverStore extends ChunkStore {
  /**
   * Bytes [start, end) of the content, for saving. Needs every chunk of the content: rejects with StoreError before.
   * The Blob stays readable while the page is open, whatever becomes of the store.
   */
  contentBlob(start: number, end: number): Promise<Blob>
  /** Stops it: every later call rejects. The bytes stay until no page has them open. */
  close(): Promise<void>
  /** Stops it, and frees the bytes at once unless a Blob of them was handed out. */
  remove(): Promise<void>
}
