// A content's files as one ZIP, made as it is read: folders kept, names in UTF-8, Zip64 where the size asks for it.
import { type FileEntry, fileOffsets, fileRange, totalBytesOf } from '@swarmdrop/core'
import { makeZip, predictLength } from 'client-zip'
import { FULL_ENDING_BYTES, needsFullEnding, withFullEnding } from './zip-ending'

/** A small file costs a read like a large one, about a millisecond: this much is read for several of them at once. */
const READ_AHEAD_BYTES = 1_048_576

/** As much of a Blob as is read of it: bytes [start, end). */
export interface BytesToSave {
  slice(start: number, end: number): Pick<Blob, 'arrayBuffer' | 'stream'>
}

/** Nothing is compressed: what people share is mostly compressed already. `content`: the files end to end. */
export function zipStream(
  files: readonly FileEntry[],
  content: BytesToSave,
  modified: Date,
): ReadableStream<Uint8Array> {
  const zip = makeZip(zipEntries(files, content, modified))
  return needsFullEnding(files.length) ? zip.pipeThrough(withFullEnding(files.length)) : zip
}

/** Bytes that the ZIP of these files will have, at most: a few too many where both their sizes and their number are great. */
export function zipLength(files: readonly FileEntry[]): number {
  const bytes = Number(predictLength(files.map(({ path, bytes }) => ({ name: path, size: bytes }))))
  return needsFullEnding(files.length) ? bytes + FULL_ENDING_BYTES : bytes
}

async function* zipEntries(files: readonly FileEntry[], content: BytesToSave, modified: Date) {
  const offsets = fileOffsets(files)
  const totalBytes = totalBytesOf(files)
  let ahead = { start: 0, bytes: new Uint8Array() }
  for (const [index, { path, bytes }] of files.entries()) {
    const { start, end } = fileRange(files, offsets, index)
    const isLarge = bytes >= READ_AHEAD_BYTES
    if (!isLarge && end > ahead.start + ahead.bytes.length) {
      const slice = content.slice(start, Math.min(start + READ_AHEAD_BYTES, totalBytes))
      ahead = { start, bytes: new Uint8Array(await slice.arrayBuffer()) }
    }
    const input = isLarge
      ? content.slice(start, end).stream()
      : ahead.bytes.subarray(start - ahead.start, end - ahead.start)
    yield { name: path, input, size: bytes, lastModified: modified }
  }
}
