// Frees the space of kept transfers: when the person says so, when they are old, and when a new one needs it. Knows
// nothing of how a content is opened.
import { StoreError } from '@swarmdrop/core'
import type { KeptReceived, KeptTransfer } from './kept-transfer'
import type { Records } from './records'
import { expired, makingRoom, mayMakeRoom } from './retention'
import type { LibraryPorts, RecoverableStore } from './shelves'

export class Clearing<Store extends RecoverableStore> {
  readonly #ports: LibraryPorts<Store>

  constructor(ports: LibraryPorts<Store>) {
    this.#ports = ports
  }

  /**
   * Chunks and record. Rejects with StoreError while another visitor has it open. Only for one who has not claimed it.
   */
  async clear(records: Records, transfer: KeptTransfer): Promise<void> {
    if (transfer.role === 'sender') return records.delete(transfer)
    const release = await this.#ports.claim(transfer.id)
    if (!release) {
      throw new StoreError(
        'unavailable',
        `“${transfer.name}” is open in another tab. Close that tab, then delete it here.`,
      )
    }
    try {
      await this.delete(records, transfer)
    } finally {
      release()
    }
  }

  /**
   * Deletes a transfer that the caller has claimed. The record goes last: what takes space is in the list until it is
   * gone.
   */
  async delete(records: Records, transfer: KeptTransfer): Promise<void> {
    if (transfer.role === 'receiver') {
      const shelf = this.#ports.shelves().find(({ place }) => place === transfer.place)
      if (shelf && !(await shelf.remove(transfer.id))) {
        throw new StoreError(
          'unavailable',
          `“${transfer.name}” could not be deleted. Close other tabs that have it open.`,
        )
      }
    }
    await records.delete(transfer)
  }

  /** Deletes what is too old, and what lies on a shelf and no record knows. What is open is left alone. */
  async sweep(records: Records): Promise<void> {
    const nowMs = this.#ports.time.wallMs()
    const transfers = await records.all(nowMs)
    const old = expired(transfers, nowMs)
    for (const transfer of old) await this.clear(records, transfer).catch(() => {})
    for (const shelf of this.#ports.shelves()) {
      const here = transfers.filter((transfer) => transfer.role === 'receiver' && transfer.place === shelf.place)
      const known = new Set(here.map(({ id }) => id))
      for (const id of (await shelf.ids().catch(() => undefined)) ?? []) {
        const release = known.has(id) ? undefined : await this.#ports.claim(id)
        if (!release) continue
        await shelf.remove(id).catch(() => {})
        release()
      }
    }
  }

  /**
   * Deletes what may go where so many bytes do not fit. Rejects with StoreError when they do not fit without it either.
   */
  async makeRoom(records: Records, neededBytes: number): Promise<void> {
    const { space, time } = this.#ports
    if ((await space.missingBytes(neededBytes)) === 0) return
    await this.sweep(records)
    const missing = await space.missingBytes(neededBytes)
    for (const transfer of makingRoom(await records.all(time.wallMs()), missing)) {
      await this.clear(records, transfer).catch(() => {})
    }
    const problem = await space.problem(neededBytes)
    if (problem) throw problem
  }

  /**
   * The transfers that would make room for these bytes, which have found none. Where nobody says how many are missing,
   * all of them are.
   */
  async couldGo(records: Records, neededBytes: number): Promise<KeptReceived[]> {
    const { space, time } = this.#ports
    const missing = (await space.missingBytes(neededBytes).catch(() => 0)) || neededBytes
    return mayMakeRoom(await records.all(time.wallMs()), missing)
  }
}
