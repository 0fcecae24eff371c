// The number by which each member of a class is known in every picture, from the lobby on. Knows no colour and no
// shape.

/** Marks by member: `page-1`, `student-7`. */
export type KnownMarks = Record<string, number>

export class Marks {
  readonly #numbers: Map<string, number>

  /** `known`: from before a reload. */
  constructor(known: KnownMarks = {}) {
    this.#numbers = new Map(Object.entries(known))
  }

  /**
   * Gives marks. Members that are here keep theirs, and newcomers take the lowest that is free. `areAll`: whoever is
   * not here is gone for good.
   */
  settle(members: readonly string[], areAll: boolean): void {
    if (areAll) for (const member of this.#numbers.keys()) if (!members.includes(member)) this.#numbers.delete(member)
    const taken = new Set(this.#numbers.values())
    let next = 1
    for (const member of members) {
      if (this.#numbers.has(member)) continue
      while (taken.has(next)) next++
      this.#numbers.set(member, next)
      taken.add(next)
    }
  }

  /** 0 for one who is not known. */
  of(member: string): number {
    return this.#numbers.get(member) ?? 0
  }

  get known(): KnownMarks {
    return Object.fromEntries(this.#numbers)
  }
}
