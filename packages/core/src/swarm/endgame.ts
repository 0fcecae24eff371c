// What others are slow to bring: which of the chunks under way is asked for once more. Pure; decides nothing else.
import type { Millis } from './events'
import type { Slice } from './neighbour'

/** A neighbour as its pace is looked at. */
export type Sender = Slice<'downloads' | 'unanswered' | 'deliveryRate'>

/** Another is asked only where it is this much quicker. */
const GAIN = 1.5

/** Seconds until each chunk that these neighbours are sending will be whole, by the quickest of those that send it. */
export function secondsToCome(senders: Iterable<Sender>, now: Millis): Map<number, number> {
  const soonest = new Map<number, number>()
  for (const sender of senders) {
    if (sender.downloads.size === 0) continue
    const rate = Math.max(1, sender.deliveryRate(now))
    let bytesUntilWhole = 0
    for (const { chunk, leftBytes } of sender.downloads.values()) {
      bytesUntilWhole += leftBytes
      soonest.set(chunk, Math.min(bytesUntilWhole / rate, soonest.get(chunk) ?? Number.POSITIVE_INFINITY))
    }
  }
  return soonest
}

/**
 * Whether `neighbour` would bring a chunk of this length well before `seconds` are over. Blocks that it owes already
 * come first.
 */
export function isSooner(neighbour: Sender, chunkBytes: number, seconds: number, now: Millis, gain = GAIN): boolean {
  const ownRate = Math.max(1, neighbour.deliveryRate(now))
  return seconds > (gain * (neighbour.unanswered.bytes + chunkBytes)) / ownRate
}

/**
 * The chunk that its sender will be longest about, among those that pass `mayBe`; undefined where none does. What a
 * sender owes before a chunk counts as part of its wait.
 */
export function longestInComing(
  soonest: ReadonlyMap<number, number>,
  mayBe: (chunk: number, seconds: number) => boolean,
): number | undefined {
  let slowest: number | undefined
  let slowestSeconds = 0
  for (const [chunk, seconds] of soonest) {
    if (seconds <= slowestSeconds || !mayBe(chunk, seconds)) continue
    slowest = chunk
    slowestSeconds = seconds
  }
  return slowest
}
