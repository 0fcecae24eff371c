// The sender's side of a transfer: holds everything from the start, and serves until it is closed or its files change under it.
import type { ChunkStore, StoreError, StoreFault } from '@swarmdrop/core'
import type { Side, SideSwarm } from './side'
import type { Phase } from './snapshot'

export class Sending implements Side {
  readonly role = 'sender'
  problem: string | undefined
  fault: StoreFault | undefined
  readonly #store: ChunkStore & { close(): void }
  #swarm: SideSwarm | undefined
  #show = () => {}

  /** `store`: holds every chunk. */
  constructor(store: ChunkStore & { close(): void }) {
    this.#store = store
  }

  start(swarm: SideSwarm, show: () => void): void {
    this.#swarm = swarm
    this.#show = show
  }

  phase(): Phase {
    return this.problem === undefined ? 'complete' : 'failed'
  }

  pause(): void {
    this.#swarm?.setActivity(false, false)
  }

  resume(): void {
    this.#swarm?.setActivity(false, true)
  }

  /** The link promises other bytes than the disk now has: leave, so that nobody waits for them from us. */
  storeFailed(error: StoreError): void {
    if (this.problem !== undefined) return
    this.problem = error.message
    this.fault = error.code
    this.#swarm?.leave()
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
  shown(): void {}
}
