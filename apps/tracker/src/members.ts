// Holds the peers of one swarm and draws random subsets of them. Knows nothing of messages or of other swarms.
import type { PeerId, SwarmId } from '@swarmdrop/core/signaling'

/** The name that the gateway gives to a connection. */
export type SocketId = string

/** One socket's place in one swarm. `seat` is its index in the swarm's list, and changes as others leave. */
export type Member = { readonly id: PeerId; readonly socket: SocketId; readonly swarm: Members; seat: number }

/** An id as it stands in a JSON list, with its comma: `"…22 characters…",`. */
const ENTRY_BYTES = 25
/** The seats that are made for a new swarm, and doubled when it is full. */
const FIRST_SEATS = 4

export class Members {
  readonly #seats: Member[] = []
  /**
   * The entries of all seats, side by side. Thirty ids from all over the memory, collected for each newcomer,
   * cost more than everything else that the tracker does for it.
   */
  #entries = Buffer.alloc(FIRST_SEATS * ENTRY_BYTES)

  constructor(readonly swarmId: SwarmId) {}

  get size(): number {
    return this.#seats.length
  }

  get ids(): PeerId[] {
    return this.#seats.map(({ id }) => id)
  }

  add(id: PeerId, socket: SocketId): Member {
    const member = { id, socket, swarm: this, seat: this.#seats.length }
    const at = member.seat * ENTRY_BYTES
    if (at === this.#entries.length) this.#entries = Buffer.concat([this.#entries], 2 * at)
    this.#entries.write(`"${id}",`, at, 'latin1')
    this.#seats.push(member)
    return member
  }

  /** The last member takes the free seat, so that leaving costs the same in every swarm. */
  remove(member: Member): void {
    const last = this.#seats.pop()
    if (last === undefined || last === member) return
    const from = last.seat * ENTRY_BYTES
    this.#entries.copyWithin(member.seat * ENTRY_BYTES, from, from + ENTRY_BYTES)
    last.seat = member.seat
    this.#seats[last.seat] = last
  }

  /**
   * The ids of up to `wants` other members, uniformly at random and in random order, as a JSON list. A Fisher-Yates
   * shuffle that stops after so many draws: the swarm's size does not matter.
   */
  sample(asker: Member, wants: number, random: () => number): string {
    const others = this.#seats.length - 1
    const count = Math.min(wants, others)
    if (count === 0) return '[]'
    const { places, swaps, list } = scratchFor(others, count)
    let end = 0
    for (let index = 0; index < count; index++) {
      const other = index + Math.floor(random() * (others - index))
      const place = places[other] as number
      places[other] = places[index] as number
      places[index] = place
      swaps[index] = other
      // Counting past the asker's own seat leaves it out without a second draw.
      const start = (place < asker.seat ? place : place + 1) * ENTRY_BYTES
      // So few bytes are copied faster than asked for.
      for (let at = start; at < start + ENTRY_BYTES; at++) list[end++] = this.#entries[at] as number
    }
    for (let index = 0; index < count; index++) {
      places[index] = index
      places[swaps[index] as number] = swaps[index] as number
    }
    return `[${list.toString('latin1', 0, end - 1)}]`
  }
}

/**
 * Room for drawing, one for all, as a draw waits for nothing. `places`: each at its own index, before and after a draw.
 */
const scratch = { places: new Uint32Array(0), swaps: new Uint32Array(0), list: Buffer.alloc(0) }

function scratchFor(places: number, draws: number): typeof scratch {
  if (scratch.places.length < places) scratch.places = Uint32Array.from({ length: 2 * places }, (_, place) => place)
  if (scratch.swaps.length < draws) {
    scratch.swaps = new Uint32Array(draws)
    scratch.list = Buffer.alloc(draws * ENTRY_BYTES)
  }
  return scratch
}
