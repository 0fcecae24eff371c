// The receiver's side of a transfer: looks at once, fetches when told, keeps serving what it has. Knows nothing of how
// chunks travel, nor of how a whole content is handed to the person.
import { type Bitfield, type Content, contentName, type StoreError, type StoreFault } from '@swarmdrop/core'
import { type Choice, choiceOf } from '../library/choice'
import type { KeptReceived } from '../library/kept-transfer'
import type { Library, Opened, Reopened } from '../library/library'
import type { RecoverableStore } from '../library/shelves'
import { AnsweringStore } from '../stores/answering-store'
import { OpeningStore } from '../stores/opening-store'
import type { Pages } from '../stores/recovery'
import { remedyOf } from '../stores/store-errors'
import { ChosenFiles } from './chosen-files'
import { ReceiverPlace } from './receiver-place'
import type { Side, SideSwarm } from './side'
import type { Phase, TransferSnapshot } from './snapshot'

type ReceiverLibrary<Store extends RecoverableStore> = Pick<
  Library<Store>,
  'keep' | 'choose' | 'trouble' | 'couldGo' | 'delete'
>
type Stage = 'looking' | 'fetching' | 'paused' | 'failed'

export class Receiving<Store extends RecoverableStore> implements Side {
  readonly role = 'receiver'
  problem: string | undefined
  fault: StoreFault | undefined
  readonly #library: ReceiverLibrary<Store>
  readonly #reopened: Reopened<Store> | undefined
  readonly #chosen: ChosenFiles
  readonly #place: ReceiverPlace<Store>
  #swarm: SideSwarm | undefined
  #show = () => {}
  #stage: Stage = 'looking'
  #chunksRestored = 0
  #isActive = false
  #receiveOnly = false
  #copy: TransferSnapshot['saved']
  #couldGo: readonly KeptReceived[] = []

  /** `reopened`: what an earlier visit has left; it goes on from there by itself, unless it was paused. */
  constructor(library: ReceiverLibrary<Store>, reopened?: Reopened<Store>) {
    this.#library = library
    this.#reopened = reopened
    this.#chosen = new ChosenFiles(reopened?.choice)
    this.#place = new ReceiverPlace(reopened && { ...reopened, keeping: 'kept' })
  }

  start(swarm: SideSwarm, show: () => void): void {
    this.#swarm = swarm
    this.#show = show
    const kept = this.#reopened
    if (!kept) return
    this.#copy = kept.saved ? 'saved' : kept.handedOver ? 'handed-over' : undefined
    this.#chunksRestored = kept.held.count
    this.#stage = kept.stage === 'paused' && !swarm.isDone ? 'paused' : 'fetching'
    this.#setActive(this.#stage === 'fetching')
  }

