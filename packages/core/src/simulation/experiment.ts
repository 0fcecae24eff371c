// What an experiment is: the same file is computed, simulated and run for real. Knows nothing of how.
import * as z from 'zod/mini'
import { CHUNK_BYTES, MAX_CHUNKS } from '../content/index'
import { chokers, pickers } from '../swarm/index'
import type { Bounds } from '../theory/index'
import { contradictionsIn, problemsOf } from './experiment-problems'
import { latencyMs, lossShare, PeerGroup, queueMs } from './peer-group'

const positiveRate = z.number().check(z.gt(0))
const slots = z.int().check(z.gte(0), z.lte(1_000))

/** The ways of distributing a file. */
export const modes = ['p2p', 'client-server'] as const

export const ExperimentPolicy = z.strictObject({
  picker: z.optional(z.enum(pickers)),
  choker: z.optional(z.enum(chokers)),
  regularSlots: z.optional(slots),
  optimisticSlots: z.optional(slots),
  rechokeSeconds: z.optional(positiveRate),
  optimisticSeconds: z.optional(positiveRate),
  /** How many connections a peer keeps; 50 unless told. */
  maxNeighbours: z.optional(z.int().check(z.gte(2), z.lte(1_000))),
  /**
   * The measures of the best clients that the textbook does not have; each can be switched off to see what it brings.
   */
  handOutOnce: z.optional(z.boolean()),
  seedTurns: z.optional(z.boolean()),
  spreadersFirst: z.optional(z.boolean()),
  immediateUnchoke: z.optional(z.boolean()),
  /** Off: in each round chance decides again among equals, those that are served no better off. */
  keepPlaces: z.optional(z.boolean()),
  endgame: z.optional(z.boolean()),
  /** Off: blocks go out to each neighbour in turn, and a choke cuts a chunk off half-way. */
  wholeChunks: z.optional(z.boolean()),
  /** Off: `minWindowBlocks` blocks are requested ahead, whatever the rate. */
  requestWindow: z.optional(z.boolean()),
})

const MAX_NAME_CHARACTERS = 200

export const Experiment = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS)),
  seed: z.int(),
  mode: z.enum(modes),
  fileBytes: z.int().check(z.gte(1), z.lte(MAX_CHUNKS * CHUNK_BYTES)),
  chunkBytes: z.optional(z.int().check(z.gte(1), z.lte(CHUNK_BYTES))),
  /**
   * Absent: a network without queues, on which nothing is lost. `paths`: packets, queues that drop, and data channels
   * that retransmit.
   */
  network: z.optional(z.enum(['paths'])),
  server: z.strictObject({
    uploadBytesPerSecond: positiveRate,
    latencyMs: z.optional(latencyMs),
    queueMs: z.optional(queueMs),
    lossShare: z.optional(lossShare),
  }),
  peers: z.array(PeerGroup).check(z.minLength(1), z.maxLength(1_000)),
  policy: z.optional(ExperimentPolicy),
})

export type Mode = (typeof modes)[number]
export type ExperimentPolicy = z.infer<typeof ExperimentPolicy>
export type Experiment = z.infer<typeof Experiment>

export type ExperimentResult = {
  /** The time from the start until the last peer had the file; null: not everybody got it. */
  distributionSeconds: number | null
  bounds: Bounds
  /** distributionSeconds / the bound of its mode: whole chunks for p2p. */
  ratio: number | null
  /** Bytes of chunks that server and peers sent, as a share of what their uplinks could have in that time. */
  uploadUtilisation: number
  serverUploadedBytes: number
  peers: { id: string; completedAtSeconds: number | null; uploadedBytes: number; downloadedBytes: number }[]
  /** The queues of a network of paths. */
  queues?: QueueResult
}

export type QueueResult = {
  /** Packets that found a queue full, and those that chance took. */
  droppedPackets: number
  lostByChance: number
  /** How long a byte waited in all queues on its way, on average; and the longest that a packet waited in one queue. */
  meanWaitMs: number
  longestWaitMs: number
}

export type ParsedExperiment = { ok: true; experiment: Experiment } | { ok: false; problems: string[] }

/**
 * Checks a decoded JSON value. Each problem names the place, as in `peers[2].count`, and says what was expected there.
 */
export function parseExperiment(value: unknown): ParsedExperiment {
  const parsed = Experiment.safeParse(value, { reportInput: true })
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error.issues) }
  const problems = contradictionsIn(parsed.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, experiment: parsed.data }
}
