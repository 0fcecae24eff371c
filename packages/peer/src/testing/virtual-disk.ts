// What one device keeps, in virtual time: a disk of records and chunks that may be full, silent or emptied. Knows
// nothing of lines and links.
import { type Bitfield, chunkLength, DIGEST_BYTES, type Layout, StoreError } from '@swarmdrop/core'
import type { KeptTransfer } from '../library/kept-transfer'
import { Library } from '../library/library'
import type { RecordTable } from '../library/records'
import type { LibraryPorts, RecoverableStore, Shelf } from '../library/shelves'
import { digestAt, isProved } from '../stores/digests'
import { joinedChunk } from '../stores/joined-chunk'
import { Placement, type Runs } from '../stores/placement'
import { type Pages, type RecoveryProgress, recoverRuns } from '../stores/recovery'
import { chunkMissing, keptVanished, noSpaceLeft, storeClosed } from '../stores/store-errors'
import type { Timers } from '../time/timers'
import { sha256 } from './sha256'

type StorageCall = 'table' | 'get' | 'put' | 'claim' | 'open' | 'recover' | 'write' | 'read' | 'ids' | 'estimate'

/** The disk of a device: records, and chunks on one shelf. Several visitors (tabs) share it. */
export class VirtualDisk {
  /** Chunks that fit yet. */
  room = Number.POSITIVE_INFINITY
  /** Bytes that fit by its own estimate, whatever is written. */
  roomBytes = Number.POSITIVE_INFINITY
  readonly transfers = new Map<string, unknown>()
  readonly bytes = new Map<string, Uint8Array>()
  /** The chunks that lie there, by content, no matter who put them there. */
  readonly contents = new Map<string, Map<number, Uint8Array<ArrayBuffer>>>()
  readonly claimed = new Map<string, object>()
  /** The error that opening a place rejects with. */
  refuse: Error | undefined
  /** How long a place takes to open. */
  opensInMs = 0
  persists = 0
  /** Calls that are not answered. */
  readonly silent = new Set<StorageCall>()
  readonly #pending: (() => void)[] = []
  readonly #time: Timers

  constructor(time: Timers) {
    this.#time = time
  }

  /** The browser deletes all that is kept, under the feet of those who have it open. */
  vanish(): void {
    this.transfers.clear()
    this.bytes.clear()
    for (const chunks of this.contents.values()) chunks.clear()
    this.contents.clear()
  }

