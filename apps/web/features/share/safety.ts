// Decides whether the sender may close the tab. Knows nothing of how that is shown.
import type { TransferSnapshot } from '@swarmdrop/peer'

export type Safety = {
  /** Whether those who are connected and pass on what they hold have every part between them. */
  safe: boolean
  /** How many of them hold anything. */
  holders: number
  /** How many still lack something. */
  fetching: number
}

type Person = Pick<TransferSnapshot['neighbours'][number], 'complete' | 'chunksHeld' | 'serves'>
type Facts = Pick<TransferSnapshot, 'chunkCount' | 'othersHoldAll'> & { neighbours: Person[] }

/**
 * Whether the sender may go. Anyone who passes nothing on, as they wish or as they have paused, is no holder: nobody
 * could fetch it from them.
 */
export function safetyOf({ neighbours, chunkCount, othersHoldAll }: Facts): Safety {
  const serving = neighbours.filter(({ serves }) => serves)
  // Of an empty file every part is everywhere; only who is complete has it.
  const spread = chunkCount > 0 && othersHoldAll
  return {
    safe: serving.some(({ complete }) => complete) || spread,
    holders: serving.filter(({ complete, chunksHeld }) => complete || chunksHeld > 0).length,
    fetching: neighbours.filter(({ complete }) => !complete).length,
  }
}
