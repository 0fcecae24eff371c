// The short cut for messages: past socket.io's events, which cost as much as an answer, and past the queues of
// engine.io and ws. The only file that reaches into what these libraries keep to themselves. Knows nothing of what is
// said.
import { Encoder } from 'socket.io-parser'
import { BoundedDecoder } from './bounded-decoder'
import { type Connection, isWebSocket } from './connection'
import { type MessagePath, type PeerSocket, publicPath } from './message-path'
import { type EventPacket, readEvent } from './packets'
import { textFrame } from './text-frame'

/**
 * Peers see no difference from the public path, which takes what the short cut leaves, and everything of a socket that
 * lacks a part; `onMissing` is told which, for each such socket. But for one: what comes in one piece with a packet
 * that breaks the protocol is answered before the connection ends; socket.io answers a tick later, and so not at all.
 */
export const fastPath = (onMissing: (part: string) => void): MessagePath => ({
  parser: { Encoder, Decoder: EventDecoder },
  listen(socket, hear) {
    publicPath.listen(socket, hear)
    // Who polls has no frames.
    if (!isWebSocket(socket.conn)) return
    const inside = insideOf(socket)
    if (typeof inside === 'string') return onMissing(inside)
    const { decoder, connection } = inside
    decoder.hear = ({ event, content, id }) =>
      hear(event, content, id === '' ? undefined : (reply) => send(connection, `3${id}[${reply}]`))
    // Who speaks after that is the library's to refuse.
    socket.once('disconnect', () => {
      decoder.hear = undefined
    })
  },
})

/** The decoder of socket.io's `Client`. It hands an event to `hear` at once, and all else to the library. */
class EventDecoder extends BoundedDecoder {
  hear: ((packet: EventPacket) => void) | undefined
  /**
   * The library has a packet that waits for its binary part, or for the next tick: what follows must not overtake it.
   */
  #busy = false

  constructor() {
    super()
    this.on('decoded', () =>
      process.nextTick(() => {
        this.#busy = false
      }),
    )
  }

  override add(encoded: unknown): void {
    const free = this.hear && !this.#busy && typeof encoded === 'string'
    const packet = free ? readEvent(encoded) : undefined
    if (packet) return this.hear?.(packet)
    this.#busy = true
    super.add(encoded)
  }
}

type Inside = { decoder: EventDecoder; connection: Connection }

/** The private parts that are needed, or the name of one that is not there. */
function insideOf({ client, conn }: PeerSocket): Inside | string {
  const decoder = (client as unknown as { decoder?: unknown } | undefined)?.decoder
  if (!(decoder instanceof EventDecoder)) return 'client.decoder'
  if (!Array.isArray(queueOf(conn))) return 'conn.writeBuffer'
  return { decoder, connection: conn }
}

/** The packets that engine.io holds back while the WebSocket is busy. */
const queueOf = (connection: Connection) => (connection as unknown as { writeBuffer?: unknown[] }).writeBuffer

/**
 * Sends a text as one finished frame, straight to the operating system: the queues between are for what is compressed
 * or sent in pieces, and nothing here is. Where something waits in them already, or the connection is at its end,
 * engine.io decides.
 */
function send(connection: Connection, text: string): void {
  const tcp = connection.request.socket
  const isIdle = connection.readyState === 'open' && queueOf(connection)?.length === 0 && tcp.writable
  if (isIdle) tcp.write(textFrame(`4${text}`))
  else connection.write(text)
}