  download(): void {
    if (this.#stage === 'looking' && this.#chosen.files?.count !== 0) void this.#fetch()
  }

  /**
   * Fetches these files from now on, a bit each, and no others; what is here stays. Where there is no space for more,
   * `problem` says so and the choice stays as it was. Once fetching has begun, at least one file is chosen.
   */
  async choose(files: Bitfield): Promise<void> {
    const { content } = this.#swarm ?? {}
    if (!content || this.#stage === 'failed' || files.size !== content.manifest.files.length) return
    if (this.#stage === 'looking') {
      const choice = choiceOf(content, files)
      this.#chosen.set(choice)
      this.#swarm?.choose(choice.chunks)
      return this.#show()
    }
    if (files.count === 0) return
    const taken = this.#chosen.wish(content, files, (choice) => this.#take(content, choice))
    this.#show()
    await taken
    this.#show()
  }

  /** A bit for each file, to be looked at and not altered; undefined: all are chosen, or nothing is known. */
  get chosenFiles(): Bitfield | undefined {
    return this.#chosen.files
  }

  /** Whether every byte of this file is here and proved, so that it can be saved. */
  isWhole(file: number): boolean {
    const { content, held } = this.#swarm ?? {}
    return content !== undefined && held !== undefined && this.#chosen.isWhole(content, file, held)
  }

  pause(): void {
    if (this.#stage !== 'fetching' || this.#swarm?.isDone) return
    this.#stage = 'paused'
    this.#place.opened?.log?.note({ stage: 'paused' })
    this.#setActive(false)
  }

  resume(): void {
    if (this.#stage !== 'paused') return
    void this.#fetch()
  }

  /** Whether to pass nothing on: others then have less reason to serve us. */
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
   * Where the chunks are, and what proves them. Rejects with an Error for the person before fetching has begun, and
   * where the place could not be opened.
   */
  async place(): Promise<{
    store: Store
    content: Content
    pages: Pages
    name: string
    /** The files that are fetched, a bit each; absent: all. */
    chosen: Bitfield | undefined
    /** Chunks are missing. */
    isPart: boolean
  }> {
    const content = this.#swarm?.content
    if (!content || !this.#place.opening) throw new Error('Nothing has been downloaded yet.')
    const { store } = await this.#place.opening
    const chosen = this.#chosen.taken?.files
    const { pages = [], held } = this.#swarm ?? {}
    return { store, content, pages, name: contentName(content.manifest), chosen, isPart: !held?.isComplete }
  }

  /** Somebody who reads what this store holds has found that it cannot go on. */
  async foundFault(store: Store, error: StoreError): Promise<void> {
    if ((await this.#place.has(store)) && remedyOf[error.code] === 'reopen') this.storeFailed(error)
  }

  /**
   * The person has saved these files, all of them, at a chosen place; absent: all that there are. What else is chosen
   * since is not saved.
   */
  saved(of?: Bitfield): void {
    if (!this.#isAll(of)) return
    this.#copy = 'saved'
    this.#place.opened?.log?.note({ saved: true })
    this.#show()
  }

  /**
   * These files were given to the browser as a download. Nobody tells whether it arrives: this copy may be the only
   * one.
   */
  handedOver(of?: Bitfield): void {
    if (!this.#isAll(of)) return
    this.#copy ??= 'handed-over'
    this.#place.opened?.log?.note({ handedOver: true })
    this.#show()
  }

  /** Whether these files are all that is chosen now; undefined: all that there are. */
  #isAll(of: Bitfield | undefined): boolean {
    const { files } = this.#chosen.taken ?? {}
    return of === undefined || (files ? files.without(of).count === 0 : of.isComplete)
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
    const { content, isDone } = this.#swarm ?? {}
    if (this.#stage === 'failed') return 'failed'
    if (!content) return people === 0 ? 'connecting' : 'metadata'
    if (this.#stage === 'looking') return 'ready'
    if (isDone) return 'complete'
    return this.#stage === 'paused' ? 'paused' : 'downloading'
  }

  kept(): ReturnType<Side['kept']> {
    const files = this.#chosen.files
    const notKept = this.#place.opened ? this.#place.opened.why : this.#library.trouble
    return {
      ...(files && { filesChosen: files.count }),
      ...(this.#place.opened && { keeping: this.#place.opened.keeping }),
      ...(notKept && { notKept }),
      ...(this.#copy && { saved: this.#copy }),
      ...(this.#couldGo.length > 0 && { couldGo: this.#couldGo.map(({ name, bytes }) => ({ name, bytes })) }),
      ...(this.#receiveOnly && { receiveOnly: true }),
      ...(this.#chunksRestored > 0 && { chunksRestored: this.#chunksRestored }),
    }
  }

  pageKnown(page: number, bytes: Uint8Array): void {
    this.#place.notePage(page, bytes)
  }

  /** A place that was open pauses, where there is a way on from there; all else ends this attempt. */
  storeFailed(error: StoreError): void {
    const remedy = this.#place.opened ? remedyOf[error.code] : 'end'
    this.problem = error.message
    this.fault = error.code
    this.#stage = remedy === 'end' ? 'failed' : 'paused'
    if (remedy === 'reopen') this.#letGoOfPlace()
    if (error.code === 'no-space') void this.#askWhatCouldGo()
    this.#setActive(false)
    this.#show()
  }

  shown(heldBytes: number): void {
    this.#place.opened?.log?.note({ heldBytes, ...this.#lock, ...(this.#swarm?.isDone && { stage: 'complete' }) })
  }

  close(): void {
    if (this.#swarm) this.shown(this.#swarm.snapshot().heldBytes)
    void this.#place.close()
  }

  forget(): Promise<void> {
    return this.#place.forget()
  }

  async #fetch(): Promise<void> {
    const swarm = this.#swarm
    if (!swarm?.content) return
    this.#stage = 'fetching'
    this.problem = undefined
    this.fault = undefined
    this.#couldGo = []
    this.#show()
    let opened: Opened<Store>
    try {
      opened = await this.#openPlace(swarm.content)
    } catch (error) {
      this.storeFailed(error as StoreError)
      return
    }
    const { store, log, held } = opened
    swarm.useStore(new AnsweringStore(store, swarm.time))
    if (held && this.#chunksRestored === 0) this.#restore(held)
    log?.note({ ...this.#lock, stage: this.#stage === 'fetching' ? 'fetching' : 'paused' })
    if (this.#stage === 'fetching') this.#setActive(true)
    this.#show()
  }

  /** The lock to be written down. What is fetched beyond a gate stays beyond one, and the person may take it off. */
  get #lock(): { locked: boolean | undefined } {
    return { locked: this.#swarm?.hasGate ? true : undefined }
  }

  #setActive(active: boolean): void {
    this.#isActive = active
    this.#swarm?.setActivity(active, active && !this.#receiveOnly)
  }

  #openPlace(content: Content): Promise<Opened<Store>> {
    return this.#place.open(async (again) => {
      const opened = await this.#library.keep(content, () => this.#fetchAhead(), this.#chosen.taken)
      if (again) this.#writeDown(opened)
      return opened
    })
  }

  /** Space first, then the choice. False where there is none. */
  async #take(content: Content, choice: Choice): Promise<boolean> {
    try {
      await this.#place.change((before) => this.#library.choose(before, content, choice))
    } catch (error) {
      this.problem = (error as Error).message
      return false
    }
    if (this.fault === undefined) this.problem = undefined
    this.#taken(choice)
    return true
  }

  /** A choice is fetched from now on. What was saved before is no longer all, where more is chosen. */
  #taken(choice: Choice): void {
    const swarm = this.#swarm
    const before = this.#chosen.taken?.files
    if (before && choice.files.without(before).count > 0) this.#copy = undefined
    swarm?.choose(choice.chunks)
    const { log } = this.#place.opened ?? {}
    if (this.#copy === undefined) log?.note({ saved: false, handedOver: false })
    const mayGoOn = this.fault === undefined || remedyOf[this.fault] === 'go-on'
    if (this.#stage === 'paused' && swarm?.isDone && mayGoOn) void this.#fetch()
    else if (!swarm?.isDone) log?.note({ stage: this.#stage === 'fetching' ? 'fetching' : 'paused' })
  }

  /** Writes down what was known before the place was there. */
  #writeDown({ log }: Opened<Store>): void {
    log?.note({ saved: this.#copy === 'saved', handedOver: this.#copy === 'handed-over' })
    for (const [page, bytes] of (this.#swarm?.pages ?? []).entries()) if (bytes) log?.page(page, bytes)
  }

  async #askWhatCouldGo(): Promise<void> {
    if (!this.#swarm?.content) return
    const { chosenBytes, heldBytes } = this.#swarm.snapshot()
    const couldGo = await this.#library.couldGo(chosenBytes - heldBytes)
    if (this.fault !== 'no-space') return
    this.#couldGo = couldGo
    this.#show()
  }

  /**
   * Lets the place go: nothing in it counts as held any more. Anyone who opens it next proves again what is still
   * there.
   */
  #letGoOfPlace(): void {
    this.#place.letGo()
    this.#chunksRestored = 0
    this.#swarm?.startAnew()
  }

  /** Asks for the first chunks while their place is made, as it will fit. */
  #fetchAhead(): void {
    if (this.#stage !== 'fetching' || !this.#place.opening) return
    const { time } = this.#swarm ?? {}
    const opening = this.#place.opening.then(({ store }) => (time ? new AnsweringStore(store, time) : store))
    this.#swarm?.useStore(new OpeningStore(opening))
    this.#setActive(true)
  }

  /** Another visitor kept these, and has let go of them since this one looked. */
  #restore(held: NonNullable<Opened<Store>['held']>): void {
    this.#chunksRestored = held.count
    for (const chunk of held.indices()) this.#swarm?.dispatch({ type: 'chunk-restored', chunk })
  }
}
