// A pace for each of many: what one does without end is slowed down, and nobody else. Knows nothing of what is done.
import type { Waiting } from './timers'

/** When so many are known, those who could call at once are forgotten. */
const MANY = 256

type One = { readyAtMs: number; cancel: (() => void) | undefined }

export class ThrottleEach<Key> {
  readonly #time: Waiting
  readonly #intervalMs: number
  readonly #all = new Map<Key, One>()

  constructor(time: Waiting, intervalMs: number) {
    this.#time = time
    this.#intervalMs = intervalMs
  }

  /**
   * Runs at once where this key has not called for an interval; else when that is over, and of several calls the last.
   */
  call(key: Key, run: () => void): void {
    const now = this.#time.now()
    if (this.#all.size >= MANY) this.#forgetThoseAtRest(now)
    const one = this.#all.get(key)
    one?.cancel?.()
    if (!one || now >= one.readyAtMs) {
      this.#all.set(key, { readyAtMs: now + this.#intervalMs, cancel: undefined })
      return run()
    }
    const cancel = this.#time.after(one.readyAtMs - now, () => {
      this.#all.set(key, { readyAtMs: this.#time.now() + this.#intervalMs, cancel: undefined })
      run()
    })
    this.#all.set(key, { ...one, cancel })
  }

  /** Drops the call of this key that still waits; its pace stays. */
  drop(key: Key): void {
    const one = this.#all.get(key)
    one?.cancel?.()
    if (one) this.#all.set(key, { ...one, cancel: undefined })
  }

  /** Drops the calls that still wait. */
  cancel(): void {
    for (const { cancel } of this.#all.values()) cancel?.()
    this.#all.clear()
  }

  #forgetThoseAtRest(now: number): void {
    for (const [key, { readyAtMs, cancel }] of this.#all)
      if (cancel === undefined && now >= readyAtMs) this.#all.delete(key)
  }
}
