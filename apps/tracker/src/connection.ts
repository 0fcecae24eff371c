// What lies under a socket.io socket: how much of what was sent waits there to be read, and its end. Knows nothing of
// what is sent.
import type { Socket } from 'socket.io'

export type Connection = Socket['conn']

/** Whether a connection is a WebSocket; else its peer polls over HTTP. No connection changes from one to the other. */
export const isWebSocket = (connection: Connection): boolean => connection.transport.name === 'websocket'

/** Node's own and public: a WebSocket lives on the TCP connection of the request that opened it. Polls come on any. */
const tcpOf = (connection: Connection) => (isWebSocket(connection) ? connection.request.socket : undefined)

/** Bytes that wait in this process for the other side to read. */
export type Unread = () => number

/**
 * Calls `onExcess` when more than `maxBytes` wait; what it returns tells how many do now. `onTheWay`: of a peer that
 * polls, what it has been answered and not read.
 */
export function watchUnread(
  connection: Connection,
  maxBytes: number,
  onExcess: () => void,
  onTheWay: Unread = () => tcpOf(connection)?.writableLength ?? 0,
): Unread {
  // engine.io queues what cannot be sent yet; summing its queue on every packet would cost its length.
  let queuedBytes = 0
  const unread = () => queuedBytes + onTheWay()
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
  const tcp = tcpOf(connection)
  if (tcp) tcp.destroy()
  else connection.close(true)
}
