// Writes a stream's pieces one behind the other into a file, gathered: each write costs about a millisecond, and a ZIP
// of small files is tens of thousands of pieces. Knows nothing of ZIPs.
import { noSpaceLeft, type SyncHandle } from '@swarmdrop/peer/stores'

const GATHERED_BYTES = 1_048_576

export class GatheringWriter {
  readonly #handle: Pick<SyncHandle, 'write'>
  readonly #gathered = new Uint8Array(GATHERED_BYTES)
  #length = 0
  #at = 0

  constructor(handle: Pick<SyncHandle, 'write'>) {
    this.#handle = handle
  }

  /** Throws StoreError when there is no space left. */
  write(piece: Uint8Array): void {
    if (this.#length + piece.length > GATHERED_BYTES) this.flush()
    if (piece.length > GATHERED_BYTES) return this.#put(piece)
    this.#gathered.set(piece, this.#length)
    this.#length += piece.length
  }

  /** Writes what is still gathered. Throws StoreError when there is no space left. */
  flush(): void {
    this.#put(this.#gathered.subarray(0, this.#length))
    this.#length = 0
  }

  #put(bytes: Uint8Array): void {
    if (this.#handle.write(bytes, { at: this.#at }) !== bytes.length) throw noSpaceLeft()
    this.#at += bytes.length
  }
}
