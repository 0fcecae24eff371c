// What lies under a socket.io socket: how much of what was sent waits there to be read, and its end. Knows nothing of what
// is sent.
import type { Socket } from 'socket.io'

export type Connection = Socket['conn']

// With no other transport allowed, a connection lives on the socket of the request that opened it: Node's own, and public.
const tcpOf = (connection: Connection) => connection.request.socket

/** Bytes that wait in this process for the other side to read. */
export type Unread = () => number

/** Calls `onExcess` when more than `maxBytes` wait; what it returns tells how many do now. */
export function watchUnread(connection: Connection, maxBytes: number, onExcess: () => void): Unread {
  const tcp = tcpOf(connection)
  // engine.io queues what the WebSocket has not taken yet; summing its queue on every packet would cost its length.
  let queuedBytes = 0
  const unread = () => queuedBytes + tcp.writableLength
  connection.on('packetCreate', ({ data }: { data?: string | Buffer }) => {
    queuedBytes += data?.length ?? 0
    if (unread() > maxBytes) onExcess()
  })
  connection.on('flush', () => {
    queuedBytes = 0
  })
  return unread
}

/** Ends the connection at once: a polite close would wait for what the other side does not read. */
export function cutOff(connection: Connection): void {
  tcpOf(connection).destroy()
}
