// The number by which each participant of a class is known in every picture, from the lobby on. Knows no colour and no
// shape.

/** Marks by participant: `page-1`, `student-7`. */
export type KnownMarks = Record<string, number>

export class Marks {
  readonly #numbers: Map<string, number>

  /** `known`: from before a reload. */
  constructor(known: KnownMarks = {}) {
    this.#numbers = new Map(Object.entries(known))
  }

  /**
   * Gives marks. Participants that are here keep theirs, and newcomers take the lowest that is free. `areAll`: those
   * who are not here are gone for good.
   */
  settle(ids: readonly string[], areAll: boolean): void {
    if (areAll) for (const id of this.#numbers.keys()) if (!ids.includes(id)) this.#numbers.delete(id)
    const taken = new Set(this.#numbers.values())
    let next = 1
    for (const id of ids) {
      if (this.#numbers.has(id)) continue
      while (taken.has(next)) next++
      this.#numbers.set(id, next)
      taken.add(next)
    }
  }

  /** 0 for one who is not known. */
  of(id: string): number {
    return this.#numbers.get(id) ?? 0
  }

  get known(): KnownMarks {
    return Object.fromEntries(this.#numbers)
  }
}
