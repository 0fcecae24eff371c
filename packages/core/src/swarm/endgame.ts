// The last chunks: which of those that others are sending is asked for once more. Pure; decides nothing else.
import type { Millis } from './events'
import type { Neighbour } from './neighbour'

/** Another is asked only where it is this much quicker. */
const GAIN = 1.5

/**
 * Of the chunks that `rivals` are sending, the one that will be longest in coming, if `neighbour` is likely to beat it. What a
 * rival owes before a chunk counts as part of its wait. Undefined where nobody is worth beating.
 */
export function longestInComing(
  rivals: Iterable<Neighbour>,
  neighbour: Neighbour,
  mayBe: (chunk: number) => boolean,
  now: Millis,
): number | undefined {
  const ownRate = Math.max(1, neighbour.receiveRate(now))
  let slowest: number | undefined
  let slowestSeconds = 0
  for (const rival of rivals) {
    if (rival === neighbour || rival.downloads.size === 0) continue
    const rate = Math.max(1, rival.receiveRate(now))
    let bytesUntilWhole = 0
    for (const { chunk, length, leftBytes } of rival.downloads.values()) {
      bytesUntilWhole += leftBytes
      const seconds = bytesUntilWhole / rate
      const ownSeconds = (neighbour.unansweredBytes + length) / ownRate
      if (seconds <= slowestSeconds || seconds <= GAIN * ownSeconds || !mayBe(chunk)) continue
      slowest = chunk
      slowestSeconds = seconds
    }
  }
  return slowest
}
