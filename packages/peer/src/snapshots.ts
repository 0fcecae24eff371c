// A value that changes, and those who want to know of it. Knows nothing of what it is.

/** Plain data by which React, a terminal or a test sees a peer: a new object at each change. */
export class Snapshots<T extends object> {
  readonly #listeners = new Set<() => void>()
  #current: T

  constructor(first: T) {
    this.#current = first
  }

  get(): T {
    return this.#current
  }

  /** Gives the way to stop it. */
  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  change(change: Partial<T>): void {
    this.replace({ ...this.#current, ...change })
  }

  /** Takes another snapshot; what is absent in it is gone. */
  replace(next: T): void {
    this.#current = next
    for (const listener of [...this.#listeners]) listener()
  }
}
