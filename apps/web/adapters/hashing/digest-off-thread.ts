// SHA-256 for the window, which must not be held up: WebCrypto digests on its own thread, WASM gets a worker.

import { WorkerCalls, WorkerFailed } from '../workers/worker-calls'
import { hasWebCrypto, sha256 } from './digest'
import type { DigestMethods } from './digest.worker'

let calls: WorkerCalls<DigestMethods> | undefined

/** SHA-256 in a worker. `bytes` should own its buffer, as all of it is copied there. */
export async function sha256OffThread(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (hasWebCrypto() || typeof Worker === 'undefined') return sha256(bytes)
  calls ??= new WorkerCalls(new Worker(new URL('./digest.worker.ts', import.meta.url), { type: 'module' }))
  try {
    return await calls.call('sha256', [bytes])
  } catch (error) {
    if (error instanceof WorkerFailed) return sha256(bytes)
    throw error
  }
}
