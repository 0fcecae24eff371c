// The tracker's part: knows who is in the swarm, and hands out uniformly random subsets of them. Connects nobody.
import type { SimPeer } from './sim-peer'

const SUBSET = 30

export class Tracker {
  /** An array, to draw from. */
  private readonly present: SimPeer[] = []
  private readonly random: () => number

  constructor(random: () => number) {
    this.random = random
  }

  joined(peer: SimPeer): void {
    this.present.push(peer)
  }

  left(peer: SimPeer): void {
    this.present.splice(this.present.indexOf(peer), 1)
  }

  /** Others for `peer` to connect to. */
  subsetFor(peer: SimPeer): SimPeer[] {
    const pool = this.present.filter((other) => other !== peer)
    const size = Math.min(SUBSET, pool.length)
    for (let i = 0; i < size; i++) {
      const j = i + Math.floor(this.random() * (pool.length - i))
      const drawn = pool[j] as SimPeer
      pool[j] = pool[i] as SimPeer
      pool[i] = drawn
    }
    return pool.slice(0, size)
  }
}
