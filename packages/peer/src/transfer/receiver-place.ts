// Where a receiver's chunks are: opened when fetching begins, let go of where it cannot go on, and opened again after
// that. Knows nothing of stages, nor of how chunks travel.
import type { Opened } from '../library/library'
import type { RecoverableStore } from '../library/shelves'

export class ReceiverPlace<Store extends RecoverableStore> {
  #opening: Promise<Opened<Store>> | undefined
  #opened: Opened<Store> | undefined
  /** The closing of a store that could not go on: the next is opened after it. */
  #closing: Promise<void> | undefined

  /** `opened`: from an earlier visit. */
  constructor(opened: Opened<Store> | undefined) {
    this.#opened = opened
    this.#opening = opened && Promise.resolve(opened)
  }

  get opened(): Opened<Store> | undefined {
    return this.#opened
  }

  /** Open, or being opened. Rejects as `open` does. */
  get opening(): Promise<Opened<Store>> | undefined {
    return this.#opening
  }

  /**
   * `keep` opens it, and is called once however often it is asked for; `again`: there was one before, which is closed
   * by now.
   */
  async open(keep: (again: boolean) => Promise<Opened<Store>>): Promise<Opened<Store>> {
    this.#opening ??= this.#openAfterLast(keep)
    try {
      const opened = await this.#opening
      this.#opened ??= opened
    } catch (error) {
      this.#opening = undefined
      throw error
    }
    return this.#opened
  }

  /**
   * Puts in its place what `change` makes of it; of the next one, where it is let go of meanwhile. Rejects as `change`
   * does.
   */
  async change(change: (before: Opened<Store>) => Promise<Opened<Store>>): Promise<void> {
    for (;;) {
      const opening = this.#opening
      const opened = await opening?.catch(() => undefined)
      const before = this.#opened ?? opened
      const isPresent = () => this.#opening === opening
      try {
        const after = before && (await change(before))
        if (isPresent()) {
          this.#opened = after
          return
        }
      } catch (error) {
        if (isPresent()) throw error
      }
    }
  }

  /** Whether this store is the one in use. */
  async has(store: Store): Promise<boolean> {
    return (await this.#opening?.catch(() => undefined))?.store === store
  }

  /** A page may come while the place is made; one that cannot be kept costs a later visit its chunks, and no more. */
  notePage(page: number, bytes: Uint8Array): void {
    void this.#opening?.then(({ log }) => log?.page(page, bytes)).catch(() => {})
  }

  /** Closes a store that cannot go on. */
  letGo(): void {
    this.#closing = this.close()
    this.#opening = undefined
    this.#opened = undefined
  }

  /**
   * Closes the place. Never rejects: there is nothing to do about a store that fails now, and what it left is swept
   * when the next one opens.
   */
  async close(): Promise<void> {
    try {
      const opened = await this.#opening
      opened?.log?.close()
      await (opened?.keeping === 'kept' ? opened.store.close() : opened?.store.remove())
    } catch {}
  }

  /** Closes the place and deletes all that is kept. */
  async forget(): Promise<void> {
    const opened = await this.#opening
    await opened?.store.remove()
    await opened?.log?.forget()
  }

  async #openAfterLast(keep: (again: boolean) => Promise<Opened<Store>>): Promise<Opened<Store>> {
    const again = this.#closing !== undefined
    await this.#closing
    return keep(again)
  }
}