  /** All that waits is answered at last, and everything from now on. */
  speak(): void {
    this.silent.clear()
    for (const answer of this.#pending.splice(0)) answer()
  }

  /** Carried out when it is answered. */
  answer<T>(call: StorageCall, carryOut: () => T | Promise<T>): Promise<T> {
    if (!this.silent.has(call)) return (async () => carryOut())()
    return new Promise((resolve, reject) =>
      this.#pending.push(() => void (async () => carryOut())().then(resolve, reject)),
    )
  }

  get table(): RecordTable {
    const key = (role: KeptTransfer['role'], id: string) => `${role} ${id}`
    const put = (carryOut: () => void) => this.answer('put', carryOut)
    return {
      all: () => this.answer('get', () => [...this.transfers.values()]),
      get: (role, id) => this.answer('get', () => this.transfers.get(key(role, id))),
      put: (transfer) => {
        const copy = structuredClone(transfer)
        return put(() => void this.transfers.set(key(transfer.role, transfer.id), copy))
      },
      manifest: (id) => this.answer('get', () => this.bytes.get(`manifest ${id}`)),
      putManifest: (id, bytes) => put(() => void this.bytes.set(`manifest ${id}`, bytes.slice())),
      page: (id, page) => this.answer('get', () => this.bytes.get(`page ${id} ${page}`)),
      putPage: (id, page, bytes) => put(() => void this.bytes.set(`page ${id} ${page}`, bytes.slice())),
      delete: (role, id) =>
        put(() => {
          this.transfers.delete(key(role, id))
          if (role !== 'receiver') return
          for (const name of [...this.bytes.keys()])
            if (name === `manifest ${id}` || name.startsWith(`page ${id} `)) this.bytes.delete(name)
        }),
    }
  }

  get shelf(): Shelf<RecoverableStore> {
    return {
      place: 'files',
      open: (id, layout, runs, release) =>
        this.answer('open', async () => {
          if (this.refuse) throw this.refuse
          if (this.opensInMs > 0) await new Promise<void>((open) => this.#time.after(this.opensInMs, open))
          const chunks = this.contents.get(id) ?? new Map<number, Uint8Array<ArrayBuffer>>()
          this.contents.set(id, chunks)
          return new VirtualStore(this, layout, chunks, release, () => void this.contents.delete(id), id, runs)
        }),
      remove: async (id) => {
        this.room += this.contents.get(id)?.size ?? 0
        this.contents.delete(id)
        return true
      },
      ids: () => this.answer('ids', () => [...this.contents.keys()]),
    }
  }

  #fits(bytes: number): boolean {
    return this.room > 0 && bytes <= this.roomBytes
  }

  libraryPorts(): LibraryPorts<RecoverableStore> {
    return {
      time: this.#time,
      table: () => this.answer('table', () => this.table),
      shelves: () => [this.shelf],
      claim: (id) =>
        this.answer('claim', () => {
          if (this.claimed.has(id)) return undefined
          const own = {}
          this.claimed.set(id, own)
          return () => {
            if (this.claimed.get(id) === own) this.claimed.delete(id)
          }
        }),
      openTemporary: async (layout, runs) =>
        new VirtualStore(
          this,
          layout,
          new Map(),
          () => {},
          () => {},
          undefined,
          runs,
        ),
      space: {
        missingBytes: (bytes) => this.answer('estimate', () => (this.#fits(bytes) ? 0 : 1)),
        problem: (bytes) =>
          this.answer('estimate', () =>
            this.#fits(bytes) ? undefined : new StoreError('no-space', 'There is not enough space on this device.'),
          ),
      },
      askToPersist: () => void this.persists++,
    }
  }

  library(): Library<RecoverableStore> {
    return new Library(this.libraryPorts())
  }
}

export class VirtualStore implements RecoverableStore {
  readonly #disk: VirtualDisk
  readonly #layout: Layout
  #placement: Placement | undefined
  readonly #chunks: Map<number, Uint8Array<ArrayBuffer>>
  readonly #held = new Set<number>()
  readonly #release: () => void
  readonly #free: () => void
  readonly #id: string | undefined
  #closed = false

  constructor(
    disk: VirtualDisk,
    layout: Layout,
    chunks: Map<number, Uint8Array<ArrayBuffer>>,
    release: () => void,
    free: () => void,
    id?: string,
    runs: Runs = Placement.whole(layout).runs,
  ) {
    this.#disk = disk
    this.#layout = layout
    this.#placement = Placement.read(layout, runs)
    this.#chunks = chunks
    this.#release = release
    this.#free = free
    this.#id = id
  }

  recover(pages: Pages, onProgress: RecoveryProgress): Promise<Bitfield> {
    return this.#answer('recover', () => this.#recover(pages, onProgress))
  }

  #recover(pages: Pages, onProgress: RecoveryProgress): Promise<Bitfield> {
    const prove = async (first: number, digests: Uint8Array) => {
      const found: number[] = []
      for (let index = 0; index < digests.length / DIGEST_BYTES; index++) {
        const bytes = this.#chunks.get(first + index)
        if (bytes && (await isProved(bytes, digestAt(digests, index), sha256))) found.push(first + index)
      }
      for (const chunk of found) this.#held.add(chunk)
      return found
    }
    return recoverRuns(this.#layout, pages, prove, onProgress)
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    const bytes = await joinedChunk(blocks, chunkLength(this.#layout, chunk), digest, sha256)
    await this.#answer('write', () => {})
    this.#assertOpen()
    if (!bytes) return 'wrong-digest'
    if (this.#held.has(chunk)) return 'stored'
    this.#assertThere()
    if (this.#placement?.at(chunk) === undefined) throw chunkMissing(chunk)
    if (this.#disk.room < 1) throw noSpaceLeft()
    this.#disk.room -= 1
    this.#chunks.set(chunk, bytes)
    this.#held.add(chunk)
    return 'stored'
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    await this.#answer('read', () => {})
    this.#assertOpen()
    if (!this.#held.has(chunk)) throw chunkMissing(chunk)
    const bytes = this.#chunks.get(chunk)
    if (!bytes) throw keptVanished()
    return bytes.slice(offset, offset + length)
  }

  async enlarge(runs: Runs): Promise<void> {
    this.#assertOpen()
    this.#placement = Placement.read(this.#layout, runs)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#release()
  }

  async remove(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#disk.room += this.#held.size
    this.#free()
    this.#release()
  }

  #assertOpen(): void {
    if (this.#closed) throw storeClosed()
  }

  /** Memory always answers. */
  #answer<T>(call: StorageCall, carryOut: () => T | Promise<T>): Promise<T> {
    return this.#id === undefined ? (async () => carryOut())() : this.#disk.answer(call, carryOut)
  }

  /** Throws where the place is not kept beyond its visit. */
  #assertThere(): void {
    if (this.#id !== undefined && this.#disk.contents.get(this.#id) !== this.#chunks) throw keptVanished()
  }
}
