// A content's files as one ZIP, made as it is read: folders kept, names in UTF-8, Zip64 where the size asks for it.
import { type FileEntry, fileOffsets, fileRange } from '@swarmdrop/core'
import { makeZip, predictLength } from 'client-zip'

/** Nothing is compressed: what people share is mostly compressed already. `content`: the files end to end. */
export function zipStream(files: readonly FileEntry[], content: Blob, modified: Date): ReadableStream<Uint8Array> {
  return makeZip(zipEntries(files, content, modified))
}

/** Bytes that the ZIP of these files will have. */
export function zipLength(files: readonly FileEntry[]): number {
  return Number(predictLength(files.map(({ path, bytes }) => ({ name: path, size: bytes }))))
}

function* zipEntries(files: readonly FileEntry[], content: Blob, modified: Date) {
  const offsets = fileOffsets(files)
  for (const [index, { path, bytes }] of files.entries()) {
    const { start, end } = fileRange(files, offsets, index)
    yield { name: path, input: content.slice(start, end), size: bytes, lastModified: modified }
  }
}
