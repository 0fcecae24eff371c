// How much is asked of a neighbour ahead, and in what pieces. Pure.
import type { Millis } from './events'
import type { Neighbour } from './neighbour'
import type { Policy } from './policy'

/** A block that takes longer than half a second holds up all else that its sender says: it is asked for in smaller ones. */
const SLOW_BYTES_PER_SECOND = 32_768
/** A large block takes a quarter of a second at most. */
const QUICK_BYTES_PER_SECOND = 524_288
/** What a slow neighbour brings in this time is enough to ask of it. */
const MOST_AHEAD_SECONDS = 60

/** How many bytes may be open with it; where more are than by its rate may be, that is told at once. */
export function windowBytes(neighbour: Neighbour, policy: Policy, now: Millis): number {
  const { blockBytes, minWindowBlocks, maxWindowBytes, windowMs } = policy
  if (neighbour.snubbed) return 1
  const byRate = windowMs > 0 ? (neighbour.receiveRate(now) * (windowMs + neighbour.quickestAnswerMs)) / 1000 : 0
  const bytes = Math.min(maxWindowBytes, Math.max(minWindowBlocks * blockBytes, byRate))
  // What is not asked of one that is slow is free for others. It may be as much as that: most often the window is full anyhow.
  if (neighbour.unanswered.bytes >= bytes || !neighbour.delivery.isKnown) return bytes
  return Math.min(bytes, neighbour.deliveryRate(now) * MOST_AHEAD_SECONDS + 1)
}

/** What to ask for at a time: of one that is slow or new, less, as all that it says waits behind the block on its way; of one that is quick, more. */
export function bytesOfBlock({ pace }: Neighbour, policy: Policy): number {
  const { blockBytes, smallBlockBytes, largeBlockBytes } = policy
  if (pace < SLOW_BYTES_PER_SECOND) return Math.min(blockBytes, smallBlockBytes)
  return pace < QUICK_BYTES_PER_SECOND ? blockBytes : Math.max(blockBytes, largeBlockBytes)
}
