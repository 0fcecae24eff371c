// Chooses where a receiver keeps its chunks. Knows nothing of how they are kept.
import { type Layout, StoreError, type StoreFault } from '@swarmdrop/core'
import { FIRST_ANSWER_MS, inTime, Placement, type Runs } from '@swarmdrop/peer/stores'
import { ownTimers } from '../workers/waiting'
import { memoryProblem } from './memory-problem'
import { MemoryStore } from './memory-store'
import { OpfsStore } from './opfs-store'
import { hasFileSystem } from './private-files'
import type { ReceiverStore } from './receiver-store'
import { openScratch, sweepScratch } from './scratch'
import { estimatedSpaceProblem } from './space'

/**
 * A store on disk where the browser can, else in memory. `runs`: the chunks that are kept; `why`: what is the matter
 * with storage. Rejects with StoreError when they do not fit.
 */
export async function openReceiverStore(
  layout: Layout,
  runs: Runs = Placement.whole(layout).runs,
  why?: StoreFault,
): Promise<ReceiverStore> {
  const bytes = Placement.read(layout, runs)?.bytes ?? layout.totalBytes
  return (await openOnDisk(layout, bytes, runs)) ?? openInMemory(layout, bytes, why)
}

async function openOnDisk(layout: Layout, bytes: number, runs: Runs): Promise<ReceiverStore | undefined> {
  if (!hasFileSystem()) return undefined
  try {
    await soon(sweepScratch())
    const problem = await estimatedSpaceProblem(bytes)
    if (problem) throw problem
    const scratch = await soon(openScratch())
    return await OpfsStore.open(layout, scratch, runs).catch(async (error) => {
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

function openInMemory(layout: Layout, bytes: number, why: StoreFault | undefined): ReceiverStore {
  const problem = memoryProblem(bytes, why)
  if (problem) throw problem
  return new MemoryStore(layout)
}
