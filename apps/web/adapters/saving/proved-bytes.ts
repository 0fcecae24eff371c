// Bytes that are proved chunk by chunk while somebody packs or writes them. Knows nothing of ZIPs, nor of where the
// bytes are kept.
import type { Hasher } from '@swarmdrop/peer'
import { keptVanished } from '@swarmdrop/peer/stores'
import { isUnreadable } from '../files/blob-slice'
import { SliceReader } from '../files/slice-reader'
import type { BytesToSave } from './files-with-bytes'
import { compareDigests, type WholeChunks } from './whole-chunks'
import { bufferOf } from './whole-stream'

/** 2 MiB of usual chunks: read at a stroke, and digested at once. */
const PIECE_CHUNKS = 8

export class ProvedBytes implements BytesToSave {
  readonly #chunks: WholeChunks
  readonly #sha256: Hasher
  /** Memory of slices that are read to their ends. */
  readonly #spare: ArrayBuffer[] = []

  /** `chunks` begin with the content's first. */
  constructor(chunks: WholeChunks, sha256: Hasher) {
    this.#chunks = chunks
    this.#sha256 = sha256
  }

  /** Reading them rejects with StoreError where they are no longer what arrived. */
  slice(start: number, end: number) {
    const stream = () => this.#stream(start, end)
    return { stream, arrayBuffer: () => bufferOf(stream()) }
  }

  #stream(start: number, end: number): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { blob, layout } = this.#chunks
    const { chunkBytes } = layout
    let at = Math.floor(start / chunkBytes) * chunkBytes
    const to = start === end ? at : Math.min(Math.ceil(end / chunkBytes) * chunkBytes, blob.size)
    const memory = this.#spare.pop() ?? new ArrayBuffer(PIECE_CHUNKS * chunkBytes)
    const reader = new SliceReader(blob, at, to, memory)
    return new ReadableStream({
      pull: async (controller) => {
        const piece = await reader.next().catch((error) => {
          throw isUnreadable(error) ? keptVanished() : error
        })
        if (!piece) {
          this.#spare.push(reader.memory)
          return controller.close()
        }
        await this.#prove(piece, at / chunkBytes)
        // In memory of its own, as the next piece is read into the same.
        controller.enqueue(piece.slice(Math.max(0, start - at), Math.min(piece.length, end - at)))
        at += piece.length
      },
    })
  }

  async #prove(piece: Uint8Array<ArrayBuffer>, first: number): Promise<void> {
    const { chunkBytes } = this.#chunks.layout
    const count = Math.ceil(piece.length / chunkBytes)
    const chunks = Array.from({ length: count }, (_, index) =>
      piece.subarray(index * chunkBytes, (index + 1) * chunkBytes),
    )
    compareDigests(this.#chunks, first, await Promise.all(chunks.map(this.#sha256)))
  }
}
