// What lies under a socket.io socket: how much of what was sent waits there to be read, and its end. Knows nothing of what
// is sent.
import type { Socket } from 'socket.io'

export type Connection = Socket['conn']

// With no other transport allowed, a connection lives on the socket of the request that opened it: Node's own, and public.
const tcpOf = (connection: Connection) => connection.request.socket

/** What the operating system has not taken yet. What engine.io holds back is not in it. */
export const unreadBytes = (connection: Connection): number => tcpOf(connection).writableLength

/** Calls `onExcess` when more than `maxBytes` wait in this process for the other side to read. */
export function watchUnread(connection: Connection, maxBytes: number, onExcess: () => void): void {
  // engine.io queues what the WebSocket has not taken yet; summing its queue on every packet would cost its length.
  let queuedBytes = 0
  connection.on('packetCreate', ({ data }: { data?: string | Buffer }) => {
    queuedBytes += data?.length ?? 0
    if (queuedBytes + unreadBytes(connection) > maxBytes) onExcess()
  })
  connection.on('flush', () => {
    queuedBytes = 0
  })
}

/** Calls `onClosed` when nothing is held for it any more: up to 30 s after engine.io has taken leave of it. */
export function whenClosed(connection: Connection, onClosed: () => void): void {
  tcpOf(connection).once('close', onClosed)
}

/** Ends the connection at once: a polite close would wait for what the other side does not read. */
export function cutOff(connection: Connection): void {
  tcpOf(connection).destroy()
}
