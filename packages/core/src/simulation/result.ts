// What came out of a run, compared with what theory says of the same experiment. Runs nothing.
import { CHUNK_BYTES } from '../content/index'
import { type Bounds, bounds, type Capacities } from '../theory/index'
import type { Experiment, ExperimentResult } from './experiment'
import { lies } from './peer-group'

/** What one peer did, simulated or real. Peers that are not counted are not waited for. */
export type PeerOutcome = {
  id: string
  isCounted: boolean
  completedAtMs: number | undefined
  uploadedBytes: number
  downloadedBytes: number
}

/**
 * The capacities that theory asks for. Liars are left out, as they neither want the file nor help with it; a free rider
 * uploads nothing.
 */
export function capacitiesOf({ fileBytes, server, peers }: Experiment): Capacities {
  return {
    fileBytes,
    serverUploadBytesPerSecond: server.uploadBytesPerSecond,
    peers: peers
      .filter(({ behaviour }) => !lies(behaviour))
      .flatMap(({ count, uploadBytesPerSecond, downloadBytesPerSecond, behaviour }) =>
        Array.from({ length: count }, () => ({
          uploadBytesPerSecond: behaviour === 'free-rider' ? 0 : uploadBytesPerSecond,
          downloadBytesPerSecond,
        })),
      ),
  }
}

/** Throws TheoryError for capacities with which nothing can be distributed. */
export const boundsOf = (experiment: Experiment): Bounds =>
  bounds(capacitiesOf(experiment), experiment.chunkBytes ?? CHUNK_BYTES)

/** The result of a run that ended, or was looked at, at `nowMs`. */
export function resultOf(
  { mode, server: { uploadBytesPerSecond }, peers: groups }: Experiment,
  theory: Bounds,
  server: Pick<PeerOutcome, 'uploadedBytes'>,
  peers: readonly PeerOutcome[],
  nowMs: number,
): ExperimentResult {
  const distributionSeconds = distributionOf(peers)
  const uploadedBytes = peers.reduce((sum, peer) => sum + peer.uploadedBytes, server.uploadedBytes)
  const peerUplinks = groups.reduce((sum, group) => sum + group.count * group.uploadBytesPerSecond, 0)
  const uplinks = uploadBytesPerSecond + (mode === 'p2p' ? peerUplinks : 0)
  const bound = mode === 'p2p' ? theory.chunked : theory.clientServer
  return {
    distributionSeconds,
    bounds: theory,
    ratio: distributionSeconds === null ? null : distributionSeconds / bound,
    uploadUtilisation: uploadedBytes / (uplinks * (distributionSeconds ?? Math.max(nowMs / 1000, 1))),
    serverUploadedBytes: server.uploadedBytes,
    peers: peers.map((peer) => ({
      id: peer.id,
      completedAtSeconds: peer.completedAtMs === undefined ? null : peer.completedAtMs / 1000,
      uploadedBytes: peer.uploadedBytes,
      downloadedBytes: peer.downloadedBytes,
    })),
  }
}

/** When the last of those that count had the file; null while one lacks it. */
function distributionOf(peers: readonly PeerOutcome[]): number | null {
  let last = 0
  for (const { isCounted, completedAtMs } of peers) {
    if (!isCounted) continue
    if (completedAtMs === undefined) return null
    last = Math.max(last, completedAtMs / 1000)
  }
  return last
}
