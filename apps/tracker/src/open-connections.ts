// Knows which connections are open, by address, and which one makes way where there are too many. Knows nothing of what
// they carry; time is an argument.

/** `waiting`: for a request, or for the rest of one; `answering`: an answer is on its way; `socket`: it stays. */
export type Phase = 'waiting' | 'answering' | 'socket'

export type Place = { readonly address: string; readonly phase: Phase; readonly sinceMs: number }

type Held = { -readonly [Key in keyof Place]: Place[Key] } & { end: () => void }

export type ConnectionBounds = {
  /** The most connections of one address, and of all together. */
  connectionsPerAddress: number
  connections: number
  /** The most requests of one address, without sockets. */
  requestsPerAddress: number
  /** An answer that has been on its way for longer makes way for others. */
  stalledMs: number
}

type OfAddress = Record<Phase, Set<Held>>

export class OpenConnections {
  readonly #bounds: ConnectionBounds
  readonly #addresses = new Map<string, OfAddress>()
  #total = 0

  constructor(bounds: ConnectionBounds) {
    this.#bounds = bounds
  }

  get size(): number {
    return this.#total
  }

  /** A place for one more; `end` is called when it must make way. Undefined: there is none. */
  enter(address: string, phase: Phase, end: () => void, now: number): Place | undefined {
    const others = this.#addresses.get(address) ?? { waiting: new Set(), answering: new Set(), socket: new Set() }
    if (!this.#hasRoom(others, phase) && !this.#makeRoom(others, now)) return undefined
    if (!this.#hasRoom(others, phase)) return undefined
    const place: Held = { address, phase, sinceMs: now, end }
    others[phase].add(place)
    this.#addresses.set(address, others)
    this.#total += 1
    return place
  }

  /** Moves a connection to another phase. It keeps its place, whatever the bounds say. */
  become(place: Place, phase: Phase, now: number): void {
    const others = this.#addresses.get(place.address)
    if (!others?.[place.phase].delete(place as Held)) return
    Object.assign(place, { phase, sinceMs: now })
    others[phase].add(place as Held)
  }

  leave(place: Place): void {
    const others = this.#addresses.get(place.address)
    if (!others?.[place.phase].delete(place as Held)) return
    this.#total -= 1
    if (sizeOf(others) === 0) this.#addresses.delete(place.address)
  }

  /** Ends every answer that has been on its way for longer than `ms`. */
  endAnswersOlderThan(ms: number, now: number): void {
    for (const { answering } of this.#addresses.values())
      for (const place of answering) {
        if (now - place.sinceMs < ms) break
        this.#end(place)
      }
  }

  #hasRoom(others: OfAddress, phase: Phase): boolean {
    const { connections, connectionsPerAddress, requestsPerAddress } = this.#bounds
    if (this.#total >= connections || sizeOf(others) >= connectionsPerAddress) return false
    return phase === 'socket' || others.waiting.size + others.answering.size < requestsPerAddress
  }

  /**
   * Ends the connection that has waited longest: a whole request is answered within milliseconds. Sets are in order of
   * `sinceMs`.
   */
  #makeRoom({ waiting, answering }: OfAddress, now: number): boolean {
    const [longest] = waiting
    const [slowest] = answering
    if (longest) return this.#end(longest)
    if (slowest && now - slowest.sinceMs >= this.#bounds.stalledMs) return this.#end(slowest)
    return false
  }

  #end(place: Held): true {
    this.leave(place)
    place.end()
    return true
  }
}

const sizeOf = ({ waiting, answering, socket }: OfAddress) => waiting.size + answering.size + socket.size
