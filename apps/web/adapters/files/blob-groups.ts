// Many Blobs as few, in a worker where they are very many: for each, Chromium's own process is asked, and the thread
// waits for it. Knows nothing of what is in them.
import { mapInSlices } from '../workers/slices'
import { WorkerCalls, WorkerFailed } from '../workers/worker-calls'
import type { BlobMethods } from './blob.worker'

/** How many Blobs are joined into one: about 10 ms of work. */
export const GROUP = 100
/** Fewer Blobs than this are joined here: a worker would hardly have started. */
const FEW = 1_000

/** One Blob for each `GROUP` of parts, in order. Rejects with the signal's reason when that aborts. */
export async function blobGroups(parts: readonly Blob[], signal: AbortSignal): Promise<Blob[]> {
  const starts = Array.from({ length: Math.ceil(parts.length / GROUP) }, (_, index) => index * GROUP)
  const groupAt = (start: number) => parts.slice(start, start + GROUP)
  const here = () => mapInSlices(starts, (start) => new Blob(groupAt(start)), signal)
  if (parts.length <= FEW || typeof Worker === 'undefined') return here()
  const worker = new Worker(new URL('./blob.worker.ts', import.meta.url), { type: 'module' })
  const calls = new WorkerCalls<BlobMethods>(worker)
  try {
    const groups: Blob[] = []
    for (const start of starts) {
      groups.push(await calls.call('join', [groupAt(start)]))
      signal.throwIfAborted()
    }
    return groups
  } catch (error) {
    if (error instanceof WorkerFailed) return here()
    throw error
  } finally {
    calls.close()
  }
}
