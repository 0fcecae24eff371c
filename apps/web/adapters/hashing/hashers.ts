// The pool that hashes one content: workers, or this thread where workers will not start. Knows nothing of files.
import { WorkerCalls, WorkerFailed } from '../workers/worker-calls'
import { digestRun } from './digest-run'
import type { HashingMethods } from './hashing.worker'

/** Digests of the chunks in bytes [start, end) of the content. */
export type Hasher = (start: number, end: number) => Promise<Uint8Array>

/** `close` makes all pending calls to workers reject. */
export function startHashers(content: Blob, chunkBytes: number, count: number): { each: Hasher[]; close(): void } {
  const here: Hasher = (start, end) => digestRun(content, start, end, chunkBytes)
  if (typeof Worker === 'undefined') return { each: Array.from({ length: count }, () => here), close: () => {} }

  let closed = false
  const pool = Array.from({ length: count }, () => {
    const worker = new Worker(new URL('./hashing.worker.ts', import.meta.url), { type: 'module' })
    return new WorkerCalls<HashingMethods>(worker)
  })
  const each = pool.map(
    (calls): Hasher =>
      async (start, end) => {
        try {
          return await calls.call('digestRun', [content, start, end, chunkBytes])
        } catch (error) {
          if (error instanceof WorkerFailed && !closed) return here(start, end)
          throw error
        }
      },
  )
  const close = () => {
    closed = true
    for (const calls of pool) calls.close()
  }
  return { each, close }
}
