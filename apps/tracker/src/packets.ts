// Reads what peers say out of socket.io's packets. What they say most often goes straight to whoever answers it, and not through
// the library's events and middleware, which cost as much as the answer. Knows nothing of what is said.
import { Decoder } from 'socket.io-parser'

/** `id`: the digits under which the answer is to go back; empty where none is wanted. */
export type Hearer = (event: string, content: unknown, id: string) => void

const [TWO, ZERO, NINE, BRACKET] = [50, 48, 57, 91] as const
/** More are no number that a client counts to. */
const MAX_DIGITS = 15

/** What it does not know itself it leaves to the library's. */
export class EventDecoder extends Decoder {
  /** Undefined: all goes the library's way. */
  hearer: Hearer | undefined

  override add(encoded: unknown): void {
    if (!this.hearer || typeof encoded !== 'string') return super.add(encoded)
    const start = startOfEvent(encoded)
    const event = start === undefined ? undefined : parsed(encoded.slice(start))
    if (!event || typeof event[0] !== 'string') return super.add(encoded)
    this.hearer(event[0], event[1], encoded.slice(1, start))
  }
}

/** Where the list begins in `2`, perhaps a number, `["name",…]`: an event in the namespace that all are in. */
function startOfEvent(text: string): number | undefined {
  if (text.charCodeAt(0) !== TWO) return undefined
  let at = 1
  while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at++
  return at <= MAX_DIGITS && text.charCodeAt(at) === BRACKET ? at : undefined
}

function parsed(json: string): unknown[] | undefined {
  try {
    return JSON.parse(json) as unknown[]
  } catch {
    return undefined
  }
}
