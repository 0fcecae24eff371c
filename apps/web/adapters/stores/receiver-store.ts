// What a receiver keeps its chunks in. Knows no browser storage.
import type { Bitfield, ChunkStore } from '@swarmdrop/core'
import type { Pages, RecoveryProgress } from './recovery'

export interface ReceiverStore extends ChunkStore {
  /**
   * The chunks that an earlier page has kept here, each proved anew; they are held from now on. What is torn is not among
   * them. Called before anything else, by whoever opens a place that may not be new.
   */
  recover(pages: Pages, onProgress: RecoveryProgress): Promise<Bitfield>
  /**
   * Bytes [start, end) of the content, for saving. Needs every chunk of the content: rejects with StoreError before.
   * The Blob stays readable while the page is open, whatever becomes of the store.
   */
  contentBlob(start: number, end: number): Promise<Blob>
  /** Stops it: every later call rejects. What was opened to be kept is kept; the rest goes when no page has it open. */
  close(): Promise<void>
  /** Stops it, and frees the bytes: at once, or, where they are not kept and a Blob of them was handed out, after the page. */
  remove(): Promise<void>
}
