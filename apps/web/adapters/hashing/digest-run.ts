// Reads a stretch of a Blob and digests each chunk in it. Knows nothing of workers.
import { DIGEST_BYTES } from '@swarmdrop/core'
import { SliceReader } from '../files/slice-reader'
import { sha256 } from './digest'

/** 2 MiB of usual chunks: enough to keep several cores digesting, little enough to stay near them. */
const PIECE_CHUNKS = 8

/** Buffers of runs that are done: the collector would let dozens of megabytes gather before it looks. */
const spare: ArrayBuffer[] = []

/** The digests of the chunks in bytes [start, end), one after the other. Rejects when the Blob cannot be read. */
export async function digestRun(content: Blob, start: number, end: number, chunkBytes: number): Promise<Uint8Array> {
  const digests = new Uint8Array(Math.ceil((end - start) / chunkBytes) * DIGEST_BYTES)
  const pieceBytes = PIECE_CHUNKS * chunkBytes
  const memory = spare.at(-1)?.byteLength === pieceBytes ? spare.pop() : undefined
  const reader = new SliceReader(content, start, end, memory ?? new ArrayBuffer(pieceBytes))
  let first = 0
  for (let piece = await reader.next(); piece; piece = await reader.next()) {
    const digested = await Promise.all(chunksOf(piece, chunkBytes).map(sha256))
    for (const [index, digest] of digested.entries()) digests.set(digest, (first + index) * DIGEST_BYTES)
    first += digested.length
  }
  spare.push(reader.memory)
  return digests
}

function chunksOf(piece: Uint8Array<ArrayBuffer>, chunkBytes: number): Uint8Array<ArrayBuffer>[] {
  const count = Math.ceil(piece.length / chunkBytes)
  return Array.from({ length: count }, (_, index) => piece.subarray(index * chunkBytes, (index + 1) * chunkBytes))
}
