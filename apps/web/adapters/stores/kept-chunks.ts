// Chunks that outlive a reload of the tab, in IndexedDB, for those who come back into a run of the laboratory. It is
// there on plain HTTP too. Where the browser keeps nothing, nothing is kept, and all goes on. Knows nothing of runs or
// digests.
import { possibleMs } from '@swarmdrop/peer'
import type { RunChunks } from '@swarmdrop/peer/lab'

const DATABASE = 'swarmdrop-lab'
const CHUNKS = 'chunks'
/** When each run was opened: [owner, run] → milliseconds since 1970. */
const RUNS = 'runs'
/**
 * A tab that was closed in the middle of a run leaves its chunks behind: they go when the next run is opened after so
 * long.
 */
const FORGOTTEN_AFTER_MS = 12 * 3_600_000

type RunKey = [owner: string, run: string]

export class KeptChunks implements RunChunks {
  readonly #database: IDBDatabase | undefined
  readonly #key: RunKey

  private constructor(database: IDBDatabase | undefined, key: RunKey) {
    this.#database = database
    this.#key = key
  }

  /** `owner`: this tab, in whatever page load; two tabs of one browser are two. What it kept of other runs goes. */
  static async open(owner: string, run: string): Promise<KeptChunks> {
    const database = await openDatabase().catch(() => undefined)
    const kept = new KeptChunks(database, [owner, run])
    await kept.#sweep().catch(() => {})
    return kept
  }

  /** What was kept, by chunk; not proved. */
  async load(): Promise<Map<number, Uint8Array<ArrayBuffer>>> {
    const found = new Map<number, Uint8Array<ArrayBuffer>>()
    if (!this.#database) return found
    const request = this.#database.transaction(CHUNKS).objectStore(CHUNKS).openCursor(rangeOf(this.#key))
    return new Promise((resolve) => {
      request.onerror = () => resolve(found)
      request.onsuccess = () => {
        const cursor = request.result
        if (!cursor) return resolve(found)
        if (cursor.value instanceof Uint8Array) found.set((cursor.key as [...RunKey, number])[2], cursor.value.slice())
        cursor.continue()
      }
    })
  }

  /** Soon; nobody waits for it. */
  put(chunk: number, bytes: Uint8Array<ArrayBuffer>): void {
    try {
      this.#database
        ?.transaction(CHUNKS, 'readwrite')
        .objectStore(CHUNKS)
        .put(bytes, [...this.#key, chunk])
    } catch {
      // The disk is full, or the database is closing: what is not kept is fetched again.
    }
  }

  close(): void {
    this.#database?.close()
  }

  /** Closes, and keeps nothing: the run is over. */
  remove(): void {
    try {
      const change = this.#database?.transaction([CHUNKS, RUNS], 'readwrite')
      if (change) forget(change, this.#key)
    } catch {
      // The browser has deleted the database, and with it what was kept.
    }
    this.close()
  }

  async #sweep(): Promise<void> {
    const change = this.#database?.transaction([CHUNKS, RUNS], 'readwrite')
    if (!change) return
    const [owner, run] = this.#key
    const runs = change.objectStore(RUNS)
    const now = Date.now()
    runs.openCursor().onsuccess = ({ target }) => {
      const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result
      if (!cursor) return void runs.put(now, this.#key)
      const key = cursor.key as RunKey
      const isOwn = key[0] === owner
      const openedAtMs = possibleMs(Number(cursor.value), now)
      if (isOwn ? key[1] !== run : now - openedAtMs > FORGOTTEN_AFTER_MS) forget(change, key)
      else if (openedAtMs !== cursor.value) cursor.update(openedAtMs)
      cursor.continue()
    }
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve
      change.onabort = reject
    })
  }
}

function forget(change: IDBTransaction, key: RunKey): void {
  change.objectStore(CHUNKS).delete(rangeOf(key))
  change.objectStore(RUNS).delete(key)
}

const rangeOf = (key: RunKey) => IDBKeyRange.bound([...key, 0], [...key, Number.MAX_SAFE_INTEGER])

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(CHUNKS)
      request.result.createObjectStore(RUNS)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('Another tab holds the database.'))
  })
}
