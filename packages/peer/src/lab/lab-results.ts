// The runs that were made here, as one session with a name, kept beyond this visit as far as there is room. Knows
// nothing of how they were run.
import type { TextMemory } from '../ports'
import { Snapshots } from '../snapshots'
import { type LabResult, MAX_NOTE_CHARACTERS, MAX_RESULTS, withNotesThatFit } from './results'
import { type LabSession, parseSession, sessionAsText, sessionName } from './session'

/** What somebody may say of a run. */
export type RunRemarks = { name: string; note: string; starred: boolean }

export class LabResults {
  readonly #memory: TextMemory
  readonly #snapshots: Snapshots<LabSession>

  constructor(memory: TextMemory) {
    this.#memory = memory
    this.#snapshots = new Snapshots(parseSession(memory.read() ?? '[]') ?? { name: '', results: [] })
  }

  get all(): readonly LabResult[] {
    return this.#snapshots.get().results
  }

  /** The name of the session; empty: it has none. */
  get name(): string {
    return this.#snapshots.get().name
  }

  subscribe(onChange: () => void): () => void {
    return this.#snapshots.subscribe(onChange)
  }

  add(...results: LabResult[]): void {
    this.#replace([...this.all, ...results.map(withNotesThatFit)])
  }

  /** Adds the results that are not here yet; returns how many. A session without a name gets the other's. */
  addSession({ name, results }: LabSession): number {
    const known = new Set(this.all.map(({ id }) => id))
    const added = results.filter(({ id }) => !known.has(id))
    this.#replace([...this.all, ...added], this.name || name)
    return added.length
  }

  rename(name: string): void {
    this.#replace(this.all, sessionName(name))
  }

  remark(id: string, { name, note, starred }: Partial<RunRemarks>): void {
    this.#replace(
      this.all.map((result) => {
        if (result.id !== id) return result
        const { experiment } = result
        return {
          ...result,
          ...(name?.trim() && { experiment: { ...experiment, name: name.trim().slice(0, MAX_NAME_CHARACTERS) } }),
          ...(note !== undefined && { note: note.trim().slice(0, MAX_NOTE_CHARACTERS) || undefined }),
          ...(starred !== undefined && { starred: starred || undefined }),
        }
      }),
    )
  }

  remove(id: string): void {
    this.#replace(this.all.filter((result) => result.id !== id))
  }

  clear(): void {
    this.#replace([], '')
  }

  /**
   * Keeps as many results as fit, the newest and those with a star; where nothing can be kept, for this visit alone.
   */
  #replace(all: readonly LabResult[], name = this.name): void {
    const results = all.length > MAX_RESULTS ? without(all, all.length - MAX_RESULTS) : [...all]
    let kept = results
    while ((kept.length > 0 || name !== '') && !this.#memory.write(sessionAsText({ name, results: kept }))) {
      if (kept.length === 0) break
      kept = smaller(kept)
    }
    if (kept.length === 0 && name === '') this.#memory.clear()
    this.#snapshots.change({ name, results: kept.length > 0 ? kept : results })
  }
}

/** The longest name that an experiment may have. */
const MAX_NAME_CHARACTERS = 200

/** The results without the oldest recordings; where there is none, without the oldest runs. */
function smaller(results: readonly LabResult[]): LabResult[] {
  const recorded = lessDear(results).filter(({ recording }) => recording !== undefined)
  if (recorded.length === 0) return results.length > 1 ? without(results, Math.ceil(results.length / 4)) : []
  const oldest = new Set(recorded.slice(0, Math.ceil(recorded.length / 4)))
  return results.map((result) => (oldest.has(result) ? { ...result, recording: undefined } : result))
}

function without(results: readonly LabResult[], count: number): LabResult[] {
  const gone = new Set(lessDear(results).slice(0, count))
  return results.filter((result) => !gone.has(result))
}

/** The results in the order in which they may go: the oldest first, those with a star last. */
const lessDear = (results: readonly LabResult[]): LabResult[] => [
  ...results.filter(({ starred }) => !starred),
  ...results.filter(({ starred }) => starred),
]
