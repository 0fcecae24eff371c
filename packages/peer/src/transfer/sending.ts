// The sender's side of a transfer: holds everything from the start, and serves until it is closed or its files change
// under it.
import type { ChunkStore, StoreError, StoreFault } from '@swarmdrop/core'
import { filesSilent } from '../stores/store-errors'
import type { Side, SideSwarm } from './side'
import type { Phase } from './snapshot'

export class Sending implements Side {
  readonly role = 'sender'
  problem: string | undefined
  fault: StoreFault | undefined
  readonly #store: ChunkStore & { close(): void }
  #swarm: SideSwarm | undefined
  #show = () => {}
  #hasEnded = false
  #sentBefore = 0

  /** `store`: holds every chunk. */
  constructor(store: ChunkStore & { close(): void }) {
    this.#store = store
  }

  start(swarm: SideSwarm, show: () => void): void {
    this.#swarm = swarm
    this.#show = show
  }

  phase(): Phase {
    return this.#hasEnded ? 'failed' : 'complete'
  }

  pause(): void {
    this.#swarm?.setActivity(false, false)
  }

  resume(): void {
    this.#swarm?.setActivity(false, true)
  }

  /**
   * The store failed. Where the disk now has other bytes than the link promises, the transfer leaves the swarm, so that
   * nobody waits for them from us. A disk that does not answer may do so later.
   */
  storeFailed(error: StoreError): void {
    if (this.#hasEnded) return
    const isSilent = error.code === 'silent'
    this.problem = isSilent ? filesSilent().message : error.message
    this.fault = error.code
    this.#sentBefore = this.#swarm?.snapshot().uploadedBytes ?? 0
    if (!isSilent) {
      this.#hasEnded = true
      this.#swarm?.leave()
    }
    this.#show()
  }

  close(): void {
    this.#store.close()
  }

  async forget(): Promise<void> {
    this.close()
  }

  kept(): Record<string, never> {
    return {}
  }
  pageKnown(): void {}

  /** Whatever was sent since has been read. */
  shown(): void {
    if (this.fault !== 'silent' || this.#swarm?.snapshot().uploadedBytes === this.#sentBefore) return
    this.problem = undefined
    this.fault = undefined
  }
}
