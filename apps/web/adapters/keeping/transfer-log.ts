// Writes down how a kept transfer goes on, for the page that comes after this one. Knows nothing of chunks.
import type { Database } from '../stores/database'
import type { KeptReceived } from './kept-transfer'
import { deleteRecord, writePage, writeTransfer } from './records'

/** How far it is changes with every chunk, and is only shown in a list. */
const WRITE_MS = 1_000

export type Progress = Pick<KeptReceived, 'stage' | 'heldBytes' | 'saved'>

export class TransferLog {
  readonly #database: Database
  #record: KeptReceived
  #writing: ReturnType<typeof setTimeout> | undefined
  #ended = false

  constructor(database: Database, record: KeptReceived) {
    this.#database = database
    this.#record = record
  }

  /** A stage is written at once, as a page may go at any time; how far it is, soon. */
  note(progress: Partial<Progress>): void {
    const before = this.#record
    this.#record = { ...before, ...progress }
    if (this.#record.stage !== before.stage || this.#record.saved !== before.saved) this.#write()
    else if (this.#record.heldBytes !== before.heldBytes) this.#writing ??= setTimeout(() => this.#write(), WRITE_MS)
  }

  page(page: number, bytes: Uint8Array): void {
    if (!this.#ended) void writePage(this.#database, this.#record.id, page, bytes).catch(() => {})
  }

  close(): void {
    if (this.#writing !== undefined) this.#write()
    this.#ended = true
  }

  async forget(): Promise<void> {
    clearTimeout(this.#writing)
    this.#ended = true
    await deleteRecord(this.#database, this.#record)
  }

  #write(): void {
    clearTimeout(this.#writing)
    this.#writing = undefined
    if (this.#ended) return
    // What cannot be written, on a full disk, is only this line: chunks and manifest are kept by others.
    void writeTransfer(this.#database, this.#record).catch(() => {})
  }
}
