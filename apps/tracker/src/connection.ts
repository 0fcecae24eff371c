// What lies under a socket.io socket: its WebSocket, how much of what was sent waits there, and its end.
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'socket.io'

export type Connection = Socket['conn']

type WebSocket = {
  readonly bufferedAmount: number
  readonly readyState: number
  terminate(): void
  once(event: 'close', listener: () => void): void
}

// engine.io keeps it on the request that opened it; with no other transport allowed there always is one.
const webSocketOf = (connection: Connection) =>
  (connection.request as IncomingMessage & { websocket: WebSocket }).websocket

/** Of `WebSocket.readyState`. */
const OPEN = 1

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

/**
 * Sends an engine.io message as one finished frame, and gives the bytes that now wait for the other side to read. It goes past the
 * queues of engine.io and ws, which are for what is compressed or sent in pieces: nothing here is. Behind a full connection it may
 * overtake what waits in them.
 */
export function sendNow(connection: Connection, text: string): number {
  const webSocket = webSocketOf(connection)
  if (webSocket.readyState === OPEN) connection.request.socket.write(textFrame(`4${text}`))
  return webSocket.bufferedAmount
}

/** RFC 6455, section 5.2: final, text, unmasked, and the length in one, three or nine bytes. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = 0x81
  frame[1] = start === 2 ? length : start === 4 ? 126 : 127
  if (start === 4) {
    frame[2] = length >> 8
    frame[3] = length & 0xff
  } else if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, start)
  return frame
}
