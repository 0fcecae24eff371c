// How fast a neighbour brings what it is asked for, counted over the time in which it owed something. Knows nothing of
// what it owes.
import type { Millis } from './events'

/** How much of owing counts: the past fades within it. */
const MEMORY_MS = 20_000
/**
 * The rate that a neighbour is taken to have before it has brought anything: it is worth a try where others are slower.
 */
const UNKNOWN_BYTES_PER_SECOND = 4_096

/**
 * The mean over the time of owing, not over the clock: one that waits for us never seems slow, and one that sends a
 * block a minute never seems quick, however short the moment in which the block came.
 */
export class DeliveryRate {
  private bytes = 0
  private ms = 0

  /** Whether any block has come. */
  get isKnown(): boolean {
    return this.bytes > 0
  }

  /** Counts bytes that came after they had been owed for so long. */
  brought(bytes: number, owedMs: Millis): void {
    const kept = Math.max(0, 1 - owedMs / MEMORY_MS)
    this.bytes = this.bytes * kept + bytes
    this.ms = this.ms * kept + owedMs
  }

  /** The neighbour's rate while it has owed a block of `owedBytes` for `owedMs`; 0 bytes: it owes nothing. */
  bytesPerSecond(owedBytes: number, owedMs: Millis): number {
    // What came in no time at all is as if it had taken a moment.
    const soFar = this.bytes === 0 ? UNKNOWN_BYTES_PER_SECOND : (this.bytes * 1000) / Math.max(1, this.ms)
    // A block that is late by now cannot be said to come any faster.
    return owedBytes > 0 ? Math.min(soFar, (owedBytes * 1000) / Math.max(1, owedMs)) : soFar
  }
}
