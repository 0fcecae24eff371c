// Long work on this thread, in slices: between them clicks are answered and the page is drawn. Knows nothing of the
// work.

/** Two slices and what the browser does between them stay below what a person notices. */
const SLICE_MS = 12

/** The slices of one piece of work. */
export class Slices {
  readonly #signal: AbortSignal
  readonly #now: () => number
  #endsAtMs: number

  constructor(signal: AbortSignal, now = () => performance.now()) {
    this.#signal = signal
    this.#now = now
    this.#endsAtMs = now() + SLICE_MS
  }

  /** Whether this slice is over: others have waited long enough. */
  get isOver(): boolean {
    return this.#now() >= this.#endsAtMs
  }

  /** Lets all others have their turn. Rejects with the signal's reason when that has aborted. */
  async next(): Promise<void> {
    await nextTask()
    this.#signal.throwIfAborted()
    this.#endsAtMs = this.#now() + SLICE_MS
  }
}

/**
 * `Array.from(items, work)` in slices. Rejects with the signal's reason when that aborts, and with what `work` throws.
 */
export async function mapInSlices<T, R>(
  items: Iterable<T>,
  work: (item: T) => R,
  signal: AbortSignal,
  slices = new Slices(signal),
): Promise<R[]> {
  signal.throwIfAborted()
  const done: R[] = []
  for (const item of items) {
    done.push(work(item))
    if (slices.isOver) await slices.next()
  }
  return done
}

/** A timer would wait for 4 ms each time, and for a second in a hidden page. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
