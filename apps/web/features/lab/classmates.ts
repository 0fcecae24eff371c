// Who a student's neighbours are: name and mark, as the host tells them. Neighbours that have left stay known, as their
// chunks do.
import type { ChunkMap, NeighbourSnapshot } from '@swarmdrop/core'
import type { ParticipantSummary } from '@swarmdrop/peer/lab'
import { numberOfMark } from '../ui/people'

type Classmate = { name: string; number: number }

/** The server has no mark: in a map of chunks it is drawn as nobody of a class is. */
const SERVER_NUMBER = 40
const UNKNOWN: Classmate = { name: 'somebody', number: SERVER_NUMBER }

export class Classmates {
  readonly #byId = new Map<string, Classmate>()
  /** Classmates by the number that this page gives its neighbours. */
  readonly #byNeighbour = new Map<number, Classmate>()

  know(participants: readonly ParticipantSummary[], neighbours: readonly NeighbourSnapshot[]): void {
    for (const { ids, name, mark } of participants)
      for (const id of ids) this.#byId.set(id, { name, number: mark === 0 ? SERVER_NUMBER : numberOfMark(mark) })
    for (const { id, number } of neighbours) {
      const known = this.#byId.get(id)
      if (known) this.#byNeighbour.set(number, known)
    }
  }

  nameOf(id: string): string {
    return (this.#byId.get(id) ?? UNKNOWN).name
  }

  /** The number by which somebody is drawn everywhere. */
  numberOf(id: string): number {
    return (this.#byId.get(id) ?? UNKNOWN).number
  }

  /** The name that goes with a number of `drawn`. */
  nameOfNumber(number: number): string {
    return [...this.#byId.values()].find((one) => one.number === number)?.name ?? UNKNOWN.name
  }

  /** The same map, with everybody by the number of their mark. */
  drawn(map: ChunkMap): ChunkMap {
    const from = map.from.map((neighbour) =>
      neighbour === 0 ? 0 : (this.#byNeighbour.get(neighbour) ?? UNKNOWN).number,
    )
    return { ...map, from }
  }
}
