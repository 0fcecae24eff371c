// The receiver's side of a transfer: looks at once, fetches when told, keeps serving what it has. Knows nothing of how chunks travel,
// nor of how a whole content is handed to the person.
import { type Content, contentName, type StoreError, type StoreFault } from '@swarmdrop/core'
import type { KeptReceived } from '../library/kept-transfer'
import type { Library, Opened, Reopened } from '../library/library'
import type { RecoverableStore } from '../library/shelves'
import { AnsweringStore } from '../stores/answering-store'
import { OpeningStore } from '../stores/opening-store'
import type { Pages } from '../stores/recovery'
import { remedyOf } from '../stores/store-errors'
import type { Side, SideSwarm } from './side'
import type { Phase, TransferSnapshot } from './snapshot'

type ReceiverLibrary<Store extends RecoverableStore> = Pick<Library<Store>, 'keep' | 'trouble' | 'couldGo' | 'delete'>
type Stage = 'looking' | 'fetching' | 'paused' | 'failed'

export class Receiving<Store extends RecoverableStore> implements Side {
  readonly role = 'receiver'
  problem: string | undefined
  fault: StoreFault | undefined
  readonly #library: ReceiverLibrary<Store>
  readonly #reopened: Reopened<Store> | undefined
  #swarm: SideSwarm | undefined
  #show = () => {}
  #stage: Stage = 'looking'
  #opening: Promise<Opened<Store>> | undefined
  #opened: Opened<Store> | undefined
  #chunksRestored = 0
  #isActive = false
  #receiveOnly = false
  #copy: TransferSnapshot['saved']
  #couldGo: readonly KeptReceived[] = []
  /** Of a place that could not go on: the next one is opened after it. */
  #closing: Promise<void> | undefined

  /** `reopened`: what an earlier visit has left; it goes on from there by itself, unless it was paused. */
  constructor(library: ReceiverLibrary<Store>, reopened?: Reopened<Store>) {
    this.#library = library
    this.#reopened = reopened
  }

  start(swarm: SideSwarm, show: () => void): void {
    this.#swarm = swarm
    this.#show = show
    const kept = this.#reopened
    if (!kept) return
    this.#copy = kept.saved ? 'saved' : kept.handedOver ? 'handed-over' : undefined
    this.#opened = { ...kept, keeping: 'kept' }
    this.#opening = Promise.resolve(this.#opened)
    this.#chunksRestored = kept.held.count
    this.#stage = kept.stage === 'paused' && !kept.held.isComplete ? 'paused' : 'fetching'
    this.#setActive(this.#stage === 'fetching')
  }

