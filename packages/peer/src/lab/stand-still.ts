// For how much of the time a page stands still, by how late its beats are. Decides nothing.
import type { Timers } from '../time/timers'

const BEAT_MS = 100
/** A beat that is late by no more is on time: nothing is lost by it, as a limit saves up a tenth of a second. */
const ON_TIME_MS = 50

type Ticking = Pick<Timers, 'now' | 'every'>

export class StandStill {
  readonly #time: Ticking
  #stopBeating = () => {}
  #lastMs = 0
  #beatenMs = 0
  #lateMs = 0

  constructor(time: Ticking) {
    this.#time = time
  }

  /** Begins to look. */
  start(): void {
    this.stop()
    this.#lastMs = this.#time.now()
    this.#stopBeating = this.#time.every(BEAT_MS, () => this.#beat())
  }

  stop(): void {
    this.#stopBeating()
  }

  /** The share of the time that the page stood still, from 0 to 1; 0 before the first beat. */
  get share(): number {
    return this.#beatenMs > 0 ? this.#lateMs / this.#beatenMs : 0
  }

  #beat(): void {
    const now = this.#time.now()
    const tookMs = now - this.#lastMs
    const lateMs = tookMs - BEAT_MS
    this.#beatenMs += tookMs
    if (lateMs > ON_TIME_MS) this.#lateMs += lateMs
    this.#lastMs = now
  }
}
