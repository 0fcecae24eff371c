// Peers of an experiment that are alike: how many, how fast, when they come and go, how they behave. Knows no
// experiment.
import * as z from 'zod/mini'

/** The longest latency or queue, the largest loss and the largest group that an experiment may ask for. */
const MAX_WAIT_MS = 60_000
const MAX_LOSS_SHARE = 0.5
const MAX_PEERS = 10_000

const rate = z.number().check(z.gte(0))
const seconds = z.number().check(z.gte(0))

export const latencyMs = z.number().check(z.gte(0), z.lte(MAX_WAIT_MS))
/**
 * How much may wait before an uplink or downlink, as the time in which it carries that; packets beyond are lost. With
 * paths alone.
 */
export const queueMs = z.number().check(z.gt(0), z.lte(MAX_WAIT_MS))
/** The share of packets that an uplink loses by chance. With paths alone. */
export const lossShare = z.number().check(z.gte(0), z.lte(MAX_LOSS_SHARE))

/** How a peer behaves. The last two lie: they claim all chunks, and send nothing, or wrong bytes. */
export const behaviours = ['normal', 'free-rider', 'leave-when-complete', 'claims-all', 'sends-bad-chunks'] as const

export const PeerGroup = z.strictObject({
  count: z.int().check(z.gte(1), z.lte(MAX_PEERS)),
  uploadBytesPerSecond: rate,
  downloadBytesPerSecond: z.number().check(z.gt(0)),
  latencyMs: z.optional(latencyMs),
  queueMs: z.optional(queueMs),
  lossShare: z.optional(lossShare),
  joinAtSeconds: z.optional(seconds),
  /** The group's peers join one after another, evenly, from `joinAtSeconds` on, within this time. */
  joinWithinSeconds: z.optional(seconds),
  leaveAtSeconds: z.optional(seconds),
  rejoinAtSeconds: z.optional(seconds),
  behaviour: z.optional(z.enum(behaviours)),
})

export type Behaviour = (typeof behaviours)[number]
export type PeerGroup = z.infer<typeof PeerGroup>

/** Neither wants the file nor helps with it. */
export const lies = (behaviour: Behaviour | 'server' | undefined): boolean =>
  behaviour === 'claims-all' || behaviour === 'sends-bad-chunks'

/** N: the server is not counted. */
export const peerCountOf = ({ peers }: { peers: readonly { count: number }[] }): number =>
  peers.reduce((sum, { count }) => sum + count, 0)
