// A sender's session: holds everything from the start, and serves until it is closed or its files change under it.
import { Bitfield, type Content, type StoreError } from '@swarmdrop/core'
import { FileStore } from '../adapters/stores/file-store'
import { SwarmSession } from './swarm-session'
import type { Phase } from './types'

export class SharingSession extends SwarmSession {
  readonly #store: FileStore
  #changed = false

  /** `sources[i]` holds the bytes of the manifest's file i; `digests`: 32 bytes a chunk. */
  constructor(
    { content, pages }: { content: Content; pages: Uint8Array[] },
    sources: File[],
    digests: Uint8Array,
    trackerUrl: string,
  ) {
    const store = new FileStore(content.layout, content.manifest.files, sources, digests)
    const held = Bitfield.full(content.layout.chunkCount)
    super({ contentId: content.id, trackerUrl, role: 'sender', start: { content, pages, held, store } })
    this.#store = store
  }

  download(): void {}

  pause(): void {
    this.setActivity(false, false)
  }

  resume(): void {
    this.setActivity(false, true)
  }

  async save(): Promise<void> {
    throw new Error('These files are on this device already.')
  }

  saveFile(): Promise<void> {
    return this.save()
  }

  async forget(): Promise<void> {
    this.close()
  }

  override close(): void {
    super.close()
    this.#store.close()
  }

  protected override phase(): Phase {
    return this.#changed ? 'failed' : 'complete'
  }

  /** The link promises other bytes than the disk now has: leave, so that nobody waits for them from us. */
  protected override storeFailed(error: StoreError): void {
    if (this.#changed) return
    this.#changed = true
    this.problem = error.message
    this.leaveSwarm()
    this.publishSoon()
  }
}
