// Decides whether the sender may close the tab. Knows nothing of how that is shown.
import type { ChunkMap } from '@swarmdrop/core'
import type { NeighbourSnapshot } from '@swarmdrop/peer'

export type Safety = {
  /** Those who are connected hold every part between them. */
  safe: boolean
  /** How many hold anything. */
  holders: number
  /** How many still lack something. */
  fetching: number
}

export function safetyOf(
  neighbours: Pick<NeighbourSnapshot, 'complete' | 'chunksHeld'>[],
  map: Pick<ChunkMap, 'copies'> | undefined,
): Safety {
  const complete = neighbours.filter((person) => person.complete).length
  // Of an empty file every part is everywhere; only who is complete has it.
  const spread = map !== undefined && map.copies.length > 0 && map.copies.every((copies) => copies > 0)
  return {
    safe: complete > 0 || spread,
    holders: neighbours.filter((person) => person.complete || person.chunksHeld > 0).length,
    fetching: neighbours.length - complete,
  }
}
