// What a transfer's two sides have in common: the person who sends, and one who receives. Knows neither.
import type { StoreError, StoreFault } from '@swarmdrop/core'
import type { LiveSwarm } from '../swarm/live-swarm'
import type { Phase, TransferSnapshot } from './snapshot'

/** The part of its transfer's swarm that a side may use. */
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
  /** The fault of its store; undefined where there is none. */
  readonly fault: StoreFault | undefined
  /** `show`: something that a person waits for has changed. */
  start(swarm: SideSwarm, show: () => void): void
  /** `people`: neighbours. */
  phase(people: number): Phase
  /** The side's part of the snapshot. */
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
  /** Closes, and deletes what is kept. Called after the swarm was left. */
  forget(): Promise<void>
}
