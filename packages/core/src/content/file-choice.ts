// Which chunks hold the files that somebody has chosen, and which files are whole. Knows nothing of who chooses or fetches.
import { Bitfield } from './bitfield'
import { type FileEntry, fileOffsets, fileRange } from './file-ranges'
import { chunkRange, type Layout } from './layout'

/** A bit for each file in `chosen`, a bit for each chunk in the answer: those that hold any byte of a chosen file. */
export function chunksOfFiles(layout: Layout, files: readonly FileEntry[], chosen: Bitfield): Bitfield {
  const chunks = new Bitfield(layout.chunkCount)
  if (chosen.isComplete) chunks.setRange(0, layout.chunkCount)
  else {
    const offsets = fileOffsets(files)
    chosen.forEach((file) => {
      const { start, end } = chunkRange(layout, fileRange(files, offsets, file))
      chunks.setRange(start, end)
    })
  }
  return chunks
}

/** The bytes of these chunks. */
export function bytesOfChunks(layout: Layout, chunks: Bitfield): number {
  const full = chunks.count * layout.chunkBytes
  const hasLast = layout.chunkCount > 0 && chunks.has(layout.chunkCount - 1)
  return hasLast ? full - (layout.chunkCount * layout.chunkBytes - layout.totalBytes) : full
}

/** The files that lie in these chunks to their last byte; one without bytes is always whole. */
export function wholeFiles(layout: Layout, files: readonly FileEntry[], held: Bitfield): Bitfield {
  const whole = new Bitfield(files.length)
  if (held.isComplete) whole.setRange(0, files.length)
  else {
    const offsets = fileOffsets(files)
    for (let file = 0; file < files.length; file++) {
      const { start, end } = chunkRange(layout, fileRange(files, offsets, file))
      if (held.countIn(start, end) === end - start) whole.set(file)
    }
  }
  return whole
}
