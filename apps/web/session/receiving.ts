// A receiver's session: looks at once, fetches when told, keeps serving what it has. Knows nothing of how chunks travel.
import { contentName, type StoreError } from '@swarmdrop/core'
import { keepContent, type Opened, type Reopened } from '../adapters/keeping/keep'
import { canChooseFile } from '../adapters/saving/chosen-file'
import { saveFile, saveToChosen, saveZip } from '../adapters/saving/saving'
import { OpeningStore } from '../adapters/stores/opening-store'
import { expectOpfsStore } from '../adapters/stores/opfs-store'
import { Front } from './front'
import { SwarmSession } from './swarm-session'
import type { Phase, SessionSnapshot } from './types'

/** As the chunk map says it. */
const HELD = 2

type Stage = 'looking' | 'fetching' | 'paused' | 'failed'

export class ReceivingSession extends SwarmSession {
  readonly front = async (): Promise<Front> => {
    if (!this.content || !this.#opening) throw new Error('There is nothing to look at yet.')
    const { store } = await this.#opening
    return new Front({
      layout: this.content.layout,
      held: () => {
        const state = this.chunkMap()?.state
        return (chunk) => state?.[chunk] === HELD
      },
      read: (chunk, offset, length) => store.read(chunk, offset, length),
      whole: () => store.contentBlob(0, this.content?.layout.totalBytes ?? 0),
      want: (first, end) => this.driver.dispatch({ type: 'wanted-changed', first, end }),
    })
  }
  readonly saveTo = canChooseFile() ? () => this.#saveTo() : undefined
  #stage: Stage = 'looking'
  #opening: Promise<Opened> | undefined
  #opened: Opened | undefined
  #chunksRestored = 0

  /** `kept`: what an earlier page has left; it goes on from there by itself, unless it was paused. */
  constructor(contentId: Uint8Array, trackerUrl: string, kept?: Reopened) {
    super({ contentId, trackerUrl, role: 'receiver', ...(kept && { start: kept }) })
    if (!kept) {
      expectOpfsStore()
      return
    }
    this.#opened = { ...kept, keeping: 'kept' }
    this.#opening = Promise.resolve(this.#opened)
    this.#chunksRestored = kept.held.count
    this.#stage = kept.stage === 'paused' && !kept.held.isComplete ? 'paused' : 'fetching'
    const active = this.#stage === 'fetching'
    this.setActivity(active, active)
  }

  download(): void {
    if (this.#stage === 'looking') void this.#fetch()
  }

  pause(): void {
    if (this.#stage !== 'fetching' || this.isComplete) return
    this.#stage = 'paused'
    this.#opened?.log?.note({ stage: 'paused' })
    this.setActivity(false, false)
  }

  resume(): void {
    if (this.#stage !== 'paused') return
    this.problem = undefined
    void this.#fetch()
  }

  async save(): Promise<void> {
    const { files, store } = await this.#complete()
    if (files.length === 1) await saveFile(store, files, 0)
    else await saveZip(store, files, this.#name)
    this.#opened?.log?.note({ saved: true })
  }

  async saveFile(index: number): Promise<void> {
    const { files, store } = await this.#complete()
    return saveFile(store, files, index)
  }

  override close(): void {
    this.#note()
    super.close()
    // Nothing to do about a store that fails now: what it left is swept when the next one opens.
    this.#opening
      ?.then(({ store, log, keeping }) => {
        log?.close()
        return keeping === 'kept' ? store.close() : store.remove()
      })
      .catch(() => {})
  }

  async forget(): Promise<void> {
    super.close()
    const opened = await this.#opening
    await opened?.store.remove()
    await opened?.log?.forget()
  }

  protected override phase(people: number): Phase {
    if (this.#stage === 'failed') return 'failed'
    if (!this.content) return people === 0 ? 'connecting' : 'metadata'
    if (this.#stage === 'looking') return 'ready'
    if (this.isComplete) return 'complete'
    return this.#stage === 'paused' ? 'paused' : 'downloading'
  }

  protected override storage(): Pick<SessionSnapshot, 'keeping' | 'chunksRestored'> {
    return {
      ...(this.#opened && { keeping: this.#opened.keeping }),
      ...(this.#chunksRestored > 0 && { chunksRestored: this.#chunksRestored }),
    }
  }

  protected override pageKnown(page: number, bytes: Uint8Array): void {
    // It may come while the place for the chunks is made; a page that cannot be kept costs a later visit its chunks, and no more.
    void this.#opening?.then(({ log }) => log?.page(page, bytes)).catch(() => {})
  }

  protected override published(): void {
    this.#note()
  }

  /** A full disk pauses, as what is held stays good; any other fault of the store ends the transfer. */
  protected override storeFailed(error: StoreError): void {
    this.problem = error.message
    this.#stage = error.code === 'no-space' && this.#opened ? 'paused' : 'failed'
    this.setActivity(false, false)
  }

  async #fetch(): Promise<void> {
    if (!this.content) return
    this.#stage = 'fetching'
    this.publishNow()
    try {
      this.#opening ??= keepContent(this.content, () => this.#fetchAhead())
      this.#opened ??= await this.#opening
    } catch (error) {
      this.#opening = undefined
      this.storeFailed(error as StoreError)
      return
    }
    const { store, log, held } = this.#opened
    this.driver.useStore(store)
    if (held && this.#chunksRestored === 0) this.#restore(held)
    log?.note({ stage: this.#stage === 'fetching' ? 'fetching' : 'paused' })
    if (this.#stage === 'fetching') this.setActivity(true, true)
  }

  /** It will fit: the first chunks are asked for while their place is made. */
  #fetchAhead(): void {
    if (this.#stage !== 'fetching' || !this.#opening) return
    this.driver.useStore(new OpeningStore(this.#opening.then(({ store }) => store)))
    this.setActivity(true, true)
  }

  /** Another tab kept these, and has let go of them since this one looked. */
  #restore(held: NonNullable<Opened['held']>): void {
    this.#chunksRestored = held.count
    for (const chunk of held.indices()) this.driver.dispatch({ type: 'chunk-restored', chunk })
  }

  #note(): void {
    const log = this.#opened?.log
    if (!log) return
    log.note({ heldBytes: this.heldBytes, ...(this.isComplete && { stage: 'complete' }) })
  }

  async #saveTo() {
    const { files, store } = await this.#complete()
    const outcome = await saveToChosen(store, files, this.#name)
    if (outcome === 'saved') this.#opened?.log?.note({ saved: true })
    return outcome
  }

  get #name(): string {
    return this.content ? contentName(this.content.manifest) : 'files'
  }

  async #complete() {
    if (!this.content || !this.#opening) throw new Error('There is nothing to save yet.')
    return { files: this.content.manifest.files, store: (await this.#opening).store }
  }
}
