// Chooses where a receiver keeps its chunks. Knows nothing of how they are kept.
import { type Layout, StoreError, type StoreFault } from '@swarmdrop/core'
import { FIRST_ANSWER_MS, inTime } from '@swarmdrop/peer/stores'
import { ownTimers } from '../workers/waiting'
import { MemoryStore } from './memory-store'
import { OpfsStore } from './opfs-store'
import { hasFileSystem } from './private-files'
import type { ReceiverStore } from './receiver-store'
import { openScratch, sweepScratch } from './scratch'
import { estimatedSpaceProblem, inWords } from './space'

/** 1 GiB: more than this, and a tab that holds it all in memory is likely to be killed half-way. */
const MAX_MEMORY_BYTES = 2 ** 30

/** On disk where the browser can, else in memory. `why`: what is the matter with storage. Rejects with StoreError when the content does not fit. */
export async function openReceiverStore(layout: Layout, why?: StoreFault): Promise<ReceiverStore> {
  return (await openOnDisk(layout)) ?? openInMemory(layout, why)
}

async function openOnDisk(layout: Layout): Promise<ReceiverStore | undefined> {
  if (!hasFileSystem()) return undefined
  try {
    await soon(sweepScratch())
    const problem = await estimatedSpaceProblem(layout.totalBytes)
    if (problem) throw problem
    const scratch = await soon(openScratch())
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

const soon = <T>(answer: Promise<T>): Promise<T> => inTime(ownTimers, FIRST_ANSWER_MS, answer)

function openInMemory(layout: Layout, why: StoreFault | undefined): ReceiverStore {
  if (layout.totalBytes <= MAX_MEMORY_BYTES) return new MemoryStore(layout)
  const bounds = `up to ${inWords(MAX_MEMORY_BYTES)}, and this is ${inWords(layout.totalBytes)}.`
  throw new StoreError(
    'no-space',
    why === 'refused'
      ? `Your browser blocks storage for this site, so the file must stay in memory: ${bounds} Allow cookies for this site and ` +
          'reload the page, or open the link in another browser.'
      : `This browser keeps the file in memory here, ${bounds} Open the link over HTTPS, in another browser, or outside a private window.`,
  )
}
