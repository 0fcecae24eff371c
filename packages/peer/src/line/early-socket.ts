// A WebSocket to the tracker that was opened before there was anybody to listen, taken over by socket.io as if it had
// opened it itself. Knows nothing of who opened it, nor of what is said on it.
import { WebSocket as WebSocketTransport } from 'socket.io-client'

/** The part of a browser's WebSocket that is used here. */
type Socket = {
  readonly url: string
  readonly readyState: number
  send(data: string | ArrayBuffer): void
  close(): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
}

/** `heard`: what it has said until now. Anyone who opened it has sent “40” as soon as it was open, and nothing else. */
export type EarlySocket = { socket: Socket; heard: readonly unknown[] }

/** The words by which socket.io asks to be let into the one namespace. */
const GREETING = '40'
const CONNECTING = 0
const OPEN = 1

/**
 * The WebSocket transport of one line. `early`: asked at each attempt; one that leads elsewhere or has ended is closed,
 * and another made.
 */
export const earlyWebSocket = (early: () => EarlySocket | undefined) =>
  class extends WebSocketTransport {
    override createSocket(uri: string, ...rest: [string | string[] | undefined, Record<string, unknown>]): unknown {
      const known = early()
      if (!known) return super.createSocket(uri, ...rest)
      const { socket, heard } = known
      const { readyState } = socket
      if (new URL(uri).href !== socket.url || readyState > OPEN) {
        socket.close()
        return super.createSocket(uri, ...rest)
      }
      // One that is still on its way is heard by us from its beginning.
      if (readyState !== CONNECTING) replay(socket, heard)
      return socket
    }
  }

/**
 * Hands on what was heard as soon as somebody listens. The greeting has been sent, and the answer may be here: it is
 * not sent twice.
 */
function replay(socket: Socket, heard: readonly unknown[]): void {
  const send = socket.send.bind(socket)
  socket.send = (data) => {
    socket.send = send
    if (data !== GREETING) send(data)
  }
  void Promise.resolve().then(() => {
    socket.onopen?.({} as never)
    for (const data of heard) socket.onmessage?.({ data } as never)
  })
}
