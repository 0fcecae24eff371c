// What a receiver keeps its chunks in. Knows no browser storage.
import type { RecoverableStore } from '@swarmdrop/peer/library'

export interface ReceiverStore extends RecoverableStore {
  /**
   * Bytes [start, end) of the content, for saving. Needs every chunk of the content: rejects with StoreError before.
   * The Blob stays readable while the page is open, whatever becomes of the store.
   */
  contentBlob(start: number, end: number): Promise<Blob>
  /** Stops it: every later call rejects. What was opened to be kept is kept; the rest goes when no page has it open. */
  close(): Promise<void>
  /**
   * Stops it, and frees the bytes: at once, or, where they are not kept and a Blob of them was handed out, after the
   * page.
   */
  remove(): Promise<void>
}
