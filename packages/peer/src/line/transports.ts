// By what a line to the tracker is tried next: a WebSocket, or polls over HTTP where nothing lets a WebSocket through.
// Knows no socket.

export type Transport = 'websocket' | 'polling'
/** The transports to try, in this order: the next one where the one before fails. */
export type LineAttempt = { transports: Transport[]; withinMs: number }

/**
 * A WebSocket that is not open by then is held up on its way, or the network is: the next attempt begins with a poll.
 */
const WEBSOCKET_WITHIN_MS = 4_000
/** An attempt that began without a network hangs, and the next one would only wait for it. */
const WITHIN_MS = 8_000
/**
 * How long the first try takes where a line has stood before, and twice as long each try that follows: it opens soon or
 * hangs, perhaps at one of several servers.
 */
const AGAIN_WITHIN_MS = 2_000
/**
 * So many failures come before polls where a WebSocket has stood before: rather the tracker or the network is away, and
 * polls would cost both more.
 */
const FAILURES_BEFORE_POLLS = 3

export class Transports {
  readonly #longestMs: number
  readonly #only: Transport | undefined
  #hasHadWebSocket = false
  #failures = 0
  #hasHungFirst: Transport | undefined

  /** `longestMs`: where no attempt may take longer than that. `only`: no other is tried. */
  constructor(longestMs = WITHIN_MS, only?: Transport) {
    this.#longestMs = longestMs
    this.#only = only
  }

  get next(): LineAttempt {
    const within = (ms: number) => Math.min(ms, this.#longestMs)
    if (this.#only) return { transports: [this.#only], withinMs: within(WITHIN_MS) }
    if (this.#hasHadWebSocket && this.#failures < FAILURES_BEFORE_POLLS)
      return { transports: ['websocket'], withinMs: within(AGAIN_WITHIN_MS * 2 ** this.#failures) }
    if (this.#hasHungFirst === 'websocket') return { transports: ['polling', 'websocket'], withinMs: within(WITHIN_MS) }
    return { transports: ['websocket', 'polling'], withinMs: within(WEBSOCKET_WITHIN_MS) }
  }

  /** `hung`: nothing had come of it in its time. */
  failed(hung: boolean): void {
    const [first] = this.next.transports
    this.#hasHungFirst = hung ? first : undefined
    this.#failures += 1
  }

  stands(transport: string): void {
    this.#hasHadWebSocket ||= transport === 'websocket'
    this.#hasHungFirst = undefined
    this.#failures = 0
  }
}
