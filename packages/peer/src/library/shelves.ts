// The places where kept contents are, and what a runtime must bring to have some. Knows nothing of who may open them,
// or when one goes.
import type { Bitfield, Layout, StoreError, StoreFault } from '@swarmdrop/core'
import type { KeptStore } from '../ports'
import type { Runs } from '../stores/placement'
import type { Pages, RecoveryProgress } from '../stores/recovery'
import type { Timers } from '../time/timers'
import type { KeptReceived } from './kept-transfer'
import type { RecordTable } from './records'

export interface RecoverableStore extends KeptStore {
  /**
   * The chunks that an earlier visit has kept here, each proved again; they are held from now on. What is torn is not
   * among them. Called before anything else, by anyone who opens a place that may not be new.
   */
  recover(pages: Pages, onProgress: RecoveryProgress): Promise<Bitfield>
  /**
   * Takes space for more chunks: `runs` begin with those that have a place. Rejects with StoreError, and then all is as
   * before.
   */
  enlarge(runs: Runs): Promise<void>
}

/** One kind of place for chunks. */
export interface Shelf<Store> {
  readonly place: KeptReceived['place']
  /**
   * `runs`: the chunks that are kept. `release` is called when the store is closed, whichever way. Rejects where it
   * cannot be used, and is then not held.
   */
  open(id: string, layout: Layout, runs: Runs, release: () => void): Promise<Store>
  /** Removes a place. False when it is still open somewhere. One that is not there is deleted already. */
  remove(id: string): Promise<boolean>
  /** Everything on it, whether there is a record of it or not; undefined where only records know. */
  ids(): Promise<string[] | undefined>
}

export type LibraryPorts<Store extends RecoverableStore> = {
  time: Timers
  /** The table of records; undefined where this runtime keeps nothing. Rejects where it would and cannot. */
  table(): Promise<RecordTable | undefined>
  /** The best first; a place that cannot be used is passed over. */
  shelves(): readonly Shelf<Store>[]
  /** Claims a link for one visitor at a time. Returns the way to let go of it, or undefined while another has it. */
  claim(id: string): Promise<(() => void) | undefined>
  /**
   * A place that goes with this visit; `why`: what keeps it from more. Rejects with StoreError when the content does
   * not fit.
   */
  openTemporary(layout: Layout, runs: Runs, why?: StoreFault): Promise<Store>
  space: {
    /** How much of this does not fit; 0 when nobody can say. */
    missingBytes(neededBytes: number): Promise<number>
    /** Why it does not fit, for the person. */
    problem(neededBytes: number): Promise<StoreError | undefined>
  }
  /** Asks the runtime not to clear what is kept when space runs short. */
  askToPersist(): void
}
