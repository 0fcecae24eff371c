// How fast what is left falls: from what was left lately. Time is an argument.

const WINDOW_MS = 8_000
/** The least time of which anything can be said. */
const LEAST_MS = 2_000

type Sample = { atMs: number; left: number }

export class ProgressRate {
  #samples: Sample[] = []

  /** `left`: bytes. One that has grown, as somebody new has come, begins again. */
  add(left: number, atMs: number): void {
    const last = this.#samples.at(-1)
    if (last && left > last.left) this.#samples = []
    this.#samples = [...this.#samples.filter((sample) => atMs - sample.atMs <= WINDOW_MS), { atMs, left }]
  }

  /** Seconds until nothing is left, at this rate. Undefined where nothing has moved, or too little time has gone by. */
  get secondsLeft(): number | undefined {
    const [first] = this.#samples
    const last = this.#samples.at(-1)
    if (!first || !last || last.atMs - first.atMs < LEAST_MS || last.left >= first.left) return undefined
    return (last.left * (last.atMs - first.atMs)) / (first.left - last.left) / 1000
  }
}
