// Chooses where a receiver keeps its chunks. Knows nothing of how they are kept.
import { type Layout, StoreError } from '@swarmdrop/core'
import { MemoryStore } from './memory-store'
import { OpfsStore } from './opfs-store'
import { hasFileSystem } from './private-files'
import type { ReceiverStore } from './receiver-store'
import { openScratch, sweepScratch } from './scratch'
import { estimatedSpaceProblem, inWords } from './space'

/** 1 GiB: more than this, and a tab that holds it all in memory is likely to be killed half-way. */
const MAX_MEMORY_BYTES = 2 ** 30

/** On disk where the browser can, else in memory. Rejects with StoreError when the content does not fit. */
export async function openReceiverStore(layout: Layout): Promise<ReceiverStore> {
  return (await openOnDisk(layout)) ?? openInMemory(layout)
}

async function openOnDisk(layout: Layout): Promise<ReceiverStore | undefined> {
  if (!hasFileSystem()) return undefined
  try {
    await sweepScratch()
    const problem = await estimatedSpaceProblem(layout.totalBytes)
    if (problem) throw problem
    const scratch = await openScratch()
    return await OpfsStore.open(layout, scratch).catch(async (error) => {
      await scratch.free(false)
      throw error
    })
  } catch (error) {
    if (error instanceof StoreError && error.code === 'no-space') throw error
    // Some browsers have the interface and refuse to use it, in private windows for one.
    return undefined
  }
}

function openInMemory(layout: Layout): ReceiverStore {
  if (layout.totalBytes <= MAX_MEMORY_BYTES) return new MemoryStore(layout)
  throw new StoreError(
    'no-space',
    `This browser keeps the file in memory here, up to ${inWords(MAX_MEMORY_BYTES)}, and this is ` +
      `${inWords(layout.totalBytes)}. Open the link over HTTPS, in another browser, or outside a private window.`,
  )
}
