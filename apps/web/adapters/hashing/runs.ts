// How hashing is shared out: runs of chunks that one worker reads and digests at a stroke. Knows no files.
import type { Layout } from '@swarmdrop/core'

/** Chunks from `first`, which are the bytes [start, end) of the content. */
export type Run = { first: number; start: number; end: number }

/** 32 MiB of chunks: a browser takes its time to open a file; short enough that progress moves. */
const MAX_CHUNKS = 128
/** The runs for each worker, two of them at once: so many that none is left idle for long at the end. */
const RUNS_PER_WORKER = 8

/** Runs in order that cover every chunk once. */
export function planRuns(layout: Layout, workers: number): Run[] {
  const { chunkCount, chunkBytes, totalBytes } = layout
  const fair = Math.ceil(chunkCount / (workers * RUNS_PER_WORKER))
  const chunksPerRun = Math.min(MAX_CHUNKS, Math.max(1, fair))
  return Array.from({ length: Math.ceil(chunkCount / chunksPerRun) }, (_, index) => {
    const first = index * chunksPerRun
    return { first, start: first * chunkBytes, end: Math.min(totalBytes, (first + chunksPerRun) * chunkBytes) }
  })
}
