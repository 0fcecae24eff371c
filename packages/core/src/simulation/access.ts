// How a simulated peer is joined to a network of paths: an uplink and a downlink, each with a queue. Knows nothing of
// who uses them.
import { Pipe } from './pipe'

const DEFAULT_QUEUE_MS = 100
/** Twelve packets: no queue is smaller. */
const LEAST_QUEUE_BYTES = 15_000
/** Control messages need an uplink even where blocks may not use it. */
const LEAST_BYTES_PER_SECOND = 20_000

export type Access = { up: Pipe; down: Pipe }

export type AccessOptions = {
  uploadBytesPerSecond: number
  downloadBytesPerSecond: number
  /** Half of it lies on each side of this peer's way, so that a pair is as far apart as the mean of both. */
  latencyMs: number
  queueMs?: number | undefined
  lossShare?: number | undefined
}

export function openAccess(options: AccessOptions, random: () => number): Access {
  const { uploadBytesPerSecond, downloadBytesPerSecond, latencyMs, queueMs = DEFAULT_QUEUE_MS, lossShare = 0 } = options
  const pipe = (rate: number, share: number) => {
    const bytesPerSecond = Math.max(rate, LEAST_BYTES_PER_SECOND)
    const queueBytes = Math.max(LEAST_QUEUE_BYTES, (bytesPerSecond * queueMs) / 1000)
    return new Pipe({ bytesPerSecond, queueBytes, delayMs: latencyMs / 2, lossShare: share }, random)
  }
  return { up: pipe(uploadBytesPerSecond, lossShare), down: pipe(downloadBytesPerSecond, 0) }
}
