// Counts the open connections of each address and says when there are too many. Knows nothing of what they carry.
export class ConnectionCount {
  readonly #open = new Map<string, number>()
  #total = 0

  constructor(
    readonly maxPerAddress: number,
    readonly maxTotal: number,
  ) {}

  hasRoomFor(address: string): boolean {
    return this.#total < this.maxTotal && (this.#open.get(address) ?? 0) < this.maxPerAddress
  }

  opened(address: string): void {
    this.#total += 1
    this.#open.set(address, (this.#open.get(address) ?? 0) + 1)
  }

  closed(address: string): void {
    this.#total -= 1
    const left = (this.#open.get(address) ?? 0) - 1
    if (left > 0) this.#open.set(address, left)
    else this.#open.delete(address)
  }
}
