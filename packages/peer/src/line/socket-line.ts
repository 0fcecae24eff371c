// A line to the tracker over socket.io, in any JavaScript runtime. Knows nothing of what is said on it.
import { io, type Socket } from 'socket.io-client'
import type { Line, LineHandlers } from '../ports'
import type { Waiting } from '../time/timers'

/** An attempt that began without a network hangs, and the next one would only wait for it. */
const CONNECT_TIMEOUT_MS = 8_000
/** One whom the tracker has sent away comes back by itself too: socket.io does so only after other losses. */
const RETURN_MS = 2_000

type SocketLineOptions = { connectTimeoutMs?: number; path?: string; transports?: ('websocket' | 'polling')[] }

export class SocketLine implements Line {
  readonly #socket: Socket
  readonly #time: Waiting
  #stopReturning = () => {}
  #closed = false

  /**
   * `url`: where the tracker's page is, as `https://example.org/drop`. `path`: of its socket, where that is not beside the page.
   * `transports`: to try, in this order.
   */
  constructor(
    url: string,
    time: Waiting,
    { connectTimeoutMs = CONNECT_TIMEOUT_MS, path, transports = ['websocket'] }: SocketLineOptions = {},
  ) {
    this.#time = time
    // socket.io would take what follows the host for the name of a namespace.
    const [, origin = url, below = ''] = /^(\w+:\/\/[^/]+)(.*?)\/?$/.exec(url) ?? []
    this.#socket = io(origin, {
      transports,
      forceNew: true,
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 4_000,
      timeout: connectTimeoutMs,
      path: path ?? `${below}/socket.io/`,
    })
  }

  get isUp(): boolean {
    return this.#socket.connected
  }

  /** Begins to connect where somebody will open the line in a moment. */
  connect(): void {
    // One that is on its way would say its greeting twice, and the other side would take it for two.
    if (!this.#socket.active) this.#socket.connect()
  }

  open({ up, lost, heard }: LineHandlers): void {
    if (this.#closed) return
    this.#socket.on('connect', up)
    this.#socket.on('connect_error', () => this.#lost(lost))
    this.#socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') this.#returnSoon()
      this.#lost(lost)
    })
    this.#socket.onAny((event: string, payload: unknown) => heard(event, payload))
    if (this.#socket.connected) up()
    else this.connect()
  }

  ask(event: string, request: object): Promise<unknown> {
    if (!this.#socket.connected) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const gone = () => resolve(undefined)
      this.#socket.once('disconnect', gone)
      this.#socket.emit(event, request, (answer: unknown) => {
        this.#socket.off('disconnect', gone)
        resolve(answer)
      })
    })
  }

  tell(event: string, message: object): void {
    if (this.#socket.connected) this.#socket.emit(event, message)
  }

  renew(): void {
    this.#socket.io.engine?.close()
  }

  close(): void {
    this.#closed = true
    this.#stopReturning()
    this.#socket.offAny()
    this.#socket.off('connect')
    // Those who wait for an answer hear that none will come.
    this.#socket.disconnect()
  }

  #lost(tell: () => void): void {
    if (!this.#closed) tell()
  }

  #returnSoon(): void {
    this.#stopReturning()
    this.#stopReturning = this.#time.after(RETURN_MS, () => this.connect())
  }
}
