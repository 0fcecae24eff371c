// Gives the window a SyncFileStore on a scratch file: synchronous handles exist only here. Knows nothing of Blobs.
import type { Layout } from '@swarmdrop/core'
import { answerCalls } from '../worker-calls'
import { SyncFileStore } from './sync-file-store'
import { openSyncHandle } from './sync-handle'

let store: SyncFileStore

const methods = {
  async open(scratch: string, layout: Layout): Promise<void> {
    store = new SyncFileStore(await openSyncHandle(scratch), layout)
  },
  write: (chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array) => store.write(chunk, blocks, digest),
  read: (chunk: number, offset: number, length: number) => store.read(chunk, offset, length),
  seal: () => store.seal(),
  close: () => store.close(),
}
export type OpfsMethods = typeof methods
answerCalls(methods)
