// Holds the peers of one swarm and draws random subsets of them. Knows nothing of messages or of other swarms.
import type { PeerId, SwarmId } from '@swarmdrop/core'

/** The name that the gateway gives to a connection. */
export type SocketId = string

/** One socket's place in one swarm. `seat` is its index in the swarm's list, and changes as others leave. */
export type Member = { readonly id: PeerId; readonly socket: SocketId; readonly swarm: Members; seat: number }

export class Members {
  readonly #seats: Member[] = []

  constructor(readonly swarmId: SwarmId) {}

  get size(): number {
    return this.#seats.length
  }

  add(id: PeerId, socket: SocketId): Member {
    const member = { id, socket, swarm: this, seat: this.#seats.length }
    this.#seats.push(member)
    return member
  }

  /** The last member takes the free seat, so that leaving costs the same in every swarm. */
  remove(member: Member): void {
    const last = this.#seats.pop()
    if (last === undefined || last === member) return
    last.seat = member.seat
    this.#seats[last.seat] = last
  }

  /**
   * Up to `wants` other members, uniformly at random and in random order. A Fisher-Yates shuffle that stops after `wants`
   * draws and remembers only what it moved: the swarm's size does not matter, and the list stays as it is.
   */
  sample(asker: Member, wants: number, random: () => number): PeerId[] {
    const others = this.#seats.length - 1
    const count = Math.min(wants, others)
    const moved = new Map<number, number>()
    const drawn: PeerId[] = []
    for (let i = 0; i < count; i++) {
      const j = i + Math.floor(random() * (others - i))
      const place = moved.get(j) ?? j
      moved.set(j, moved.get(i) ?? i)
      // Counting past the asker's own seat leaves it out without a second draw.
      const member = this.#seats[place < asker.seat ? place : place + 1]
      if (member) drawn.push(member.id)
    }
    return drawn
  }
}
