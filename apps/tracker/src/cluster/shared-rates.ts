// Lets nodes bound an address together: each counts by itself, at once, and tells the others twice a second what it has
// let through. So an address has on all nodes what it would have on one, but for that half second. Knows nothing of
// what is counted.
import type { KeyedBuckets } from '../rate-limit'
import type { Cluster } from './cluster'

const TELL_EVERY_MS = 500
/** The least part of a bucket that is told: less is told later, with more. */
const WORTH_TELLING = 1 / 256
/** The most rates that are told at once; those behind these have spent little. */
const MOST_TOLD = 2_000

type Spent = { name: string; spent: [key: string, cost: number][] }

export class SharedRates {
  readonly #cluster: Cluster
  readonly #shared = new Map<string, KeyedBuckets>()
  readonly #spent = new Map<string, Map<string, number>>()
  readonly #timer: NodeJS.Timeout

  constructor(cluster: Cluster, now: () => number) {
    this.#cluster = cluster
    cluster.bus.on('spent', ({ name, spent }: Spent) => {
      // A cost that is no number would let all through.
      for (const [key, cost] of spent) if (cost > 0) this.#shared.get(name)?.charge(key, cost, now())
    })
    this.#timer = setInterval(() => this.#tell(), TELL_EVERY_MS).unref()
  }

  share(name: string, buckets: KeyedBuckets): void {
    const spent = new Map<string, number>()
    this.#shared.set(name, buckets)
    this.#spent.set(name, spent)
    buckets.taken = (key, cost) => {
      if (spent.size < buckets.maxKeys) spent.set(key, (spent.get(key) ?? 0) + cost)
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #tell(): void {
    for (const [name, all] of this.#spent) {
      const least = (this.#shared.get(name)?.rate.capacity ?? 0) * WORTH_TELLING
      const told = [...all].filter(([, cost]) => cost >= least)
      for (const [key] of told) all.delete(key)
      const spent: Spent = { name, spent: told.sort(([, a], [, b]) => b - a).slice(0, MOST_TOLD) }
      if (told.length > 0) for (const node of this.#cluster.others) this.#cluster.bus.tell(node, 'spent', spent)
    }
  }
}
