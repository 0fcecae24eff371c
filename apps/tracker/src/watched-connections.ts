// What the gateway keeps of each connection below a socket: where it comes from, what its frames have cost, what it
// leaves unread, and whether it is cut off. Knows nothing of messages.
import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import { type Connection, cutOff, isWebSocket, type Unread, watchUnread } from './connection'
import { frameCost, type Limits } from './limits'
import type { PollingSessions } from './polling'
import { TokenBucket } from './rate-limit'

export const UNREAD = 'does not read what it is sent'

export type WatchedConnectionsOptions = {
  limits: Limits
  polling: PollingSessions
  log: Logger
  addressOf: (request: IncomingMessage) => string
  now: () => number
}

type Watched = { address: string; frames: TokenBucket; unread: Unread }

export class WatchedConnections {
  readonly #options: WatchedConnectionsOptions
  readonly #watched = new WeakMap<Connection, Watched>()
  readonly #cutOff = new WeakSet<Connection>()

  constructor(options: WatchedConnectionsOptions) {
    this.#options = options
  }

  /** Watches a connection from its beginning. */
  watch(connection: Connection): void {
    const { limits, polling, addressOf, now } = this.#options
    // Once its first request is over, a connection that polls has none to read its address from.
    const address = addressOf(connection.request)
    // Frames that never become a message (pongs, handshakes for other namespaces) cost work too.
    const frames = new TokenBucket(
      { capacity: limits.socket.capacity * 2, perSecond: limits.socket.perSecond * 2 },
      now(),
    )
    connection.on('packet', ({ data }: { data?: string | Buffer }) => {
      if (!frames.take(frameCost(data?.length ?? 0), now())) this.cut(connection, 'sends too many frames')
    })
    const session = isWebSocket(connection)
      ? undefined
      : polling.open(connection, address, (reason) => this.cut(connection, reason))
    const isTooMuch = () => this.cut(connection, UNREAD)
    const unread = watchUnread(connection, limits.unreadBytes, isTooMuch, session?.unreadBytes)
    this.#watched.set(connection, { address, frames, unread })
    if (!session && !isWebSocket(connection)) this.cut(connection, 'too many from one address, or in all')
  }

  addressOf(connection: Connection): string {
    return this.#watched.get(connection)?.address ?? this.#options.addressOf(connection.request)
  }

  unreadBy(connection: Connection | undefined): number {
    return (connection && this.#watched.get(connection)?.unread()) ?? 0
  }

  /** What a frame of its cost is paid for otherwise. */
  giveBack(connection: Connection, cost: number): void {
    this.#watched.get(connection)?.frames.giveBack(cost)
  }

  /** Ends a connection at once. */
  cut(connection: Connection, reason: string): void {
    if (this.#cutOff.has(connection)) return
    this.#cutOff.add(connection)
    this.#options.log.info({ reason }, 'cut off a socket')
    cutOff(connection)
  }

  isCutOff(connection: Connection): boolean {
    return this.#cutOff.has(connection)
  }
}
