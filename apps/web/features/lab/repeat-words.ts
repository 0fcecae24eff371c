// What repeated runs tell, in sentences: means with their intervals, and how much quicker one setting is than another.
// Pure.
import type { Estimate, Ratio } from '@swarmdrop/peer/lab'
import { pointInWords } from '../charts/distribution-data'
import { atBeginning, countOf } from '../ui/format'

/** "12.9 s (12.7 to 13.1)". */
export const estimateWords = ({ mean, interval }: Estimate): string =>
  pointInWords({ seconds: mean, ...(interval && { interval }) })

/**
 * "Rarest first is 1.4 times as fast (1.2 to 1.6, 10 runs)." `ratio`: how many times as long the other took. The
 * quicker one is named; where the interval holds 1, none is.
 */
export function ratioWords(name: string, other: string, { times, interval, count }: Ratio): string {
  const runs = countOf(count, 'run')
  if (interval.low <= 1 && interval.high >= 1)
    return `No difference can be seen (${timesDigits(interval.low)} to ${timesDigits(interval.high)} times as fast, ${runs}).`
  const [who, by, low, high] =
    times >= 1 ? [name, times, interval.low, interval.high] : [other, 1 / times, 1 / interval.high, 1 / interval.low]
  return `${atBeginning(who)} is ${timesDigits(by)} times as fast (${timesDigits(low)} to ${timesDigits(high)}, ${runs}).`
}

/** Two digits that count, where the second one is not nought. */
function timesDigits(times: number): string {
  if (times >= 9.95) return times.toFixed(0)
  // 1.04 and 1.00 are not the same.
  return Math.abs(times - 1) < 0.095 ? times.toFixed(2) : times.toFixed(1).replace(/\.0$/, '')
}
