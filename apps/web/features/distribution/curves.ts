// The two curves of theory over the number of people, through the bounds of those who are here. Draws nothing.
import { type FigurePoint, figure, sizesUpTo } from '@swarmdrop/core/theory'
import type { DistributionBounds } from '@swarmdrop/peer'

/** The fewest people of the curves, which part from each other only by and by. */
const FEWEST = 10
const MOST = 100

/**
 * The curves for as many people like those who are here: each gives the mean of their uploads, and the slowest download
 * is the slowest.
 */
export function curvesOf(bounds: DistributionBounds, count: number): FigurePoint[] {
  const { fileBytes, serverUploadBytesPerSecond, meanUploadBytesPerSecond, slowestDownloadBytesPerSecond } = bounds
  const peer = {
    uploadBytesPerSecond: meanUploadBytesPerSecond,
    downloadBytesPerSecond: slowestDownloadBytesPerSecond ?? Number.POSITIVE_INFINITY,
  }
  const largest = Math.max(count, Math.min(MOST, Math.max(FEWEST, Math.ceil(1.5 * count))))
  const peers = (n: number) => Array.from({ length: n }, () => peer)
  return figure((n) => ({ fileBytes, serverUploadBytesPerSecond, peers: peers(n) }), sizesUpTo(largest))
}
