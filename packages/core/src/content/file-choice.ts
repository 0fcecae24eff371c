// Which chunks hold the files that somebody has chosen, and which files are whole. Knows nothing of who chooses or
// fetches.
import { Bitfield } from './bitfield'
import { type FileEntry, fileOffsets, fileRange } from './file-ranges'
import { chunkRange, type Layout, type Range } from './layout'

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

/**
 * Whether every chunk is held that has any of these bytes of the content, as one file's. Without bytes, nothing is
 * missing.
 */
export function isWhole(layout: Layout, bytes: Range, held: Pick<Bitfield, 'countIn'>): boolean {
  const { start, end } = chunkRange(layout, bytes)
  return held.countIn(start, end) === end - start
}
