// A value that changes, and those who want to know of it. Knows nothing of what it is.

/** What React, a terminal or a test reads a peer by: plain data, a new object at each change. */
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
    this.#current = { ...this.#current, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}
