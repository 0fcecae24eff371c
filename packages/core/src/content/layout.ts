// How content is cut into chunks, and their digests into hash pages. Knows nothing of files, hashing or peers.

/** Size of every chunk but the last. Chromium closes a data channel for a message longer than this. */
export const CHUNK_BYTES = 262_144

/** Length of a SHA-256 digest. */
export const DIGEST_BYTES = 32

/** Digests in a full hash page: 256 KiB of digests, 2 GiB of content. */
export const CHUNKS_PER_PAGE = 8_192

/** 256 GiB in chunks of the usual size. A bitfield of so many is 128 KiB: one message. */
export const MAX_CHUNKS = 1_048_576

export type Layout = { totalBytes: number; chunkBytes: number; chunkCount: number }

/** A half-open range: `start` is in it, `end` is not. */
export type Range = { start: number; end: number }

/** Throws RangeError unless `totalBytes` is a whole number ≥ 0 and `chunkBytes` a whole number ≥ 1. */
export function layoutOf(totalBytes: number, chunkBytes: number = CHUNK_BYTES): Layout {
  if (!Number.isSafeInteger(totalBytes) || totalBytes < 0) throw new RangeError(`no layout of ${totalBytes} bytes`)
  if (!Number.isSafeInteger(chunkBytes) || chunkBytes < 1) throw new RangeError(`no chunks of ${chunkBytes} bytes`)
  return { totalBytes, chunkBytes, chunkCount: Math.ceil(totalBytes / chunkBytes) }
}

/** Bytes in this chunk; only the last may be shorter. Throws RangeError for a chunk that does not exist. */
export function chunkLength(layout: Layout, chunk: number): number {
  assertIndex('chunk', chunk, layout.chunkCount)
  return Math.min(layout.chunkBytes, layout.totalBytes - chunk * layout.chunkBytes)
}

/** The chunks that hold any byte of `bytes`; an empty range of bytes gives an empty range of chunks. */
export function chunkRange(layout: Layout, bytes: Range): Range {
  const start = Math.floor(bytes.start / layout.chunkBytes)
  if (bytes.end <= bytes.start) return { start, end: start }
  return { start, end: Math.ceil(bytes.end / layout.chunkBytes) }
}

/** The page that holds this chunk's digest. */
export const pageOf = (chunk: number): number => Math.floor(chunk / CHUNKS_PER_PAGE)

export function pageCount(layout: Layout): number {
  return Math.ceil(layout.chunkCount / CHUNKS_PER_PAGE)
}

/** Chunks whose digests this page holds. Throws RangeError for a page that does not exist. */
export function pageChunks(layout: Layout, page: number): number {
  assertIndex('hash page', page, pageCount(layout))
  return Math.min(CHUNKS_PER_PAGE, layout.chunkCount - page * CHUNKS_PER_PAGE)
}

/** Bytes in this page. */
export function pageLength(layout: Layout, page: number): number {
  return pageChunks(layout, page) * DIGEST_BYTES
}

function assertIndex(what: string, index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`there is no ${what} ${index}: it has ${count}`)
  }
}
