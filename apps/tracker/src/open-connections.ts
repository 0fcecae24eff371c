// Knows which connections are open, by address, and which one makes way where there are too many. Knows nothing of what
// they carry; time is an argument.

/** `waiting`: for a request, or for the rest of one; `answering`: an answer is on its way; `socket`: it stays. */
export type Phase = 'waiting' | 'answering' | 'socket'

export type OpenConnection = { readonly address: string; readonly phase: Phase; readonly sinceMs: number }

type Held = { -readonly [Key in keyof OpenConnection]: OpenConnection[Key] } & { end: () => void }

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

  /** Lets one more connection in; `end` is called when it must make way. Undefined: there is no room. */
  enter(address: string, phase: Phase, end: () => void, now: number): OpenConnection | undefined {
    const others = this.#addresses.get(address) ?? { waiting: new Set(), answering: new Set(), socket: new Set() }
    if (!this.#hasRoom(others, phase) && !this.#makeRoom(others, now)) return undefined
    if (!this.#hasRoom(others, phase)) return undefined
    const connection: Held = { address, phase, sinceMs: now, end }
    others[phase].add(connection)
    this.#addresses.set(address, others)
    this.#total += 1
    return connection
  }

  /** Moves a connection to another phase. It stays, whatever the bounds say. */
  become(connection: OpenConnection, phase: Phase, now: number): void {
    const others = this.#addresses.get(connection.address)
    if (!others?.[connection.phase].delete(connection as Held)) return
    Object.assign(connection, { phase, sinceMs: now })
    others[phase].add(connection as Held)
  }

  leave(connection: OpenConnection): void {
    const others = this.#addresses.get(connection.address)
    if (!others?.[connection.phase].delete(connection as Held)) return
    this.#total -= 1
    if (sizeOf(others) === 0) this.#addresses.delete(connection.address)
  }

  /** Ends every answer that has been on its way for longer than `ms`. */
  endAnswersOlderThan(ms: number, now: number): void {
    for (const { answering } of this.#addresses.values())
      for (const connection of answering) {
        if (now - connection.sinceMs < ms) break
        this.#end(connection)
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

  #end(connection: Held): true {
    this.leave(connection)
    connection.end()
    return true
  }
}

const sizeOf = ({ waiting, answering, socket }: OfAddress) => waiting.size + answering.size + socket.size
