// Reads one Blob's bytes, proved, off the window's thread where workers start. Knows nothing of chunks.
import { WorkerCalls, WorkerFailed } from '../workers/worker-calls'
import { ExtentReader } from './extent-reader'
import type { ProvedReadingMethods } from './proved-reading.worker'

export class ProvedReader {
  #content: Blob
  #here: ExtentReader
  #calls: WorkerCalls<ProvedReadingMethods> | undefined
  #closed = false

  /** Reads in a worker that starts with the first read. */
  constructor(content: Blob) {
    this.#content = content
    this.#here = new ExtentReader(content)
  }

  /** Reads from another Blob from now on: the same bytes, opened again. */
  change(content: Blob): void {
    this.#content = content
    this.#here = new ExtentReader(content)
    if (this.#calls) this.#open(this.#calls)
  }

  /**
   * Bytes [start, end), or undefined where their SHA-256 is not `digest`. Rejects with an error that `isUnreadable`.
   */
  async read(start: number, end: number, digest: Uint8Array): Promise<Uint8Array | undefined> {
    if (this.#closed) throw new WorkerFailed('These files are no longer shared.')
    if (typeof Worker === 'undefined') return this.#here.readProved(start, end, digest)
    try {
      return await this.#worker.call('read', [start, end, digest])
    } catch (error) {
      if (error instanceof WorkerFailed && !this.#closed) return this.#here.readProved(start, end, digest)
      throw error
    }
  }

  /** Ends the reader: what is being read rejects, and nothing is read any more. */
  close(): void {
    this.#closed = true
    this.#calls?.close()
  }

  get #worker(): WorkerCalls<ProvedReadingMethods> {
    if (!this.#calls) {
      const worker = new Worker(new URL('./proved-reading.worker.ts', import.meta.url), { type: 'module' })
      this.#calls = new WorkerCalls(worker)
      this.#open(this.#calls)
    }
    return this.#calls
  }

  /** Calls are taken up in turn, so nothing is read before it. */
  #open(calls: WorkerCalls<ProvedReadingMethods>): void {
    void calls.call('open', [this.#content]).catch(() => {})
  }
}
