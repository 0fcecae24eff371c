// Chunks that outlive a reload of the tab, in IndexedDB, for those who come back into a run of the laboratory. It is there on
// plain HTTP too. Where the browser keeps nothing, nothing is kept, and all goes on. Knows nothing of runs or digests.

const DATABASE = 'swarmdrop-lab'
const CHUNKS = 'chunks'

/** `owner`: this tab, in whatever page load; two tabs of one browser are two owners. */
export class KeptChunks {
  readonly #database: IDBDatabase | undefined
  readonly #owner: string
  readonly #run: string

  private constructor(database: IDBDatabase | undefined, owner: string, run: string) {
    this.#database = database
    this.#owner = owner
    this.#run = run
  }

  /** What the same owner kept of other runs goes. */
  static async open(owner: string, run: string): Promise<KeptChunks> {
    const database = await openDatabase().catch(() => undefined)
    const kept = new KeptChunks(database, owner, run)
    await kept.#sweep()
    return kept
  }

  /** What was kept, by chunk; not proved. */
  async load(): Promise<Map<number, Uint8Array<ArrayBuffer>>> {
    const found = new Map<number, Uint8Array<ArrayBuffer>>()
    const range = IDBKeyRange.bound([this.#owner, this.#run, 0], [this.#owner, this.#run, Number.MAX_SAFE_INTEGER])
    await this.#walk('readonly', range, (cursor) => {
      const chunk = (cursor.key as [string, string, number])[2]
      if (cursor.value instanceof Uint8Array) found.set(chunk, cursor.value as Uint8Array<ArrayBuffer>)
    })
    return found
  }

  /** Soon; nobody waits for it. */
  put(chunk: number, bytes: Uint8Array<ArrayBuffer>): void {
    try {
      this.#database?.transaction(CHUNKS, 'readwrite').objectStore(CHUNKS).put(bytes, [this.#owner, this.#run, chunk])
    } catch {
      // The disk is full, or the database is closing: what is not kept is fetched again.
    }
  }

  close(): void {
    this.#database?.close()
  }

  async #sweep(): Promise<void> {
    const own = IDBKeyRange.bound([this.#owner], [this.#owner, []])
    await this.#walk('readwrite', own, (cursor) => {
      if ((cursor.key as [string, string, number])[1] !== this.#run) cursor.delete()
    })
  }

  #walk(mode: IDBTransactionMode, range: IDBKeyRange, visit: (cursor: IDBCursorWithValue) => void): Promise<void> {
    const database = this.#database
    if (!database) return Promise.resolve()
    return new Promise((resolve) => {
      const request = database.transaction(CHUNKS, mode).objectStore(CHUNKS).openCursor(range)
      request.onerror = () => resolve()
      request.onsuccess = () => {
        const cursor = request.result
        if (!cursor) return resolve()
        visit(cursor)
        cursor.continue()
      }
    })
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(CHUNKS)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('Another tab holds the database.'))
  })
}
