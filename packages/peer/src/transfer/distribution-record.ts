// Keeps the picture of a distribution that is over: people close their tabs then, and it would fall apart with each
// that goes. Knows nothing of how the picture comes about.
import type { Distribution } from './snapshot'

/** The last reports come within a second or two of the end. */
const SETTLE_MS = 5_000

export class DistributionRecord {
  #finished: Distribution | undefined
  #finishedAt = 0

  /** The picture to show: the present one, or the finished one until somebody new begins. */
  update(present: Distribution, now: number): Distribution {
    const finished = this.#finished
    if (finished && !hasBegunAnew(present, finished)) {
      if (now - this.#finishedAt >= SETTLE_MS || hasLost(present, finished)) return finished
    } else this.#finishedAt = now
    this.#finished = present.phase === 'done' ? present : undefined
    return present
  }
}

const numbers = ({ people }: Distribution) => new Set(people.map(({ number }) => number))

function hasBegunAnew(present: Distribution, finished: Distribution): boolean {
  const known = numbers(finished)
  return (
    present.phase === 'running' ||
    present.people.some(({ number, role }) => role === 'downloader' && !known.has(number))
  )
}

function hasLost(present: Distribution, finished: Distribution): boolean {
  const here = numbers(present)
  return finished.people.some(({ number }) => !here.has(number))
}
