// Lets addresses take turns, one at a time: who comes with one request does not wait behind the hundreds of another.
// Knows nothing of what is done in a turn.

/**
 * Node takes in one connection in each round of its event loop. So while connections come, a turn is taken in one of so
 * many rounds only, or the last of three hundred would wait until as many requests are answered.
 */
const ROUNDS_FOR_NEWCOMERS = 8

export class Turns {
  /** The address whose turn is next stands first. */
  readonly #waiting = new Map<string, (() => void)[]>()
  #isRunning = false
  #hasNewcomer = false
  #roundsLeft = 0

  /** Runs it when its turn comes, and never at once. */
  add(address: string, run: () => void): void {
    const runs = this.#waiting.get(address)
    if (runs) runs.push(run)
    else this.#waiting.set(address, [run])
    if (this.#isRunning) return
    this.#isRunning = true
    setImmediate(() => this.#take())
  }

  /** A connection has come in; there may be more. */
  newcomer(): void {
    if (this.#roundsLeft === 0) this.#roundsLeft = ROUNDS_FOR_NEWCOMERS
    this.#hasNewcomer = true
  }

  #take(): void {
    if (this.#hasNewcomer && --this.#roundsLeft > 0) this.#hasNewcomer = false
    else this.#takeOne()
    this.#isRunning = this.#waiting.size > 0
    if (this.#isRunning) setImmediate(() => this.#take())
  }

  #takeOne(): void {
    this.#hasNewcomer = false
    this.#roundsLeft = 0
    const [next] = this.#waiting
    if (!next) return
    const [address, runs] = next
    this.#waiting.delete(address)
    const run = runs.shift()
    if (runs.length > 0) this.#waiting.set(address, runs)
    run?.()
  }
}
