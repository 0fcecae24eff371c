// A line to the tracker with the patience of one who asks: an answer that has not come in time will not. Knows nothing
// of swarms and rooms, which are its two users (swarm-line.ts, room-line.ts).
import type { Line, LineHandlers } from '../ports'
import type { Timers } from '../time/timers'

/** An answer that has not come by then will not: nobody waits longer. */
const ANSWER_WITHIN_MS = 10_000

/** A person who has pressed a button is told after this long that the tracker cannot be reached. Tries go on. */
export const REACHED_WITHIN_MS = 4_000

export class TrackerLine {
  readonly #line: Line
  readonly #time: Timers
  #closed = false

  constructor(line: Line, time: Timers) {
    this.#line = line
    this.#time = time
  }

  get isUp(): boolean {
    return !this.#closed && this.#line.isUp
  }

  start({ up, lost, heard }: LineHandlers): void {
    const unlessClosed =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A) => {
        if (!this.#closed) run(...args)
      }
    this.#line.open({ up: unlessClosed(up), lost: unlessClosed(lost), heard: unlessClosed(heard) })
  }

  /** Asks the tracker; undefined when no answer has come in time, or none will. */
  async ask(event: string, request: object): Promise<unknown> {
    if (!this.isUp) return undefined
    let cancel = () => {}
    const late = new Promise<undefined>((resolve) => {
      cancel = this.#time.after(ANSWER_WITHIN_MS, () => resolve(undefined))
    })
    const answer = await Promise.race([this.#line.ask(event, request), late])
    cancel()
    return this.#closed ? undefined : answer
  }

  tell(event: string, message: object): void {
    if (!this.#closed) this.#line.tell(event, message)
  }

  renew(): void {
    this.#line.renew()
  }

  close(): void {
    this.#closed = true
    this.#line.close()
  }
}
