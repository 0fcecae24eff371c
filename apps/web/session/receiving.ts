// A receiver's session: looks at once, fetches when told, keeps serving what it has. Knows nothing of how chunks travel.
import { contentName, type StoreError } from '@swarmdrop/core'
import { canChooseFile } from '../adapters/saving/chosen-file'
import { saveFile, saveToChosen, saveZip } from '../adapters/saving/saving'
import { openReceiverStore } from '../adapters/stores/open-receiver-store'
import type { ReceiverStore } from '../adapters/stores/receiver-store'
import { Front } from './front'
import { SwarmSession } from './swarm-session'
import type { Phase } from './types'

/** As the chunk map says it. */
const HELD = 2

type Stage = 'looking' | 'fetching' | 'paused' | 'failed'

export class ReceivingSession extends SwarmSession {
  readonly front = async (): Promise<Front> => {
    if (!this.content || !this.#store) throw new Error('There is nothing to look at yet.')
    const store = await this.#store
    return new Front({
      layout: this.content.layout,
      held: () => {
        const state = this.chunkMap()?.state
        return (chunk) => state?.[chunk] === HELD
      },
      read: (chunk, offset, length) => store.read(chunk, offset, length),
      want: (first, end) => this.driver.dispatch({ type: 'wanted-changed', first, end }),
    })
  }
  readonly saveTo = canChooseFile() ? () => this.#saveTo() : undefined
  #stage: Stage = 'looking'
  #store: Promise<ReceiverStore> | undefined

  constructor(contentId: Uint8Array, trackerUrl: string) {
    super({ contentId, trackerUrl, role: 'receiver' })
  }

  download(): void {
    if (this.#stage === 'looking') void this.#fetch()
  }

  pause(): void {
    if (this.#stage !== 'fetching' || this.isComplete) return
    this.#stage = 'paused'
    this.setActivity(false, false)
  }

  resume(): void {
    if (this.#stage !== 'paused') return
    this.problem = undefined
    void this.#fetch()
  }

  async save(): Promise<void> {
    const { files, store } = await this.#kept()
    if (files.length === 1) return saveFile(store, files, 0)
    return saveZip(store, files, this.#name)
  }

  async saveFile(index: number): Promise<void> {
    const { files, store } = await this.#kept()
    return saveFile(store, files, index)
  }

  override close(): void {
    super.close()
    // Nothing to do about a store that fails now: what it left is swept when the next one opens.
    this.#store?.then((store) => store.remove()).catch(() => {})
  }

  protected override phase(people: number): Phase {
    if (this.#stage === 'failed') return 'failed'
    if (!this.content) return people === 0 ? 'connecting' : 'metadata'
    if (this.#stage === 'looking') return 'ready'
    if (this.isComplete) return 'complete'
    return this.#stage === 'paused' ? 'paused' : 'downloading'
  }

  /** A full disk pauses, as what is held stays good; any other fault of the store ends the transfer. */
  protected override storeFailed(error: StoreError): void {
    this.problem = error.message
    this.#stage = error.code === 'no-space' && this.#store ? 'paused' : 'failed'
    this.setActivity(false, false)
  }

  async #fetch(): Promise<void> {
    if (!this.content) return
    this.#stage = 'fetching'
    this.publishSoon()
    try {
      this.#store ??= openReceiverStore(this.content.layout)
      this.driver.useStore(await this.#store)
    } catch (error) {
      this.#store = undefined
      this.storeFailed(error as StoreError)
      return
    }
    if (this.#stage === 'fetching') this.setActivity(true, true)
  }

  async #saveTo() {
    const { files, store } = await this.#kept()
    return saveToChosen(store, files, this.#name)
  }

  get #name(): string {
    return this.content ? contentName(this.content.manifest) : 'files'
  }

  async #kept() {
    if (!this.content || !this.#store) throw new Error('There is nothing to save yet.')
    return { files: this.content.manifest.files, store: await this.#store }
  }
}
