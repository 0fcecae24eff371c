// Gives the window a SyncFileStore on private files: synchronous handles exist only here. Knows nothing of Blobs.
import type { Layout } from '@swarmdrop/core'
import { HeldMarks, type Runs, SyncFileStore } from '@swarmdrop/peer/stores'
import { sha256 } from '../hashing/digest'
import { ownTimers } from '../workers/waiting'
import { answerCalls } from '../workers/worker-calls'
import type { Directory } from './private-files'
import { openSyncHandle } from './sync-handle'

let store: SyncFileStore

const methods = {
  /** Marks are kept for a later page, where there will be one that looks for them. */
  async open(directory: Directory, layout: Layout, runs: Runs): Promise<void> {
    const content = await openSyncHandle(directory, 'content')
    const isKept = directory.startsWith('kept/')
    const marks = isKept
      ? new HeldMarks(await openSyncHandle(directory, 'held'), layout.chunkCount, ownTimers)
      : undefined
    store = new SyncFileStore(content, layout, sha256, marks, runs)
  },
  enlarge: (runs: Runs) => store.enlarge(runs),
  prove: (first: number, digests: Uint8Array) => store.prove(first, digests),
  write: (chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array) => store.writeWhole(chunk, blocks, digest),
  read: (chunk: number, offset: number, length: number) => store.read(chunk, offset, length),
  seal: () => store.seal(),
  close: () => store.close(),
}
export type OpfsMethods = typeof methods
answerCalls(methods)
