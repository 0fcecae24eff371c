// One peer that polls over HTTP: the poll that waits for an answer, and the answer that waits to be read. Knows nothing
// of what is said, nor of other sessions.
import type { ServerResponse } from 'node:http'
import type { Connection } from './connection'

/** An event that no peer waits for, as socket.io writes it. */
const YOUR_TURN = '2["your-turn"]'

export type PollingSessionOptions = {
  connection: Connection
  /** How long a poll may wait for an answer just now; undefined: until there is something to say. */
  waitMs: () => number | undefined
  /** Cuts the peer off. */
  end: (reason: string) => void
}

export class PollingSession {
  readonly #options: PollingSessionOptions
  /** The answer that is not read yet. At most one: each may be as long as all that a peer may leave unread. */
  #answer: ServerResponse | undefined
  #answering = () => {}
  #turn: NodeJS.Timeout | undefined

  constructor(options: PollingSessionOptions) {
    this.#options = options
    options.connection.on('flush', () => {
      clearTimeout(this.#turn)
      this.#answering()
    })
    options.connection.once('close', () => {
      clearTimeout(this.#turn)
      // A last word has been handed over by now. What waits still is read by nobody.
      if (this.unreadBytes() > 0) this.#answer?.destroy()
    })
  }

  /** The bytes of an answer that the operating system has not taken yet. */
  readonly unreadBytes = (): number => this.#answer?.writableLength ?? 0

  /**
   * A poll waits to be answered; `answering` is called when it is. False where the answer to the last one is not read
   * yet: who polls then wants many of them at once, and is cut off.
   */
  hold(response: ServerResponse, answering: () => void): boolean {
    const { connection, waitMs, end } = this.#options
    if (this.#answer) {
      end('polls on without reading')
      return false
    }
    this.#answer = response
    this.#answering = answering
    response.once('close', () => {
      this.#answer = undefined
    })
    const ms = waitMs()
    if (ms !== undefined) this.#turn = setTimeout(() => connection.send(YOUR_TURN), ms)
    return true
  }
}
