// What is kept beyond a visit: where a received content is kept, how it is found again, and what the start page lists.
// Each step is done elsewhere. Knows no disk and no browser.
import { type Bitfield, type Content, contentName, formatLinkId, StoreError, type StoreFault } from '@swarmdrop/core'
import { inTimeEach } from '../stores/in-time'
import type { Placement } from '../stores/placement'
import type { Pages, RecoveryProgress } from '../stores/recovery'
import { asStoreError } from '../stores/store-errors'
import { answeringPorts } from './answering-ports'
import { type Choice, placementFor, readChoice, wholeChoice, written } from './choice'
import { Clearing } from './clearing'
import type { KeptReceived, KeptShared, KeptTransfer } from './kept-transfer'
import { Patience } from './patience'
import { Records } from './records'
import type { LibraryPorts, RecoverableStore, Shelf } from './shelves'
import { TransferLog } from './transfer-log'

/**
 * Where a receiver's chunks are. `kept`: on this device, beyond this visit. `beside-another-tab`: another visitor keeps
 * them, and this one has a copy of its own that goes with it. `while-open`: this runtime keeps nothing.
 */
export type Keeping = 'kept' | 'beside-another-tab' | 'while-open'

/** How long 16 MiB may take to be read and digested. */
const PROOF_MS = 5_000

type Kept<Store> = { store: Store; log: TransferLog; held: Bitfield; choice: Choice; placement: Placement }
type Wanted = { content: Content; choice: Choice; placement: Placement }
/** What an earlier visit has left of a link. `chosen`: the chunks that are to be fetched. */
export type Reopened<Store> = Kept<Store> &
  Pick<KeptReceived, 'stage' | 'saved' | 'handedOver' | 'locked'> & { content: Content; pages: Pages; chosen: Bitfield }
/**
 * The place where chunks go from now on. `held`: those that are there already. `why`: what has kept this runtime from
 * keeping them.
 */
export type Opened<Store> = { keeping: Keeping; store: Store; placement: Placement; why?: StoreFault } & Partial<
  Kept<Store>
>

export class Library<Store extends RecoverableStore> {
  readonly #ports: LibraryPorts<Store>
  readonly #clearing: Clearing<Store>
  readonly #patience: Patience
  #trouble: StoreFault | undefined

  constructor(ports: LibraryPorts<Store>) {
    this.#ports = answeringPorts(ports)
    this.#patience = new Patience(ports.time)
    this.#clearing = new Clearing(this.#ports)
  }

  /**
   * Proves what an earlier visit has kept of a link, and opens it. Undefined where nothing is kept, where another
   * visitor has it, or where nothing of it can be read any more.
   */
  async reopen(contentId: Uint8Array, onProgress: RecoveryProgress): Promise<Reopened<Store> | undefined> {
    const id = formatLinkId(contentId)
    const records = await this.#records()
    let release: (() => void) | undefined
    try {
      if (!records || !(await records.received(id))) return undefined
      release = await this.#ports.claim(id)
      if (!release) return undefined
      // Read again: until it was claimed, it was another's to change.
      const record = await records.received(id)
      const known = record && (await records.provedContent(id, contentId))
      const shelf = record && this.#shelfOf(record)
      if (!known || !shelf) return void release()
      const place = { ...readChoice(known.content, record), content: known.content, pages: known.pages }
      const kept = await this.#openOn(shelf, records, record, place, release, onProgress)
      const { stage, saved, handedOver, locked } = record
      return { ...kept, ...known, chosen: kept.choice.chunks, stage, saved, handedOver, locked }
    } catch (error) {
      // Not deleted: what cannot be opened now may be opened later. The link works as if nothing were kept.
      const { code } = asStoreError(error)
      if (code === 'silent' || code === 'refused') this.#trouble = code
      return void release?.()
    }
  }

