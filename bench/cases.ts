// The experiments by which we judge our policies: the known figure and what it leaves out. Sizes in bytes, rates in
// bytes a second. Knows nothing of how they are run.
import { CHUNK_BYTES } from '@swarmdrop/core'
import type { Experiment } from '@swarmdrop/core/simulation'

const CHUNKS = 400
const FILE_BYTES = CHUNKS * CHUNK_BYTES
/** F/u is one hour. */
const HOURLY = FILE_BYTES / 3_600

type Case = { name: string; limit: number; experiment: (seed: number) => Experiment }

const alike =
  (name: string, count: number, serverTimes: number, more: Partial<Experiment> = {}) =>
  (seed: number) =>
    ({
      name,
      seed,
      mode: 'p2p',
      fileBytes: FILE_BYTES,
      server: { uploadBytesPerSecond: serverTimes * HOURLY },
      peers: [{ count, uploadBytesPerSecond: HOURLY, downloadBytesPerSecond: 100 * HOURLY }],
      ...more,
    }) satisfies Experiment

export const figure = (count: number) => alike(`the figure, N = ${count}`, count, 10)

export const crowd = (count: number) =>
  alike(`the figure, N = ${count}, 30 neighbours`, count, 10, { policy: { maxNeighbours: 30 } })

export const cases: Case[] = [
  ...[1, 2, 5, 10, 20, 30, 35].map((count) => ({
    name: `the figure, N = ${count}`,
    limit: 1.05,
    experiment: figure(count),
  })),
  ...[10, 50].map((count) => ({
    name: `server-bound, N = ${count}`,
    limit: 1.06,
    experiment: alike(`server-bound, N = ${count}`, count, 1),
  })),
  {
    name: 'short: 16 MiB, us 1 MB/s, 8 peers of 250 kB/s',
    limit: 1.12,
    experiment: (seed) => ({
      name: 'short',
      seed,
      mode: 'p2p',
      fileBytes: 16 * 1_048_576,
      server: { uploadBytesPerSecond: 1e6 },
      peers: [{ count: 8, uploadBytesPerSecond: 250e3, downloadBytesPerSecond: 2e6 }],
    }),
  },
  {
    name: 'mixed: 13 peers each of 20, 50, 200 kB/s',
    limit: 1.1,
    experiment: (seed) => ({
      name: 'mixed',
      seed,
      mode: 'p2p',
      fileBytes: FILE_BYTES,
      server: { uploadBytesPerSecond: 400e3 },
      peers: [20e3, 50e3, 200e3].map((rate) => ({
        count: 13,
        uploadBytesPerSecond: rate,
        downloadBytesPerSecond: 4e6,
      })),
    }),
  },
  {
    name: 'one slow downloader among ten',
    limit: 1.05,
    experiment: (seed) => ({
      name: 'one slow downloader',
      seed,
      mode: 'p2p',
      fileBytes: FILE_BYTES,
      server: { uploadBytesPerSecond: 1e6 },
      peers: [
        { count: 9, uploadBytesPerSecond: 500e3, downloadBytesPerSecond: 4e6 },
        { count: 1, uploadBytesPerSecond: 500e3, downloadBytesPerSecond: 100e3 },
      ],
    }),
  },
  { name: 'the figure, N = 100, 30 neighbours', limit: 1.1, experiment: crowd(100) },
  {
    name: 'flash crowd: 50 join over 60 s, a fifth leave half-way for a minute',
    limit: Number.POSITIVE_INFINITY,
    experiment: (seed) => flashCrowd(seed),
  },
  {
    name: 'client-server, N = 10',
    limit: 1.02,
    experiment: alike('client-server, N = 10', 10, 10, { mode: 'client-server' }),
  },
]

const flashCrowd = (seed: number): Experiment => ({
  name: 'flash crowd with churn',
  seed,
  mode: 'p2p',
  fileBytes: FILE_BYTES,
  server: { uploadBytesPerSecond: 1e6 },
  peers: [
    { count: 40, uploadBytesPerSecond: 250e3, downloadBytesPerSecond: 4e6, joinWithinSeconds: 60 },
    {
      count: 10,
      uploadBytesPerSecond: 250e3,
      downloadBytesPerSecond: 4e6,
      joinWithinSeconds: 60,
      leaveAtSeconds: 200,
      rejoinAtSeconds: 260,
    },
  ],
})

export const freeRiders = (seed: number): Experiment => ({
  name: 'free riders',
  seed,
  mode: 'p2p',
  fileBytes: 100 * CHUNK_BYTES,
  server: { uploadBytesPerSecond: 100e3 },
  peers: [
    { count: 12, uploadBytesPerSecond: 100e3, downloadBytesPerSecond: 2e6 },
    { count: 6, uploadBytesPerSecond: 100e3, downloadBytesPerSecond: 2e6, behaviour: 'free-rider' },
  ],
})
