// What is worked out over the whole list of files, in a worker where the list is long. Knows nothing of what is in the
// files.
import type { FileEntry } from '@swarmdrop/core/files'
import { Slices } from '../workers/slices'
import { WorkerCalls, WorkerFailed } from '../workers/worker-calls'
import { type Arranged, arrange, type Built, build, type Parts } from './arrange'
import type { ContentMethods } from './content.worker'

export type { Built }

/** Fewer files than this are done here: a worker would hardly have started. */
const FEW_FILES = 2_000

/** Arranges files off the thread. Rejects with the signal's reason when that aborts. */
export const arrangeOffThread = (files: readonly FileEntry[], signal: AbortSignal): Promise<Arranged> =>
  offThread(
    files.length,
    signal,
    (calls) => calls.call('arrange', [files]),
    () => arrange(files),
  )

/** Builds a content in a worker. Rejects with the signal's reason when that aborts. */
export const buildOffThread = (parts: Parts, signal: AbortSignal): Promise<Built> =>
  offThread(
    parts.files.length,
    signal,
    async (calls) => {
      // The list itself does not come back: here it is already, and to copy it takes as long as to make a manifest of
      // it.
      const { content, pages, saysMore } = await calls.call('buildWithoutFiles', [parts])
      const files = saysMore ? [...parts.files] : parts.files.map(({ path, bytes }) => ({ path, bytes }))
      // The answer has taken this turn, and what is made of it takes one as well.
      await new Slices(signal).next()
      return { content: { ...content, manifest: { ...content.manifest, files } }, pages }
    },
    () => build(parts),
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
