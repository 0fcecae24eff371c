// For how much of the time a page stands still, by how late its beats are. Decides nothing.

/** A beat that is late by no more is on time: timers tick in whole milliseconds, and others run in between. */
const ON_TIME_MS = 20

export class StandStill {
  #lastMs: number | undefined
  #beatenMs = 0
  #lateMs = 0

  readonly #everyMs: number

  constructor(everyMs: number) {
    this.#everyMs = everyMs
  }

  /** Due every `everyMs`. */
  beat(nowMs: number): void {
    if (this.#lastMs !== undefined) {
      const tookMs = nowMs - this.#lastMs
      const lateMs = tookMs - this.#everyMs
      this.#beatenMs += tookMs
      if (lateMs > ON_TIME_MS) this.#lateMs += lateMs
    }
    this.#lastMs = nowMs
  }

  /** From 0 to 1; 0 before the second beat. */
  get share(): number {
    return this.#beatenMs > 0 ? this.#lateMs / this.#beatenMs : 0
  }
}
