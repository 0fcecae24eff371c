// Packs a content into a scratch file, so that a large ZIP is never in memory. Knows nothing of downloads.
import type { FileEntry } from '@swarmdrop/core'
import { asStoreError, noSpaceLeft } from '../stores/space'
import { openSyncHandle } from '../stores/sync-handle'
import { answerCalls } from '../worker-calls'
import { zipStream } from './zip'

const methods = {
  async zipTo(scratch: string, files: readonly FileEntry[], content: Blob, modified: Date): Promise<void> {
    const handle = await openSyncHandle(scratch)
    let at = 0
    const writer = new WritableStream<Uint8Array>({
      write(bytes) {
        if (handle.write(bytes, { at }) !== bytes.length) throw noSpaceLeft()
        at += bytes.length
      },
    })
    try {
      await zipStream(files, content, modified).pipeTo(writer)
      handle.flush()
    } catch (error) {
      throw asStoreError(error)
    } finally {
      handle.close()
    }
  },
}
export type ZipMethods = typeof methods
answerCalls(methods)