  /**
   * A place for the chunks of a content that is fetched from now on. Rejects with StoreError when there is no space for
   * it. `onRoom` is called before, as soon as it is known that nothing of it is kept and that there is room: making the
   * place takes longer. Space is asked for what is chosen.
   */
  async keep(content: Content, onRoom: () => void, choice: Choice = wholeChoice(content)): Promise<Opened<Store>> {
    const wanted: Wanted = { content, choice, placement: placementFor(content, choice) }
    const id = formatLinkId(content.id)
    const [claim, records] = await Promise.all([this.#claim(id), this.#records()])
    if (typeof claim === 'function' && records) {
      try {
        const kept = await this.#openNew(records, wanted, claim, onRoom)
        // Nobody waits for it, and anyone who has just come finds its own place known.
        void this.#clearing.sweep(records).catch(() => {})
        return { keeping: 'kept', ...kept }
      } catch (error) {
        claim()
        const { code } = asStoreError(error)
        if (code === 'no-space') throw error
        // A browser may have a database and refuse to use it: then nothing is kept, and all goes on.
        return this.#openTemporary(wanted, code)
      }
    }
    void this.#announceRoom(wanted, onRoom)
    if (claim === 'taken') {
      const store = await this.#ports.openTemporary(content.layout, wanted.placement.runs)
      return { keeping: 'beside-another-tab', store, placement: wanted.placement }
    }
    if (typeof claim === 'function') claim()
    return this.#openTemporary(wanted, typeof claim === 'function' ? this.#trouble : claim)
  }

  /** Another choice than before: more may need more space. Rejects with StoreError, and then all is as before. */
  async choose(opened: Opened<Store>, content: Content, choice: Choice): Promise<Opened<Store>> {
    const placement = opened.placement.with(choice.chunks)
    const neededBytes = placement.bytes - opened.placement.bytes
    if (neededBytes > 0) {
      const records = opened.keeping === 'kept' ? await this.#records() : undefined
      if (records) await this.#clearing.makeRoom(records, neededBytes)
      await opened.store.enlarge(placement.runs)
    }
    opened.log?.note(written(choice, placement, content))
    return { ...opened, choice, placement }
  }

  /** The latest first; empty where nothing is kept. What is too old goes first. */
  async all(): Promise<KeptTransfer[]> {
    const records = await this.#records()
    if (!records) return []
    await this.#clearing.sweep(records).catch(() => {})
    return records.all(this.#ports.time.wallMs()).catch(() => [])
  }

  /**
   * Copies that would make room for so many bytes, if the person agrees: each was handed to the browser, and may be
   * nowhere else.
   */
  async couldGo(neededBytes: number): Promise<KeptReceived[]> {
    const records = await this.#records()
    return records ? this.#clearing.couldGo(records, neededBytes).catch(() => []) : []
  }

  /** Frees its space. Rejects with an Error whose message is for the person. */
  async delete(transfer: KeptTransfer): Promise<void> {
    const records = await this.#records()
    if (records) await this.#clearing.clear(records, transfer)
  }

  /**
   * Remembers what is shared from here, so that it can be shared again by the same link. Nothing of the sharing depends
   * on it.
   */
  async rememberShared(shared: Pick<KeptShared, 'id' | 'name' | 'bytes' | 'lone' | 'handles'>): Promise<void> {
    const records = await this.#records()
    await records?.write({ ...shared, role: 'sender', openedAtMs: this.#ports.time.wallMs() }).catch(() => {})
  }

  /** Why nothing is kept here, as the last look has found; undefined: something is, or nobody has looked. */
  get trouble(): StoreFault | undefined {
    return this.#trouble
  }

  async #records(): Promise<Records | undefined> {
    try {
      const table = await this.#patience.ask(() => this.#ports.table())
      this.#trouble = table ? undefined : 'unavailable'
      return table && new Records(table, this.#patience)
    } catch (error) {
      this.#trouble = asStoreError(error).code
      return undefined
    }
  }

  /** The way to let go of it; `taken` by another visitor; or why nobody can say. */
  async #claim(id: string): Promise<(() => void) | 'taken' | StoreFault> {
    try {
      return (await this.#ports.claim(id)) ?? 'taken'
    } catch (error) {
      return asStoreError(error).code
    }
  }

  async #openTemporary({ content, placement }: Wanted, why: StoreFault | undefined): Promise<Opened<Store>> {
    const store = await this.#ports.openTemporary(content.layout, placement.runs, why)
    return { keeping: 'while-open', store, placement, ...(why !== undefined && { why }) }
  }

  #shelfOf({ place }: KeptReceived): Shelf<Store> | undefined {
    return this.#ports.shelves().find((shelf) => shelf.place === place)
  }

  /** Never fails: the one who makes the place asks again, and says why there is none. */
  async #announceRoom({ placement }: Wanted, onRoom: () => void): Promise<void> {
    const missing = await this.#ports.space.missingBytes(placement.bytes).catch(() => undefined)
    if (missing === 0) onRoom()
  }

  async #openNew(records: Records, wanted: Wanted, release: () => void, onRoom: () => void): Promise<Kept<Store>> {
    const { content, choice, placement } = wanted
    const id = formatLinkId(content.id)
    const earlier = await records.received(id)
    const known = earlier && (await records.provedContent(id, content.id))
    const shelf = earlier && this.#shelfOf(earlier)
    // Another visitor had it when this one looked, and has let go of it since.
    if (known && shelf) {
      const both = readChoice(content, earlier).placement.with(choice.chunks)
      const place = { content, choice, placement: both, pages: known.pages }
      return this.#openOn(shelf, records, earlier, place, release, () => {})
    }
    await this.#clearing.makeRoom(records, placement.bytes)
    onRoom()
    this.#ports.askToPersist()
    const record: Omit<KeptReceived, 'place'> = {
      id,
      name: contentName(content.manifest),
      bytes: content.layout.totalBytes,
      openedAtMs: this.#ports.time.wallMs(),
      role: 'receiver',
      stage: 'fetching',
      heldBytes: 0,
      saved: false,
      handedOver: false,
      ...written(choice, placement, content),
    }
    let problem: unknown = new StoreError('unavailable', 'There is no place to keep the file.')
    for (const place of this.#ports.shelves()) {
      const placed = { ...record, place: place.place }
      try {
        // Before the store, so that whatever takes space is in the list.
        await Promise.all([records.writeManifest(id, content), records.write(placed)])
        return await this.#openOn(place, records, placed, { ...wanted, pages: [] }, release, () => {})
      } catch (error) {
        problem = error
        await this.#clearing.delete(records, placed).catch(() => {})
        if (error instanceof StoreError && error.code === 'no-space') break
      }
    }
    throw problem
  }

  async #openOn(
    shelf: Shelf<Store>,
    records: Records,
    record: KeptReceived,
    { content, choice, placement, pages }: Wanted & { pages: Pages },
    release: () => void,
    onProgress: RecoveryProgress,
  ): Promise<Kept<Store>> {
    // What fails to open leaves the claim with the caller, who may try another place.
    let isOpen = false
    const store = await shelf.open(record.id, content.layout, placement.runs, () => {
      if (isOpen) release()
    })
    try {
      const held = await this.#recovered(store, pages, onProgress)
      const opened = { ...record, openedAtMs: this.#ports.time.wallMs(), ...written(choice, placement, content) }
      await records.write(opened)
      isOpen = true
      return { store, held, choice, placement, log: new TransferLog(records.unhurried, opened, this.#ports.time) }
    } catch (error) {
      await store.close()
      throw error
    }
  }

  #recovered(store: Store, pages: Pages, onProgress: RecoveryProgress): Promise<Bitfield> {
    return inTimeEach(this.#ports.time, PROOF_MS, (alive) =>
      store.recover(pages, (done, total) => {
        alive()
        onProgress(done, total)
      }),
    )
  }
}
