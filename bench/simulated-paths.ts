// What one transfer makes of a long path in simulation: a few seconds, to judge a change of the request window by.
// Prints what it saw.
import { type Experiment, simulate } from '@swarmdrop/core/simulation'
import { table } from '../tooling/figures'

/** What packets' headers leave of a bottleneck's rate. */
const PAYLOAD_SHARE = 0.926
const MIB = 1_048_576

type Path = {
  name: string
  delayMs: number
  bytesPerSecond: number
  queueBytes: number
  lossShare?: number
  /** The receiver's upload limit. */
  uploadBytesPerSecond?: number
  receivers?: number
  mib?: number
}

const fast = { bytesPerSecond: 2_500_000, queueBytes: 250_000 }
const paths: Path[] = [
  { name: '20 ms, 2.5 MB/s, 250 kB', delayMs: 20, ...fast },
  { name: '50 ms, 2.5 MB/s, 250 kB', delayMs: 50, ...fast },
  { name: '100 ms, 1.25 MB/s, 125 kB', delayMs: 100, bytesPerSecond: 1_250_000, queueBytes: 125_000 },
  { name: '20 ms, 12.5 MB/s, 500 kB', delayMs: 20, bytesPerSecond: 12_500_000, queueBytes: 500_000, mib: 48 },
  { name: '20 ms, 2.5 MB/s, 250 kB, 0.1 %', delayMs: 20, ...fast, lossShare: 0.001 },
  { name: '50 ms, 2.5 MB/s, 250 kB, 0.5 %', delayMs: 50, ...fast, lossShare: 0.005 },
  { name: '50 ms, 2.5 MB/s, 250 kB, way back 125 kB/s', delayMs: 50, ...fast, uploadBytesPerSecond: 125_000 },
  { name: '20 ms, 100 kB/s, 30 kB', delayMs: 20, bytesPerSecond: 100_000, queueBytes: 30_000, mib: 2 },
  { name: '50 ms, 2.5 MB/s, 250 kB, four receivers', delayMs: 50, ...fast, receivers: 4 },
  { name: '1 ms, 25 MB/s, 1 MB (Wi-Fi)', delayMs: 1, bytesPerSecond: 25_000_000, queueBytes: 1_000_000, mib: 96 },
]

export async function simulatedPaths(): Promise<void> {
  const rows = paths.map((path) => {
    const { result } = simulate(experimentOf(path))
    const { distributionSeconds, queues, serverUploadedBytes } = result
    const seconds = distributionSeconds ?? Number.POSITIVE_INFINITY
    const share = serverUploadedBytes / (seconds * path.bytesPerSecond * PAYLOAD_SHARE)
    return [
      path.name,
      seconds.toFixed(1),
      share.toFixed(2),
      `${queues?.droppedPackets ?? '–'}`,
      queues?.meanWaitMs.toFixed(0) ?? '–',
      queues?.longestWaitMs.toFixed(0) ?? '–',
    ]
  })
  console.log(
    table(['simulated: one way, bottleneck, queue, loss', 's', 'of the line', 'dropped', 'wait, ms', 'longest'], rows),
  )
}

/** The bottleneck is the server's uplink. */
function experimentOf(path: Path): Experiment {
  const { name, delayMs: latencyMs, bytesPerSecond, queueBytes, lossShare, mib = 12, receivers: count = 1 } = path
  return {
    name,
    seed: 1,
    mode: 'p2p',
    network: 'paths',
    fileBytes: mib * MIB,
    server: {
      uploadBytesPerSecond: bytesPerSecond,
      latencyMs,
      queueMs: (1000 * queueBytes) / bytesPerSecond,
      ...(lossShare !== undefined && { lossShare }),
    },
    peers: [
      {
        count,
        uploadBytesPerSecond: path.uploadBytesPerSecond ?? bytesPerSecond,
        downloadBytesPerSecond: 4 * bytesPerSecond,
        latencyMs,
      },
    ],
  }
}
