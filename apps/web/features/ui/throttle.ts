// Says when something that changes often may be passed on again. Knows no clock, no timer, and nothing of what changes.

export class Throttle {
  readonly #intervalMs: number
  #passedAtMs = Number.NEGATIVE_INFINITY

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs
  }

  /** In milliseconds; 0: now. Whoever waits so long for the latest change loses none but those that it makes old. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#passedAtMs + this.#intervalMs - nowMs)
  }

  passed(nowMs: number): void {
    this.#passedAtMs = nowMs
  }
}
