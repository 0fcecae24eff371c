// Writes down which transfers are kept, with the manifest and the pages that prove them, and reads it all back with
// distrust. Knows nothing of chunks, nor of where it is written.
import { type Content, isHashPage, isManifestOf, pageCount, readProvedManifest } from '@swarmdrop/core'
import { possibleMs } from '../time/possible-time'
import { type KeptReceived, type KeptTransfer, latestFirst, readTransfer } from './kept-transfer'
import type { Patience } from './patience'

type Role = KeptTransfer['role']

/** A table of records and two of bytes that outlive the peer. Their readers check them. Each call may reject. */
export interface RecordTable {
  all(): Promise<unknown[]>
  get(role: Role, id: string): Promise<unknown>
  put(transfer: KeptTransfer): Promise<void>
  manifest(id: string): Promise<unknown>
  putManifest(id: string, bytes: Uint8Array): Promise<void>
  page(id: string, page: number): Promise<unknown>
  putPage(id: string, page: number, bytes: Uint8Array): Promise<void>
  /** The record, and a receiver's manifest and pages. */
  delete(role: Role, id: string): Promise<void>
}

export class Records {
  readonly #table: RecordTable
  readonly #patience: Patience | undefined

  /** `patience`: with how much of it the table is asked; absent: without end. */
  constructor(table: RecordTable, patience?: Patience) {
    this.#table = table
    this.#patience = patience
  }

  /** The same records without a time limit, for what nobody waits for and should be written however long that takes. */
  get unhurried(): Records {
    return new Records(this.#table)
  }

  /**
   * The latest first. What cannot be read is not among them; what was opened at a time that cannot be was opened now.
   */
  async all(nowMs: number): Promise<KeptTransfer[]> {
    const stored = await this.#ask((table) => table.all())
    const transfers = stored.map(readTransfer).filter((transfer) => transfer !== undefined)
    for (const transfer of transfers) await this.#correct(transfer, nowMs)
    return transfers.sort(latestFirst)
  }

  async received(id: string): Promise<KeptReceived | undefined> {
    const transfer = readTransfer(await this.#ask((table) => table.get('receiver', id)))
    return transfer?.role === 'receiver' ? transfer : undefined
  }

  write(transfer: KeptTransfer): Promise<void> {
    return this.#ask((table) => table.put(transfer))
  }

  /** The record, and what proves its content. */
  delete({ role, id }: Pick<KeptTransfer, 'role' | 'id'>): Promise<void> {
    return this.#ask((table) => table.delete(role, id))
  }

  writeManifest(id: string, { manifestBytes }: Content): Promise<void> {
    return this.#ask((table) => table.putManifest(id, manifestBytes))
  }

  writePage(id: string, page: number, bytes: Uint8Array): Promise<void> {
    return this.#ask((table) => table.putPage(id, page, bytes))
  }

  /** Writes a time down that is yet to come as now: else it would be now for as long as it is to come. */
  async #correct(transfer: KeptTransfer, nowMs: number): Promise<void> {
    const openedAtMs = possibleMs(transfer.openedAtMs, nowMs)
    if (openedAtMs === transfer.openedAtMs) return
    transfer.openedAtMs = openedAtMs
    // Where it cannot be written, it is tried again by the next who looks.
    await this.#ask((table) => table.put(transfer)).catch(() => {})
  }

  /** The content that `contentId` proves; undefined when the manifest is not there, or another. */
  async provedContent(
    id: string,
    contentId: Uint8Array,
  ): Promise<{ content: Content; pages: (Uint8Array | undefined)[] } | undefined> {
    const manifest = await this.#ask((table) => table.manifest(id))
    if (!(manifest instanceof Uint8Array)) return undefined
    if (!isManifestOf(contentId, manifest)) return undefined
    const pageOf = (page: number) => this.#ask((table) => table.page(id, page))
    // Asked before the list is read: to prove a long one and to read it are two turns of this thread.
    const first = await pageOf(0)
    const result = readProvedManifest(contentId, manifest)
    if (!result.ok) return undefined
    const { content } = result
    const others = Array.from({ length: Math.max(0, pageCount(content.layout) - 1) }, (_, index) => pageOf(index + 1))
    const stored = pageCount(content.layout) === 0 ? [] : [first, ...(await Promise.all(others))]
    const pages = stored.map((bytes, page) =>
      bytes instanceof Uint8Array && isHashPage(content, page, bytes) ? bytes : undefined,
    )
    return { content, pages }
  }

  #ask<T>(question: (table: RecordTable) => Promise<T>): Promise<T> {
    const ask = () => question(this.#table)
    return this.#patience ? this.#patience.ask(ask) : ask()
  }
}
