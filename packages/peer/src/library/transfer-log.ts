// Writes down how a kept transfer goes on, for the visit that comes after this one. Knows nothing of chunks.
import { Throttle } from '../time/throttle'
import type { Timers } from '../time/timers'
import type { KeptReceived } from './kept-transfer'
import type { Records } from './records'

/** How far it is changes with every chunk, and is only shown in a list. */
const WRITE_MS = 1_000

export type Progress = Pick<
  KeptReceived,
  'stage' | 'heldBytes' | 'saved' | 'handedOver' | 'chosen' | 'placed' | 'locked'
>

/** The fields that are written at once, as they would be lost. */
const AT_ONCE = ['stage', 'saved', 'handedOver', 'chosen', 'placed', 'locked'] as const

export class TransferLog {
  readonly #records: Records
  readonly #writing: Throttle
  #record: KeptReceived
  #ended = false

  constructor(records: Records, record: KeptReceived, time: Timers) {
    this.#records = records
    this.#record = record
    this.#writing = new Throttle(time, WRITE_MS, () => this.#write())
  }

  /** A stage or a choice is written at once, as a page may go at any time; how far it is, soon. */
  note(progress: Partial<Progress>): void {
    if (this.#ended) return
    const before = this.#record
    this.#record = { ...before, ...progress }
    if (AT_ONCE.some((what) => this.#record[what] !== before[what])) this.#write()
    else if (this.#record.heldBytes !== before.heldBytes) this.#writing.call()
  }

  page(page: number, bytes: Uint8Array): void {
    if (!this.#ended) void this.#records.writePage(this.#record.id, page, bytes).catch(() => {})
  }

  close(): void {
    if (this.#writing.isWaiting) this.#write()
    this.#ended = true
  }

  async forget(): Promise<void> {
    this.#writing.cancel()
    this.#ended = true
    await this.#records.delete(this.#record)
  }

  /**
   * Writes the record. Where it cannot be written, on a full disk, only this line is lost: chunks and manifest are kept
   * by others.
   */
  #write(): void {
    this.#writing.cancel()
    void this.#records.write(this.#record).catch(() => {})
  }
}
