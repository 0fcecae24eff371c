// The list of runs that were made here, kept beyond this visit as far as there is room. Knows nothing of how they were run.
import type { TextMemory } from '../ports'
import { Snapshots } from '../snapshots'
import { type LabResult, MAX_RESULTS, parseResults } from './results'

export class LabResults {
  readonly #memory: TextMemory
  readonly #snapshots: Snapshots<{ all: readonly LabResult[] }>

  constructor(memory: TextMemory) {
    this.#memory = memory
    this.#snapshots = new Snapshots({ all: parseResults(memory.read() ?? '[]') ?? [] })
  }

  get all(): readonly LabResult[] {
    return this.#snapshots.get().all
  }

  subscribe(onChange: () => void): () => void {
    return this.#snapshots.subscribe(onChange)
  }

  add(...results: LabResult[]): void {
    this.#replace([...this.all, ...results])
  }

  clear(): void {
    this.#replace([])
  }

  /** The newest, as many as fit; where nothing can be kept, for this visit alone. */
  #replace(results: readonly LabResult[]): void {
    const newest = results.slice(-MAX_RESULTS)
    let kept = newest
    while (kept.length > 0 && !this.#memory.write(JSON.stringify(kept))) kept = smaller(kept)
    if (kept.length === 0) this.#memory.clear()
    this.#snapshots.change({ all: kept.length > 0 ? kept : newest })
  }
}

/** Without the oldest recordings; where there is none, without the oldest runs. */
function smaller(results: readonly LabResult[]): LabResult[] {
  const recorded = results.filter(({ recording }) => recording !== undefined)
  if (recorded.length > 0) {
    const oldest = new Set(recorded.slice(0, Math.ceil(recorded.length / 4)))
    return results.map((result) => (oldest.has(result) ? { ...result, recording: undefined } : result))
  }
  return results.length > 1 ? results.slice(Math.ceil(results.length / 4)) : []
}
