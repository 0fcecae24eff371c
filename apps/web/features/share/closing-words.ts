// The one sentence when all have it: what the swarm did. Pure; knows nothing of how it is drawn or copied.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { countPeople, formatBytes, formatDuration } from '../ui/format'

/** Shares of the work in words, of which the nearest is said. */
const SHARES = [
  [1 / 10, 'a tenth of the work'],
  [1 / 4, 'a quarter of the work'],
  [1 / 3, 'a third of the work'],
  [1 / 2, 'half the work'],
  [2 / 3, 'two thirds of the work'],
  [3 / 4, 'three quarters of the work'],
  [9 / 10, 'nine tenths of the work'],
] as const
/** The least share of the swarm that is worth a word. */
const LEAST_SHARE = 0.05
/** How far people must have begun together: else the time says when they came, and not how fast it was. */
const TOGETHER = 0.5

/**
 * “3 people, 42.0 MB each, in 22 s. You uploaded 62.0 MB instead of 126.0 MB: the swarm did half the work.” Undefined
 * before all have it.
 */
export function closingSentence({
  bytes,
  uploadedBytes,
  distribution,
}: Pick<TransferSnapshot, 'bytes' | 'uploadedBytes' | 'distribution'>): string | undefined {
  const { phase, count, measuredSeconds = 0, startSpreadSeconds = 0 } = distribution
  if (phase !== 'done' || bytes === 0) return undefined
  const time = startSpreadSeconds <= TOGETHER * measuredSeconds ? `, in ${formatDuration(measuredSeconds)}` : ''
  const got = `${countPeople(count)}, ${formatBytes(bytes)}${count === 1 ? '' : ' each'}${time}.`
  const alone = count * bytes
  const share = 1 - uploadedBytes / alone
  if (count === 1 || share < LEAST_SHARE) return got
  const [, work] = SHARES.reduce((best, next) => (Math.abs(next[0] - share) < Math.abs(best[0] - share) ? next : best))
  return `${got} You uploaded ${formatBytes(uploadedBytes)} instead of ${formatBytes(alone)}: the swarm did ${work}.`
}