  download(): void {
    if (this.#stage === 'looking') void this.#fetch()
  }

  pause(): void {
    if (this.#stage !== 'fetching' || this.#swarm?.isComplete) return
    this.#stage = 'paused'
    this.#opened?.log?.note({ stage: 'paused' })
    this.#setActive(false)
  }

  resume(): void {
    if (this.#stage !== 'paused') return
    void this.#fetch()
  }

  /** Whether nothing is passed on: others then have the less reason to serve us. */
  setReceiveOnly(receiveOnly: boolean): void {
    if (this.#receiveOnly === receiveOnly) return
    this.#receiveOnly = receiveOnly
    this.#setActive(this.#isActive)
    this.#show()
  }

  /** Chunks [first, end) before all others; none where it is empty. */
  want(first: number, end: number): void {
    this.#swarm?.dispatch({ type: 'wanted-changed', first, end })
  }

  /**
   * Where the chunks are, and what proves them, once fetching has begun. Rejects with an Error for the person before, and as the
   * opening of its place does.
   */
  async place(): Promise<{ store: Store; content: Content; pages: Pages; name: string }> {
    const content = this.#swarm?.content
    if (!content || !this.#opening) throw new Error('Nothing has been downloaded yet.')
    const { store } = await this.#opening
    return { store, content, pages: this.#swarm?.pages ?? [], name: contentName(content.manifest) }
  }

  /** Somebody who reads what this store holds has found that it cannot go on. */
  async foundFault(store: Store, error: StoreError): Promise<void> {
    const isPresent = (await this.#opening?.catch(() => undefined))?.store === store
    if (isPresent && remedyOf[error.code] === 'reopen') this.storeFailed(error)
  }

  /** All of it is in a file that the person chose. */
  saved(): void {
    this.#copy = 'saved'
    this.#opened?.log?.note({ saved: true })
    this.#show()
  }

  /** All of it was given to the browser as a download. Nobody tells whether it arrives: this copy may be the only one. */
  handedOver(): void {
    this.#copy ??= 'handed-over'
    this.#opened?.log?.note({ handedOver: true })
    this.#show()
  }

  /** Deletes the copies that `couldGo` names, and goes on. */
  async makeRoom(): Promise<void> {
    const going = this.#couldGo
    if (going.length === 0) return
    this.#couldGo = []
    try {
      for (const transfer of going) await this.#library.delete(transfer)
    } catch (error) {
      this.problem = (error as Error).message
      return this.#show()
    }
    void this.#fetch()
  }

  phase(people: number): Phase {
    const { content, isComplete } = this.#swarm ?? {}
    if (this.#stage === 'failed') return 'failed'
    if (!content) return people === 0 ? 'connecting' : 'metadata'
    if (this.#stage === 'looking') return 'ready'
    if (isComplete) return 'complete'
    return this.#stage === 'paused' ? 'paused' : 'downloading'
  }

  kept(): ReturnType<Side['kept']> {
    const notKept = this.#opened ? this.#opened.why : this.#library.trouble
    return {
      ...(this.#opened && { keeping: this.#opened.keeping }),
      ...(notKept && { notKept }),
      ...(this.#copy && { saved: this.#copy }),
      ...(this.#couldGo.length > 0 && { couldGo: this.#couldGo.map(({ name, bytes }) => ({ name, bytes })) }),
      ...(this.#receiveOnly && { receiveOnly: true }),
      ...(this.#chunksRestored > 0 && { chunksRestored: this.#chunksRestored }),
    }
  }

  /** A page may come while the place for chunks is made; one that cannot be kept costs a later visit its chunks, and no more. */
  pageKnown(page: number, bytes: Uint8Array): void {
    void this.#opening?.then(({ log }) => log?.page(page, bytes)).catch(() => {})
  }

  /** A place that was open pauses, where there is a way on from there; all else ends this attempt. */
  storeFailed(error: StoreError): void {
    const remedy = this.#opened ? remedyOf[error.code] : 'end'
    this.problem = error.message
    this.fault = error.code
    this.#stage = remedy === 'end' ? 'failed' : 'paused'
    if (remedy === 'reopen') this.#letGoOfPlace()
    if (error.code === 'no-space') void this.#askWhatCouldGo()
    this.#setActive(false)
    this.#show()
  }

  shown(heldBytes: number): void {
    this.#opened?.log?.note({ heldBytes, ...(this.#swarm?.isComplete && { stage: 'complete' }) })
  }

  close(): void {
    if (this.#swarm) this.shown(this.#swarm.snapshot().heldBytes)
    void this.#closePlace()
  }

  async forget(): Promise<void> {
    const opened = await this.#opening
    await opened?.store.remove()
    await opened?.log?.forget()
  }

  async #fetch(): Promise<void> {
    const swarm = this.#swarm
    if (!swarm?.content) return
    this.#stage = 'fetching'
    this.problem = undefined
    this.fault = undefined
    this.#couldGo = []
    this.#show()
    const { content } = swarm
    try {
      this.#opening ??= this.#openPlace(content)
      this.#opened ??= await this.#opening
    } catch (error) {
      this.#opening = undefined
      this.storeFailed(error as StoreError)
      return
    }
    const { store, log, held } = this.#opened
    swarm.useStore(new AnsweringStore(store, swarm.time))
    if (held && this.#chunksRestored === 0) this.#restore(held)
    log?.note({ stage: this.#stage === 'fetching' ? 'fetching' : 'paused' })
    if (this.#stage === 'fetching') this.#setActive(true)
    this.#show()
  }

  #setActive(active: boolean): void {
    this.#isActive = active
    this.#swarm?.setActivity(active, active && !this.#receiveOnly)
  }

  async #openPlace(content: Content): Promise<Opened<Store>> {
    const isAgain = this.#closing !== undefined
    await this.#closing
    const opened = await this.#library.keep(content, () => this.#fetchAhead())
    if (isAgain) this.#writeDown(opened)
    return opened
  }

  /** What is known from before this place was there. */
  #writeDown({ log }: Opened<Store>): void {
    log?.note({ saved: this.#copy === 'saved', handedOver: this.#copy === 'handed-over' })
    for (const [page, bytes] of (this.#swarm?.pages ?? []).entries()) if (bytes) log?.page(page, bytes)
  }

  async #askWhatCouldGo(): Promise<void> {
    const { content } = this.#swarm ?? {}
    if (!content) return
    const couldGo = await this.#library.couldGo(content.layout.totalBytes - (this.#swarm?.snapshot().heldBytes ?? 0))
    if (this.fault !== 'no-space') return
    this.#couldGo = couldGo
    this.#show()
  }

  /** Nothing of it counts as held any more. What is still there is proved again by whoever opens it next. */
  #letGoOfPlace(): void {
    this.#closing = this.#closePlace()
    this.#opening = undefined
    this.#opened = undefined
    this.#chunksRestored = 0
    this.#swarm?.startAnew()
  }

  /** Never rejects: there is nothing to do about a store that fails now, and what it left is swept when the next one opens. */
  async #closePlace(): Promise<void> {
    try {
      const opened = await this.#opening
      opened?.log?.close()
      await (opened?.keeping === 'kept' ? opened.store.close() : opened?.store.remove())
    } catch {}
  }

  /** It will fit: the first chunks are asked for while their place is made. */
  #fetchAhead(): void {
    if (this.#stage !== 'fetching' || !this.#opening) return
    const { time } = this.#swarm ?? {}
    const opening = this.#opening.then(({ store }) => (time ? new AnsweringStore(store, time) : store))
    this.#swarm?.useStore(new OpeningStore(opening))
    this.#setActive(true)
  }

  /** Another visitor kept these, and has let go of them since this one looked. */
  #restore(held: NonNullable<Opened<Store>['held']>): void {
    this.#chunksRestored = held.count
    for (const chunk of held.indices()) this.#swarm?.dispatch({ type: 'chunk-restored', chunk })
  }
}
