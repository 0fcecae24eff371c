// What is set for an experiment, and the experiment that it means for so many peers. Knows no form.
import { CHUNK_BYTES } from '@swarmdrop/core'
import {
  type Experiment,
  type ExperimentPolicy,
  type Mode,
  type PeerGroup,
  peerCountOf,
} from '@swarmdrop/core/simulation'

/** Which runs a press of Start makes. */
export type LabMode = Mode | 'both'

/** A kind of peer; `count` of a special kind, the first kind being all others. */
export type PeerKind = Omit<PeerGroup, 'count'>
export type SpecialKind = PeerKind & { count: number }

/** All of an experiment but the way and the peers. */
export type CommonSettings = {
  name: string
  seed: number
  fileBytes: number
  chunkBytes: number
  serverUploadBytesPerSecond: number
  policy: ExperimentPolicy
}

export type LabSettings = CommonSettings & {
  mode: LabMode
  /** All peers are like this but for the special ones. */
  everybody: PeerKind
  specials: SpecialKind[]
}

/** A class's network or one machine: a few milliseconds. */
const LAN_LATENCY_MS = 5
/** The most neighbours of a peer whose policy does not say. */
export const DEFAULT_NEIGHBOURS = 50

/**
 * Long enough to watch, short enough to wait for: with eight peers a quarter of a minute, and one minute from the
 * server alone.
 */
export const firstSettings: LabSettings = {
  name: 'First try',
  seed: 1,
  fileBytes: 16_000_000,
  chunkBytes: CHUNK_BYTES,
  serverUploadBytesPerSecond: 2_500_000,
  mode: 'both',
  everybody: {
    uploadBytesPerSecond: 1_000_000,
    downloadBytesPerSecond: 8_000_000,
    latencyMs: LAN_LATENCY_MS,
  },
  specials: [],
  policy: {},
}

/** The experiment as `npm run simulate` reads it: what is left at its default is not in it. */
export function experimentWith(settings: CommonSettings, mode: Mode, peers: PeerGroup[]): Experiment {
  const { name, seed, fileBytes, chunkBytes, serverUploadBytesPerSecond, policy } = settings
  const whole = { ...policy, ...(mode === 'client-server' && roomForAll(peerCountOf({ peers }), policy)) }
  return {
    name: name.trim() || 'Experiment',
    seed,
    mode,
    fileBytes,
    ...(chunkBytes !== CHUNK_BYTES && { chunkBytes }),
    server: { uploadBytesPerSecond: serverUploadBytesPerSecond },
    peers,
    ...(Object.keys(whole).length > 0 && { policy: whole }),
  }
}

/** The special kinds first take their peers from the end of the list; anyone who is left is like everybody. */
export function experimentOf(settings: LabSettings, mode: Mode, peerCount: number): Experiment {
  let left = peerCount
  const specials = settings.specials.flatMap((special) => {
    const count = Math.min(special.count, left)
    left -= count
    return count > 0 ? [{ ...special, count }] : []
  })
  return experimentWith(settings, mode, left > 0 ? [{ count: left, ...settings.everybody }, ...specials] : specials)
}

/** A server that serves more than a peer has neighbours by default must be allowed to. */
function roomForAll(peerCount: number, { maxNeighbours = DEFAULT_NEIGHBOURS }: ExperimentPolicy): ExperimentPolicy {
  return peerCount > maxNeighbours ? { maxNeighbours: peerCount } : {}
}

/** The largest group becomes everybody's kind, the others special ones. */
export function settingsOf(experiment: Experiment): { settings: LabSettings; peerCount: number } {
  const { name, seed, mode, fileBytes, chunkBytes = CHUNK_BYTES, server, peers, policy = {} } = experiment
  const largest = peers.reduce((most, group) => (group.count > most.count ? group : most))
  const { count: _, ...everybody } = largest
  return {
    settings: {
      name,
      seed,
      fileBytes,
      chunkBytes,
      serverUploadBytesPerSecond: server.uploadBytesPerSecond,
      mode,
      everybody,
      specials: peers.filter((group) => group !== largest),
      policy,
    },
    peerCount: peerCountOf(experiment),
  }
}

/**
 * The experiment as it was in truth run, where some of its peers were not there. `missing`: their indices among all
 * of its peers. Undefined when nobody is left.
 */
export function withoutPeers(experiment: Experiment, missing: ReadonlySet<number>): Experiment | undefined {
  if (missing.size === 0) return experiment
  let index = 0
  const peers = experiment.peers.flatMap((group) => {
    let count = 0
    for (let i = 0; i < group.count; i++) if (!missing.has(index++)) count++
    return count > 0 ? [{ ...group, count }] : []
  })
  return peers.length > 0 ? { ...experiment, peers } : undefined
}

/** Numbers of peers for the known figure: 1, 2, 4, … and the last one itself. */
export function sweepSizes(peerCount: number): number[] {
  const sizes: number[] = []
  for (let n = 1; n < peerCount; n *= 2) sizes.push(n)
  return [...sizes, peerCount]
}
