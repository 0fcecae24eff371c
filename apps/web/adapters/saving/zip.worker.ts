// Packs a content into a scratch file, so that a large ZIP is never in memory. Knows nothing of downloads.
import { asStoreError } from '@swarmdrop/peer/stores'
import { sha256 } from '../hashing/digest'
import type { Directory } from '../stores/private-files'
import { openSyncHandle } from '../stores/sync-handle'
import { answerCalls } from '../workers/worker-calls'
import { GatheringWriter } from './gathering-writer'
import { ProvedBytes } from './proved-bytes'
import type { WholeChunks } from './whole-chunks'
import { zipStream } from './zip'
import type { Tree } from './zip-length'

const methods = {
  /** Bytes written. */
  async zipTo(directory: Directory, tree: Tree, chunks: WholeChunks, modified: Date): Promise<number> {
    const content = new ProvedBytes(chunks, sha256)
    const handle = await openSyncHandle(directory, 'content')
    const writer = new GatheringWriter(handle)
    try {
      await zipStream(tree, content, modified).pipeTo(new WritableStream({ write: (piece) => writer.write(piece) }))
      writer.flush()
      handle.flush()
      return handle.getSize()
    } catch (error) {
      throw asStoreError(error)
    } finally {
      handle.close()
    }
  },
}
export type ZipMethods = typeof methods
answerCalls(methods)
