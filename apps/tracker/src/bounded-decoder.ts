// Reads socket.io's packets, and refuses those that would lie in memory until their binary part comes. Knows nothing of
// what is said. Nobody here sends anything binary: what can be refused in words still is, by the one that hears it.
import { Decoder } from 'socket.io-parser'

/**
 * The most that may wait for its attachments. It is parsed already: 80 KiB of brackets would be a MiB of lists for each
 * socket, for as long as it stays.
 */
const MAX_WAITING_CHARACTERS = 1_024
const BINARY = /^[56]/

export class BoundedDecoder extends Decoder {
  constructor() {
    super({ maxAttachments: 1 })
  }

  /** Throws where the packet breaks the protocol; socket.io then closes the connection. */
  override add(encoded: unknown): void {
    if (typeof encoded === 'string' && encoded.length > MAX_WAITING_CHARACTERS && BINARY.test(encoded))
      throw new Error('a packet with a binary part is too long')
    super.add(encoded)
  }
}
