// Makes the snapshot of a transfer out of what its parts say. Changes nothing but the record of the distribution's
// picture.
import { contentName, type SwarmSnapshot } from '@swarmdrop/core'
import type { LiveSwarm } from '../swarm/live-swarm'
import { connectionProblem } from './connection-problem'
import { distributionOf } from './distribution'
import type { DistributionRecord } from './distribution-record'
import type { Side } from './side'
import type { TransferSnapshot } from './snapshot'

/** Bytes a second; undefined: none. */
export type Limits = { upload: number | undefined; download: number | undefined }

export type TransferParts = {
  link: string
  side: Side
  limits: Limits
  live: Pick<
    LiveSwarm,
    | 'content'
    | 'tracker'
    | 'swarmSize'
    | 'hasRelay'
    | 'wayTo'
    | 'nameOf'
    | 'trouble'
    | 'turn'
    | 'reports'
    | 'hasGate'
    | 'gate'
  >
  swarm: SwarmSnapshot
  record: DistributionRecord
  isRelayOnly: boolean
  now: number
}

export function describeTransfer(parts: TransferParts): TransferSnapshot {
  const { link, side, live, record, now } = parts
  const { content } = live
  const { neighbours, uploadedBytes, downloadedBytes, uploadRate, downloadRate } = parts.swarm
  const { chunksHeld, heldBytes, chunksChosen, chosenBytes, othersHoldAll } = parts.swarm
  const { upload, download } = parts.limits
  const { problem, fault } = side
  const bytes = content?.layout.totalBytes ?? 0
  const left = chosenBytes - heldBytes
  return {
    link,
    role: side.role,
    phase: side.phase(neighbours.length),
    ...(problem !== undefined && { problem }),
    ...(fault !== undefined && { fault }),
    tracker: live.tracker,
    name: content ? contentName(content.manifest) : '',
    bytes,
    files: content?.manifest.files ?? [],
    folders: content?.manifest.folders ?? [],
    chunkCount: content?.layout.chunkCount ?? 0,
    chunksHeld,
    filesChosen: content?.manifest.files.length ?? 0,
    chunksChosen,
    bytesChosen: chosenBytes,
    ...side.kept(),
    uploadedBytes,
    downloadedBytes,
    uploadRate,
    downloadRate,
    ...(left > 0 && downloadRate > 0 && { secondsLeft: left / downloadRate }),
    ...(upload !== undefined && { uploadLimit: upload }),
    ...(download !== undefined && { downloadLimit: download }),
    ...relayOf(parts),
    ...passwordOf(parts),
    ...(neighbours.length === 0 && refusalOf(parts) === undefined && problemOf(live)),
    ...(live.turn !== undefined && { turn: live.turn }),
    swarmSize: live.swarmSize,
    neighbours: neighbours.map(({ snubbed: _, ...neighbour }) => {
      const name = live.nameOf(neighbour.id)
      return { ...neighbour, way: live.wayTo(neighbour.id) ?? 'direct', ...(name !== undefined && { name }) }
    }),
    othersHoldAll,
    distribution: record.update(distributionOf(bytes, live.reports(), now), now),
  }
}

/** What is the matter with connections, where the server is there: else its absence is what is the matter. */
function problemOf({ tracker, trouble }: TransferParts['live']): Pick<TransferSnapshot, 'connectionProblem'> {
  const sentence = tracker === 'online' ? connectionProblem(trouble) : undefined
  return sentence === undefined ? {} : { connectionProblem: sentence }
}

/**
 * Why we were refused. Only where nobody is connected and something is wanted: what others say of a sender's own
 * password is only their word.
 */
const refusalOf = ({ side, swarm, live }: TransferParts): TransferSnapshot['password'] =>
  side.role === 'receiver' && swarm.neighbours.length === 0 ? live.gate : undefined

function passwordOf(parts: TransferParts): Pick<TransferSnapshot, 'password'> {
  const password = refusalOf(parts) ?? (parts.live.hasGate ? 'set' : undefined)
  return password === undefined ? {} : { password }
}

function relayOf({ isRelayOnly, live }: TransferParts): Pick<TransferSnapshot, 'relay'> {
  if (isRelayOnly) return { relay: 'only' }
  return live.hasRelay ? { relay: 'available' } : {}
}
