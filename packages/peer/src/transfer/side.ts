// What a transfer's two sides have in common: the person who sends, and one who receives. Knows neither.
import type { ChunkStore, Content, StoreError, SwarmEvent } from '@swarmdrop/core'
import type { Phase, TransferSnapshot } from './snapshot'

/** What a side may do with the swarm that its transfer is in. */
export interface SideSwarm {
  /** Undefined until the manifest is here. */
  readonly content: Content | undefined
  readonly isComplete: boolean
  readonly heldBytes: number
  dispatch(event: SwarmEvent): void
  useStore(store: ChunkStore): void
  setActivity(downloading: boolean, uploading: boolean): void
  /** Goes from the swarm for good. */
  leave(): void
  /** Something that a person waits for has changed: shown at once. */
  show(): void
}

export interface Side {
  readonly role: TransferSnapshot['role']
  /** Why it failed, or what it waits for, in a sentence for the person. */
  readonly problem: string | undefined
  start(swarm: SideSwarm): void
  /** `people`: neighbours. */
  phase(people: number): Phase
  /** What it adds to the snapshot. */
  kept(): Pick<TransferSnapshot, 'keeping' | 'chunksRestored'>
  pageKnown(page: number, bytes: Uint8Array): void
  storeFailed(error: StoreError): void
  /** A new snapshot is about to be shown, with so much of it here. */
  shown(heldBytes: number): void
  pause(): void
  resume(): void
  /** Lets go of its store; what is kept stays. */
  close(): void
  /** As `close`, and what is kept is deleted. Called after the swarm was left. */
  forget(): Promise<void>
}
