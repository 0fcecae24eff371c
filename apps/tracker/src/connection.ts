// What lies under a socket.io socket: its WebSocket, how much of what was sent waits there, and its end.
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'socket.io'

export type Connection = Socket['conn']

type WebSocket = {
  readonly bufferedAmount: number
  terminate(): void
  once(event: 'close', listener: () => void): void
}

// engine.io keeps it on the request that opened it; with no other transport allowed there always is one.
const webSocketOf = (connection: Connection) =>
  (connection.request as IncomingMessage & { websocket: WebSocket }).websocket

/** Calls `onExcess` when more than `maxBytes` wait in this process for the other side to read. */
export function watchUnread(connection: Connection, maxBytes: number, onExcess: () => void): void {
  // engine.io queues what the WebSocket has not taken yet; summing its queue on every packet would cost its length.
  let queuedBytes = 0
  connection.on('packetCreate', ({ data }: { data?: string | Buffer }) => {
    queuedBytes += data?.length ?? 0
    if (queuedBytes + webSocketOf(connection).bufferedAmount > maxBytes) onExcess()
  })
  connection.on('flush', () => {
    queuedBytes = 0
  })
}

/** Calls `onClosed` when the WebSocket holds nothing any more: up to 30 s after engine.io has taken leave of it. */
export function whenClosed(connection: Connection, onClosed: () => void): void {
  webSocketOf(connection).once('close', onClosed)
}

/** Ends the connection at once: a polite close would wait for what the other side does not read. */
export function cutOff(connection: Connection): void {
  webSocketOf(connection).terminate()
}
