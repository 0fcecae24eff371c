// Calls into a dedicated worker, each matched to its answer. Knows nothing of what is asked.
import './own-scripts'
import { StoreError } from '@swarmdrop/core'

// biome-ignore lint/suspicious/noExplicitAny: the one place where any method's arguments must be accepted
type Methods = Record<string, (...args: any[]) => unknown>
type Call = { id: number; name: string; args: unknown[] }
type Failure = { name: string; message: string; code?: StoreError['code'] }
type Answer = { id: number; value: unknown } | { id: number; failure: Failure }

/** The worker could not start, broke down, or was closed: it will answer nothing any more. */
export class WorkerFailed extends Error {}

/** The window's end. `M` is the type of the object that the worker gives to `answerCalls`. */
export class WorkerCalls<M extends Methods> {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>()
  #nextId = 0
  #failed: WorkerFailed | undefined

  constructor(worker: Worker) {
    this.#worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.#settle(data))
    worker.addEventListener('error', (event) => this.#fail(event.message || 'A background worker could not start.'))
    worker.addEventListener('messageerror', () => this.#fail('A background worker gave an unreadable answer.'))
  }

  /** `transfer`: buffers that the worker may keep. Rejects with what the method threw, or with WorkerFailed. */
  async call<K extends keyof M & string>(
    name: K,
    args: Parameters<M[K]>,
    transfer: Transferable[] = [],
  ): Promise<Awaited<ReturnType<M[K]>>> {
    if (this.#failed) throw this.#failed
    const id = this.#nextId++
    this.#worker.postMessage({ id, name, args } satisfies Call, transfer)
    const answer = await new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    return answer as Awaited<ReturnType<M[K]>>
  }

  close(): void {
    this.#fail('The background worker was closed.')
  }

  #settle(answer: Answer): void {
    const call = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('failure' in answer) call?.reject(revived(answer.failure))
    else call?.resolve(answer.value)
  }

  #fail(message: string): void {
    this.#failed ??= new WorkerFailed(message)
    this.#worker.terminate()
    for (const { reject } of this.#waiting.values()) reject(this.#failed)
    this.#waiting.clear()
  }
}

/** The worker's end. A method that returns a Uint8Array gives its buffer away. */
export function answerCalls(methods: Methods): void {
  self.addEventListener('message', ({ data }: MessageEvent<Call>) => {
    void answerTo(methods, data).then((answer) => {
      const given = 'value' in answer && answer.value instanceof Uint8Array ? [answer.value.buffer] : []
      self.postMessage(answer, { transfer: given })
    })
  })
}

async function answerTo(methods: Methods, { id, name, args }: Call): Promise<Answer> {
  try {
    return { id, value: await methods[name]?.(...args) }
  } catch (error) {
    return { id, failure: asFailure(error) }
  }
}

function asFailure(error: unknown): Failure {
  if (error instanceof StoreError) return { name: error.name, message: error.message, code: error.code }
  if (error instanceof Error || error instanceof DOMException) return { name: error.name, message: error.message }
  return { name: 'Error', message: String(error) }
}

function revived({ name, message, code }: Failure): Error {
  return code ? new StoreError(code, message) : Object.assign(new Error(message), { name })
}
