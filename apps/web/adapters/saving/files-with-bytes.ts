// Each file of a content with its bytes, in order. Knows nothing of what they are saved as.
import { type FileEntry, fileOffsets, fileRange, totalBytesOf } from '@swarmdrop/core/files'

/** A small file costs a read like a large one, about a millisecond: this much is read for several of them at once. */
const READ_AHEAD_BYTES = 1_048_576

/** The part of a Blob that is used: bytes [start, end). */
export interface BytesToSave {
  slice(start: number, end: number): Pick<Blob, 'arrayBuffer' | 'stream'>
}

/** `content`: the files end to end. */
export async function* filesWithBytes(files: readonly FileEntry[], content: BytesToSave) {
  const offsets = fileOffsets(files)
  const totalBytes = totalBytesOf(files)
  let ahead = { start: 0, bytes: new Uint8Array() }
  for (const [index, file] of files.entries()) {
    const { start, end } = fileRange(files, offsets, index)
    const isLarge = file.bytes >= READ_AHEAD_BYTES
    if (!isLarge && end > ahead.start + ahead.bytes.length) {
      const slice = content.slice(start, Math.min(start + READ_AHEAD_BYTES, totalBytes))
      ahead = { start, bytes: new Uint8Array(await slice.arrayBuffer()) }
    }
    const bytes = isLarge
      ? content.slice(start, end).stream()
      : streamOf(ahead.bytes.subarray(start - ahead.start, end - ahead.start))
    yield { file, bytes }
  }
}

const streamOf = (bytes: Uint8Array<ArrayBuffer>) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes)
      controller.close()
    },
  })
