// A line to the tracker over socket.io, in any JavaScript runtime: by a WebSocket, or by polls where those are blocked.
// Knows nothing of what is said on it.
import { io, type Socket, XHR } from 'socket.io-client'
import type { Line, LineHandlers } from '../ports'
import type { Waiting } from '../time/timers'
import { type EarlySocket, earlyWebSocket } from './early-socket'
import { type Transport, Transports } from './transports'

/**
 * The wait before the line is made again when the tracker has closed it: socket.io itself does so only after other
 * losses.
 */
const RETURN_MS = 2_000

/**
 * `path`: of the tracker's socket, where that is not next to its page. `only`: no other transport is tried. `early`: of
 * a browser, a WebSocket that was opened before; asked at each attempt to open one.
 */
type SocketLineOptions = {
  connectTimeoutMs?: number
  path?: string
  only?: Transport
  early?: () => EarlySocket | undefined
}

export class SocketLine implements Line {
  readonly #socket: Socket
  readonly #time: Waiting
  readonly #transports: Transports
  /** Absent: socket.io's own. */
  readonly #implementations: Record<Transport, typeof XHR | ReturnType<typeof earlyWebSocket>> | undefined
  #stopReturning = () => {}
  #closed = false

  /** `url`: where the tracker's page is, as `https://example.org/drop`. */
  constructor(url: string, time: Waiting, { connectTimeoutMs, path, only, early }: SocketLineOptions = {}) {
    this.#time = time
    this.#transports = new Transports(connectTimeoutMs, only)
    this.#implementations = early && { websocket: earlyWebSocket(early), polling: XHR }
    // socket.io would take what follows the host for the name of a namespace.
    const [, origin = url, below = ''] = /^(\w+:\/\/[^/]+)(.*?)\/?$/.exec(url) ?? []
    this.#socket = io(origin, {
      path: path ?? `${below}/socket.io/`,
      // What fails is followed by the next of its transports at once; what hangs, by another attempt.
      tryAllTransports: true,
      upgrade: false,
      forceNew: true,
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 4_000,
    })
    this.#prepareAttempt()
    this.#socket.io.on('open', () => {
      this.#transports.stands(this.#socket.io.engine.transport.name)
      this.#prepareAttempt()
    })
    this.#socket.io.on('error', ({ message }) => {
      this.#transports.failed(message === 'timeout')
      this.#prepareAttempt()
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

  /** socket.io reads both when it begins. */
  #prepareAttempt(): void {
    const { transports, withinMs } = this.#transports.next
    const known = this.#implementations
    this.#socket.io.opts.transports = known ? transports.map((name) => known[name]) : transports
    this.#socket.io.timeout(withinMs)
  }

  #lost(tell: () => void): void {
    if (!this.#closed) tell()
  }

  #returnSoon(): void {
    this.#stopReturning()
    this.#stopReturning = this.#time.after(RETURN_MS, () => this.connect())
  }
}
