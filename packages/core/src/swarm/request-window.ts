// How much is asked of a neighbour ahead, and in what pieces. Pure.
import type { Millis } from './events'
import { FIRST_LANE, type Lane } from './lane'
import type { Slice } from './neighbour'
import type { PathEstimate } from './path-estimate'
import type { Policy } from './policy'

/** A neighbour as its window is measured. */
export type WindowNeighbour = Slice<'lanes' | 'snubbed' | 'delivery' | 'deliveryRate'>

/** A slow neighbour is asked for at most what it brings in this time. */
const MOST_AHEAD_SECONDS = 60
/** Any queue on the way holds so much: up to here the window doubles in each round trip, whatever the round trip is. */
const SAFE_BYTES = 131_072
/** The most by which a window is doubled on a path that is known: what the path brings in this time. */
const DOUBLED_AHEAD_MS = 40
/**
 * Where a machine has other things to do, requests ahead last this many times as long as its pauses, up to
 * LONGEST_STALL_MS.
 */
const STALL_FACTOR = 1.5
const LONGEST_STALL_MS = 200
/**
 * The block asked of a neighbour that has brought nothing yet: four of them fit into the queue of a slow mobile uplink.
 */
const FIRST_BLOCK_BYTES = 6_144
/** At least this many blocks wait for their turn. */
const BLOCKS_AHEAD = 2
/** Blocks besides those that the path holds: one that is coming in, and one that is asked for in its place. */
const BLOCKS_TURNING = 2
/**
 * What every window has beyond what its path holds. It is no less for a fast neighbour than for a slow one, so the
 * slower of two on one path grows. On a slow path: what that brings in this time.
 */
const EQUAL_SHARE = { bytes: 20_480, ms: 75 }

/**
 * How many bytes may be open over this connection to it; where more are than by its rate may be, that is told at once.
 */
export function windowBytes(neighbour: WindowNeighbour, lane: Lane, policy: Policy, now: Millis): number {
  const { length } = neighbour.lanes
  if (neighbour.snubbed) return lane.id === FIRST_LANE ? 1 : 0
  const { path } = lane
  const bytes = Math.min(
    policy.maxWindowBytes / length,
    Math.max(leastBytes(path, policy), bytesByPath(path, length, policy)),
    path.drainedBytes,
  )
  // What is not asked of one that is slow is free for others. It may be as much as that: most often the window is full
  // anyhow.
  if (lane.openBytes >= bytes || !neighbour.delivery.isKnown) return bytes
  return Math.min(bytes, (neighbour.deliveryRate(now) * MOST_AHEAD_SECONDS) / length + 1)
}

/** However slow the path. */
export function leastBytes(path: PathEstimate, policy: Policy): number {
  return policy.minWindowBlocks * bytesOfBlock(path, policy)
}

/**
 * The window that the path calls for: what the path holds, and a little more for its queue, so that it never runs dry
 * and others hardly wait. Where that is more than has been open so far, the rate shows it and the window grows; where
 * the path is full, it does not.
 */
function bytesByPath(path: PathEstimate, lanes: number, policy: Policy): number {
  if (policy.queuedAheadMs === 0) return 0
  const held = path.heldBytes
  const queued = path.bytesPerMs * aheadMs(path, policy)
  const doubled = Math.min(
    2 * held,
    SAFE_BYTES,
    path.isFresh ? Number.POSITIVE_INFINITY : held + path.bytesPerMs * DOUBLED_AHEAD_MS,
  )
  const share = path.isFresh ? 0 : Math.min(EQUAL_SHARE.bytes / lanes, path.bytesPerMs * EQUAL_SHARE.ms)
  return Math.max(held + queued, doubled) + Math.max(share, BLOCKS_TURNING * bytesOfBlock(path, policy))
}

/**
 * The length of a block to ask for. Shorter on a slow path, where everything waits behind the block on its way; longer
 * on a fast one, as each message costs both sides more than its bytes do.
 */
export function bytesOfBlock(path: PathEstimate, policy: Policy): number {
  const { blockBytes, smallBlockBytes, largeBlockBytes } = policy
  const ahead = path.bytesPerMs * aheadMs(path, policy)
  const wanted = path.isKnown ? 2 ** Math.floor(Math.log2(ahead / BLOCKS_AHEAD)) : FIRST_BLOCK_BYTES
  const most = path.isNear ? Math.max(blockBytes, largeBlockBytes) : blockBytes
  return Math.min(Math.max(wanted, Math.min(blockBytes, smallBlockBytes)), most)
}

/**
 * Near by, what comes in lumps does so because the machine has other things to do, and not for what was lost on the
 * way.
 */
function aheadMs({ isNear, stallMs }: PathEstimate, { queuedAheadMs }: Policy): number {
  return isNear ? Math.min(Math.max(queuedAheadMs, STALL_FACTOR * stallMs), LONGEST_STALL_MS) : queuedAheadMs
}
