// How what a socket says reaches what answers it, and the answer goes back: here by what socket.io offers to
// everybody. Knows nothing of what is said.
import type { Socket } from 'socket.io'
import { type Decoder, Encoder } from 'socket.io-parser'
import { BoundedDecoder } from './bounded-decoder'

export type PeerSocket = Pick<Socket, 'client' | 'conn' | 'onAny' | 'once'>

/** Takes JSON, at once or never. */
type Answer = (reply: string) => void

/** Hears an event whose content nobody has checked. `answer` is undefined where none is wanted. */
export type EventListener = (event: string, content: unknown, answer: Answer | undefined) => void

export type MessagePath = {
  /** The parser with which socket.io's server is to read and write packets. */
  parser: { Encoder: typeof Encoder; Decoder: typeof Decoder }
  listen(socket: PeerSocket, hear: EventListener): void
}

export const publicPath: MessagePath = {
  parser: { Encoder, Decoder: BoundedDecoder },
  listen(socket, hear) {
    socket.onAny((name: unknown, ...said: unknown[]) => {
      // Whatever somebody has sent: it may be a number.
      const event = String(name)
      // It stands last, and where nothing else was said, it stands where the content would.
      const acknowledge = said.at(-1)
      if (typeof acknowledge !== 'function') return hear(event, said[0], undefined)
      hear(event, said.length > 1 ? said[0] : undefined, (reply) => acknowledge(JSON.parse(reply)))
    })
  },
}
