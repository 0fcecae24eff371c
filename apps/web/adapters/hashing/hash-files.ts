// From the files somebody picked to the digests of their content. Knows nothing of manifests or links.
import {
  byPath,
  CHUNK_BYTES,
  ContentError,
  DIGEST_BYTES,
  type FileEntry,
  layoutOf,
  StoreError,
  sharingProblem,
} from '@swarmdrop/core'
import { Throttle } from '@swarmdrop/peer'
import { isUnreadable } from '../files/blob-slice'
import { LocalContent } from '../files/local-content'
import type { PickedFile } from '../files/picking'
import { ownTimers } from '../workers/waiting'
import { type Hasher, startHashers } from './hashers'
import { planRuns } from './runs'

export type HashingProgress = { hashedBytes: number; totalBytes: number }

const MAX_WORKERS = 4
const PROGRESS_INTERVAL_MS = 100

/** `sources[i]` is the File of `files[i]`, both in canonical order; `digests`: 32 bytes a chunk, in order. */
export type HashedFiles = { files: FileEntry[]; sources: File[]; digests: Uint8Array }

/**
 * Reads every byte once, in parallel. Rejects with ContentError when no link can carry these files, with StoreError when
 * one cannot be read, naming it, and with the signal's reason when that aborts.
 */
export async function hashFiles(
  picked: readonly PickedFile[],
  onProgress: (progress: HashingProgress) => void,
  signal: AbortSignal,
): Promise<HashedFiles> {
  signal.throwIfAborted()
  const entries = picked.map(({ file, path }) => ({ path, bytes: file.size, file })).sort(byPath)
  const files = entries.map(({ path, bytes }) => ({ path, bytes }))
  const problem = sharingProblem(files)
  if (problem) throw new ContentError(problem)
  const sources = entries.map(({ file }) => file)
  const content = new LocalContent(files, sources)
  const layout = layoutOf(content.blob.size, CHUNK_BYTES)
  const digests = new Uint8Array(layout.chunkCount * DIGEST_BYTES)

  const workers = Math.min(navigator.hardwareConcurrency || 2, MAX_WORKERS)
  const runs = planRuns(layout, workers)
  const progress = { hashedBytes: 0, totalBytes: layout.totalBytes }
  const reporting = new Throttle(ownTimers, PROGRESS_INTERVAL_MS, () => onProgress({ ...progress }))
  onProgress({ ...progress })

  const hashers = startHashers(content.blob, CHUNK_BYTES, Math.min(workers, runs.length))
  const onAbort = () => hashers.close()
  signal.addEventListener('abort', onAbort)
  // What is read and not yet digested stays bounded: whoever works takes its next run only when it has done the last.
  const work = async (digestRun: Hasher) => {
    for (let run = runs.shift(); run; run = runs.shift()) {
      signal.throwIfAborted()
      const { first, start, end } = run
      try {
        digests.set(await digestRun(start, end), first * DIGEST_BYTES)
      } catch (error) {
        signal.throwIfAborted()
        if (!isUnreadable(error)) throw error
        throw unreadable(await content.culpritIn(start, end))
      }
      progress.hashedBytes += end - start
      reporting.call()
    }
  }
  try {
    // Two at once for each: one run is read while the other is digested.
    await Promise.all(hashers.each.flatMap((hasher) => [hasher, hasher]).map(work))
  } finally {
    signal.removeEventListener('abort', onAbort)
    reporting.cancel()
    hashers.close()
  }
  onProgress({ ...progress })
  return { files, sources, digests }
}

function unreadable(name: string): StoreError {
  return new StoreError(
    'changed',
    `${name} could not be read: it was moved, deleted or changed, or may not be opened. Choose the files again.`,
  )
}
