// The chunks read last, so that the blocks of one chunk cost one read. Knows nothing of where chunks come from.

export class ChunkCache {
  readonly #capacity: number
  readonly #load: (chunk: number) => Promise<Uint8Array>
  /** The least recently used first. */
  readonly #loads = new Map<number, Promise<Uint8Array>>()

  constructor(capacity: number, load: (chunk: number) => Promise<Uint8Array>) {
    this.#capacity = capacity
    this.#load = load
  }

  /**
   * `length` bytes from `offset` in the chunk, as they lie in the cache. Rejects as the load does; the next call tries
   * again.
   */
  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    return (await this.#chunk(chunk)).subarray(offset, offset + length)
  }

  /** The chunk is at hand: it need not be read. */
  put(chunk: number, bytes: Uint8Array): void {
    this.#remember(chunk, Promise.resolve(bytes))
  }

  #forget(chunk: number, load: Promise<Uint8Array>): void {
    if (this.#loads.get(chunk) === load) this.#loads.delete(chunk)
  }

  #chunk(chunk: number): Promise<Uint8Array> {
    const load = this.#loads.get(chunk) ?? this.#load(chunk)
    this.#remember(chunk, load)
    void load.catch(() => this.#forget(chunk, load))
    return load
  }

  #remember(chunk: number, load: Promise<Uint8Array>): void {
    this.#loads.delete(chunk)
    this.#loads.set(chunk, load)
    for (const oldest of this.#loads.keys()) {
      if (this.#loads.size <= this.#capacity) break
      this.#loads.delete(oldest)
    }
  }
}
