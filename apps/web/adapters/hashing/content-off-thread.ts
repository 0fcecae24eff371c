// What is worked out over the whole list of files, in a worker where the list is long. Knows nothing of what is in the files.
import { buildContent, type FileEntry } from '@swarmdrop/core'
import { WorkerCalls, WorkerFailed } from '../workers/worker-calls'
import { type Arranged, arrange } from './arrange'
import type { ContentMethods } from './content.worker'

/** Of so many, a worker has hardly started when the work is done here. */
const FEW_FILES = 2_000

/** Rejects with the signal's reason when that aborts. */
export const arrangeOffThread = (files: readonly FileEntry[], signal: AbortSignal): Promise<Arranged> =>
  offThread(
    files.length,
    signal,
    (calls) => calls.call('arrange', [files]),
    () => arrange(files),
  )

/** As `buildContent`. Rejects with the signal's reason when that aborts. */
export const buildOffThread = (
  files: readonly FileEntry[],
  digests: Uint8Array,
  signal: AbortSignal,
): Promise<ReturnType<typeof buildContent>> =>
  offThread(
    files.length,
    signal,
    (calls) => calls.call('buildContent', [files, digests]),
    () => buildContent(files, digests),
  )

async function offThread<T>(
  count: number,
  signal: AbortSignal,
  ask: (calls: WorkerCalls<ContentMethods>) => Promise<T>,
  here: () => T,
): Promise<T> {
  signal.throwIfAborted()
  if (count <= FEW_FILES || typeof Worker === 'undefined') return here()
  const calls = new WorkerCalls<ContentMethods>(
    new Worker(new URL('./content.worker.ts', import.meta.url), { type: 'module' }),
  )
  const close = () => calls.close()
  signal.addEventListener('abort', close)
  try {
    return await ask(calls)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof WorkerFailed) return here()
    throw error
  } finally {
    signal.removeEventListener('abort', close)
    calls.close()
  }
}
