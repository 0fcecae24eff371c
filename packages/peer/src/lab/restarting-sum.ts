// Adds up a count that may begin again at nothing: a peer's machine counts from its own start. Knows nothing of what is
// counted.

export class Sum {
  #before = 0
  #last = 0

  now(count: number): void {
    if (count < this.#last) this.#before += this.#last
    this.#last = count
  }

  get total(): number {
    return this.#before + this.#last
  }
}

/** The sum of this key; a new one where there is none. */
export function sumFor(sums: Map<string, Sum>, key: string): Sum {
  const sum = sums.get(key) ?? new Sum()
  sums.set(key, sum)
  return sum
}
