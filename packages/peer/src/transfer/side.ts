// What a transfer's two sides have in common: the person who sends, and one who receives. Knows neither.
import type { StoreError, StoreFault } from '@swarmdrop/core'
import type { LiveSwarm } from '../swarm/live-swarm'
import type { Phase, TransferSnapshot } from './snapshot'

/** What a side may do with the swarm that its transfer is in. */
export type SideSwarm = Pick<
  LiveSwarm,
  | 'time'
  | 'content'
  | 'pages'
  | 'isDone'
  | 'hasGate'
  | 'held'
  | 'snapshot'
  | 'dispatch'
  | 'useStore'
  | 'setActivity'
  | 'choose'
  | 'startAnew'
  | 'leave'
>

export interface Side {
  readonly role: TransferSnapshot['role']
  /** Why it failed, or what it waits for, in a sentence for the person. */
  readonly problem: string | undefined
  /** What is the matter with its store; undefined where nothing is. */
  readonly fault: StoreFault | undefined
  /** `show`: something that a person waits for has changed. */
  start(swarm: SideSwarm, show: () => void): void
  /** `people`: neighbours. */
  phase(people: number): Phase
  /** What it adds to the snapshot. */
  kept(): Pick<TransferSnapshot, 'keeping' | 'notKept' | 'chunksRestored' | 'saved' | 'couldGo' | 'receiveOnly'> & {
    filesChosen?: number
  }
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
