// Hands what a connection brings on in pieces, so that anyone who ends or pauses it in between is not held up by the
// rest. Knows nothing of what is in them.
import type { Socket } from 'node:net'

/** A browser’s request is two pieces or three; of the shortest that there can be, a piece holds some twenty. */
const PIECE_BYTES = 512

/** Stops it; what was not handed on yet. */
export type StopFeeding = () => Buffer

/**
 * Stands before all who listen to `tcp` already. Of Node's own HTTP, too: left to itself it makes a request of
 * everything that came in one read, up to 64 KiB of them, also after the connection was ended by the first.
 */
export function feedInPieces(tcp: Socket): StopFeeding {
  const listeners = tcp.listeners('data')
  let rest: Buffer = Buffer.alloc(0)
  let isStopped = false

  const feed = (bytes: Buffer) => {
    rest = bytes
    while (rest.length > 0 && !tcp.destroyed && !isStopped) {
      if (tcp.isPaused()) {
        tcp.unshift(rest)
        break
      }
      const piece = rest.subarray(0, PIECE_BYTES)
      rest = rest.subarray(PIECE_BYTES)
      for (const listener of listeners) listener.call(tcp, piece)
    }
    if (!isStopped) rest = Buffer.alloc(0)
  }
  // A later Node may read by other ways: then it is left to it.
  if (listeners.length > 0) {
    tcp.removeAllListeners('data')
    tcp.on('data', feed)
  }
  return () => {
    isStopped = true
    tcp.removeListener('data', feed)
    return rest
  }
}
