// The files of a content, and where each lies in it: end to end, in the manifest's order. Knows nothing of chunks.
import type { Range } from './layout'

/** `modified`: whole seconds since 1970 (UTC). `executable`: anyone who holds it may run it; absent where it is not. */
export type FileEntry = { path: string; bytes: number; modified?: number; executable?: true }

/** Bytes `start` to `end` of one file, counted from that file's own beginning. */
export type FilePiece = { file: number; start: number; end: number }

export function totalBytesOf(files: readonly FileEntry[]): number {
  return files.reduce((total, file) => total + file.bytes, 0)
}

/** The byte of the content at which each file begins. */
export function fileOffsets(files: readonly FileEntry[]): number[] {
  let offset = 0
  return files.map((file) => {
    const start = offset
    offset += file.bytes
    return start
  })
}

/** The bytes of the content that are this file. `offsets` come from `fileOffsets(files)`. */
export function fileRange(files: readonly FileEntry[], offsets: readonly number[], file: number): Range {
  const start = offsets[file]
  const entry = files[file]
  if (start === undefined || entry === undefined) throw new RangeError(`there is no file ${file}`)
  return { start, end: start + entry.bytes }
}

/** The pieces of files that make up these bytes of the content, in order; files without bytes have no piece. */
export function filePieces(files: readonly FileEntry[], offsets: readonly number[], bytes: Range): FilePiece[] {
  const pieces: FilePiece[] = []
  for (let file = lastFileFrom(offsets, bytes.start); file < files.length; file += 1) {
    const range = fileRange(files, offsets, file)
    if (range.start >= bytes.end) break
    const start = Math.max(range.start, bytes.start)
    const end = Math.min(range.end, bytes.end)
    if (start < end) pieces.push({ file, start: start - range.start, end: end - range.start })
  }
  return pieces
}

/** The last file that begins at or before this byte. */
function lastFileFrom(offsets: readonly number[], byte: number): number {
  let low = 0
  let high = offsets.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((offsets[middle] ?? 0) <= byte) low = middle
    else high = middle - 1
  }
  return low
}
