// The rules that an experiment may change, with their defaults. Knows nothing of how they are carried out.
import { MAX_BLOCK_BYTES } from '../wire/index'
import type { ChokerPolicy } from './choker'
import type { PickerPolicy } from './chunk-picker'

/** Times are in milliseconds, sizes in bytes. */
export type Policy = {
  picker: PickerPolicy
  choker: ChokerPolicy
  /** Neighbours served by merit, and by lot. */
  regularSlots: number
  optimisticSlots: number
  rechokeMs: number
  optimisticMs: number
  /** A neighbour served by merit does not lose its place to an equal before so long. */
  settleMs: number
  /** How many chunks are taken at random before the picker's rule holds: a newcomer needs something to give. */
  randomFirstChunks: number
  /** A block is what one request asks for. */
  blockBytes: number
  /** The least, of one that is slow: whatever it says waits behind the block that it is sending. */
  smallBlockBytes: number
  /** The most, of one that is quick and near: each message costs both sides more than its bytes do. */
  largeBlockBytes: number
  /** How much may wait on a link: what it drains in this time. */
  queueMs: number
  /**
   * Requests under way to a neighbour: what the path holds, and what it brings in this time, within the bounds that
   * follow. 0: the least that may be, however fast the path.
   */
  queuedAheadMs: number
  minWindowBlocks: number
  maxWindowBytes: number
  /** Connections to one neighbour, where some of what is sent is lost on the way. */
  mostLanes: number
  /** Once all that is missing is under way, ask a quicker neighbour for the slowest chunk as well. */
  endgame: boolean
  /** A fresh seed gives every chunk once before it gives any twice. */
  handOutOnce: boolean
  /** A complete peer serves by turn, not by the rate received (which is nothing). */
  seedTurns: boolean
  /** When a complete peer serves by turns, it serves those first whose chunks have spread to others. */
  spreadersFirst: boolean
  /** A free slot is filled at once, not at the next round. */
  immediateUnchoke: boolean
  /** A neighbour that asks for nothing, or takes next to nothing, keeps no slot from others. */
  judgesSlots: boolean
  /** How long a neighbour has a slot before it shows what it makes of it. */
  idleSlotMs: number
  /**
   * A neighbour that has part of a chunk is served first, and may finish it though choked: nobody can pass on a part.
   */
  wholeChunks: boolean
  maxNeighbours: number
  /** Under this many, the tracker is asked for more, no oftener than `morePeersMs`. */
  minNeighbours: number
  morePeersMs: number
  /** Beyond this many, neighbours of no use for `uselessMs` are let go. */
  comfortableNeighbours: number
  uselessMs: number
  /** How often neighbours are looked over for silence, snubbing and use. */
  watchMs: number
  /**
   * A neighbour is snubbed after this long without a block though some are due, and given up after twice as long where
   * another has begun.
   */
  snubMs: number
  /** A neighbour is dropped after this long without a block though asked, while others have what we lack. */
  fruitlessMs: number
  /** A neighbour is gone after this long without a word, whatever the network says. */
  silenceMs: number
  keepAliveMs: number
}

export const defaultPolicy: Policy = {
  picker: 'rarest-first',
  choker: 'tit-for-tat',
  regularSlots: 4,
  optimisticSlots: 1,
  rechokeMs: 10_000,
  optimisticMs: 30_000,
  settleMs: 30_000,
  randomFirstChunks: 4,
  blockBytes: 65_536,
  smallBlockBytes: 2_048,
  largeBlockBytes: MAX_BLOCK_BYTES,
  queueMs: 1_000,
  queuedAheadMs: 25,
  minWindowBlocks: 4,
  maxWindowBytes: 4 * 1_048_576,
  mostLanes: 4,
  endgame: true,
  handOutOnce: true,
  seedTurns: true,
  spreadersFirst: true,
  immediateUnchoke: true,
  judgesSlots: true,
  idleSlotMs: 5_000,
  wholeChunks: true,
  maxNeighbours: 50,
  minNeighbours: 15,
  morePeersMs: 20_000,
  comfortableNeighbours: 30,
  uselessMs: 60_000,
  watchMs: 5_000,
  snubMs: 60_000,
  fruitlessMs: 300_000,
  silenceMs: 15_000,
  keepAliveMs: 5_000,
}
