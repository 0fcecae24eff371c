// Digests all chunks of a content, shared out among workers. Knows nothing of files, or of what the digests are for.
import type { Layout } from '@swarmdrop/core'
import { isUnreadable } from '../files/blob-slice'
import { type Hasher, startHashers } from './hashers'
import { planRuns, type Run } from './runs'

const MAX_WORKERS = 4

export type RunHandlers = {
  /** 32 bytes for each chunk of the run. What it throws ends everything. */
  done(run: Run, digests: Uint8Array): void
  /** The error to end with when these bytes cannot be read. */
  unreadable(run: Run): Error | Promise<Error>
}

/** Reads every byte once, in any order. Rejects with the signal's reason when that aborts. */
export async function digestInRuns(
  content: Blob,
  layout: Layout,
  handlers: RunHandlers,
  signal: AbortSignal,
): Promise<void> {
  const workers = Math.min(navigator.hardwareConcurrency || 2, MAX_WORKERS)
  const runs = planRuns(layout, workers)
  const hashers = startHashers(content, layout.chunkBytes, Math.min(workers, runs.length))
  const onAbort = () => hashers.close()
  signal.addEventListener('abort', onAbort)
  // What is read and not yet digested stays bounded: a worker takes its next run only when it has done the last.
  const work = async (digestRun: Hasher) => {
    for (let run = runs.shift(); run; run = runs.shift()) {
      signal.throwIfAborted()
      handlers.done(run, await digested(run, digestRun, handlers, signal))
    }
  }
  try {
    // Two at once for each: one run is read while the other is digested.
    await Promise.all(hashers.each.flatMap((hasher) => [hasher, hasher]).map(work))
  } finally {
    signal.removeEventListener('abort', onAbort)
    hashers.close()
  }
}

async function digested(run: Run, digestRun: Hasher, { unreadable }: RunHandlers, signal: AbortSignal) {
  try {
    return await digestRun(run.start, run.end)
  } catch (error) {
    signal.throwIfAborted()
    throw isUnreadable(error) ? await unreadable(run) : error
  }
}
