// Slows a stream of changes to a pace that somebody can follow. Knows nothing of what changes.
import type { Waiting } from './timers'

/** Runs at most once in each interval. Never within the call that asks for it; and the last call is never lost. */
export class Throttle {
  readonly #time: Waiting
  readonly #intervalMs: number
  readonly #run: () => void
  #ranAtMs = Number.NEGATIVE_INFINITY
  #cancelWaiting: (() => void) | undefined

  constructor(time: Waiting, intervalMs: number, run: () => void) {
    this.#time = time
    this.#intervalMs = intervalMs
    this.#run = run
  }

  /** Runs as soon as the interval allows. */
  call(): void {
    if (!this.#cancelWaiting) this.#wait(Math.max(0, this.#ranAtMs + this.#intervalMs - this.#time.now()))
  }

  /** Runs at once, without waiting for the interval. */
  hurry(): void {
    this.cancel()
    this.#wait(0)
  }

  get isWaiting(): boolean {
    return this.#cancelWaiting !== undefined
  }

  cancel(): void {
    this.#cancelWaiting?.()
    this.#cancelWaiting = undefined
  }

  #wait(ms: number): void {
    this.#cancelWaiting = this.#time.after(ms, () => {
      this.#cancelWaiting = undefined
      this.#ranAtMs = this.#time.now()
      this.#run()
    })
  }
}
