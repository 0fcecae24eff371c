// Reads events out of the text of socket.io's packets. Knows nothing of connections, nor of what is said.
import { isPacketValid, PacketType } from 'socket.io-parser'

/** `id`: the digits under which the answer is to go back; empty where none is wanted. */
export type EventPacket = { event: string; content: unknown; id: string }

const [TWO, ZERO, NINE, BRACKET] = [50, 48, 57, 91] as const
/** The most digits: no client counts so far. */
const MAX_DIGITS = 14

/** An event in the namespace that all are in. Undefined: something else, and the library knows what. */
export function readEvent(encoded: string): EventPacket | undefined {
  const start = startOfEvent(encoded)
  const data = start === undefined ? undefined : parsed(encoded.slice(start))
  // Some names, such as `disconnect`, are the library's own.
  if (!isPacketValid({ type: PacketType.EVENT, nsp: '/', data })) return undefined
  const [event, content] = data as unknown[]
  return typeof event === 'string' ? { event, content, id: encoded.slice(1, start) } : undefined
}

/**
 * Where the list of an event packet begins: behind `2` and perhaps a number, at `["name",…]`. Undefined for any other
 * packet.
 */
function startOfEvent(text: string): number | undefined {
  if (text.charCodeAt(0) !== TWO) return undefined
  let at = 1
  while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at++
  const digits = at - 1
  // The library answers 07 as 7.
  if (digits > MAX_DIGITS || (digits > 1 && text.charCodeAt(1) === ZERO)) return undefined
  return text.charCodeAt(at) === BRACKET ? at : undefined
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
