// Why a peer serves whom it serves, and what it gets from whom, in sentences. Knows nothing of how they are shown.
import type { NeighbourSnapshot } from '@swarmdrop/core'
import type { ExperimentPolicy } from '@swarmdrop/core/simulation'
import { formatBytes, formatRate } from '../ui/format'
import { ordinal } from './rank'

export type Reason = { id: string; name: string; bytesPerSecond: number; why: string }

type Own = { isComplete: boolean; policy: ExperimentPolicy }

/** Whom we serve now, and why. */
export function servedBecause(
  neighbours: readonly NeighbourSnapshot[],
  nameOf: (id: string) => string,
  own: Own,
): Reason[] {
  const ranking = neighbours
    .filter(({ peerInterested }) => peerInterested)
    .sort((a, b) => b.downloadRate - a.downloadRate)
  return neighbours
    .filter(({ amChoking, peerInterested }) => !amChoking && peerInterested)
    .sort((a, b) => b.uploadRate - a.uploadRate)
    .map((neighbour) => ({
      id: neighbour.id,
      name: nameOf(neighbour.id),
      bytesPerSecond: neighbour.uploadRate,
      why: reasonFor(neighbour, 1 + ranking.indexOf(neighbour), own),
    }))
}

function reasonFor({ optimistic, downloadRate }: NeighbourSnapshot, rank: number, { isComplete, policy }: Own): string {
  if (policy.choker === 'everyone') return 'everybody is served in this experiment'
  if (optimistic) return 'chosen at random: the optimistic slot'
  if (policy.choker === 'round-robin') return 'their turn'
  if (isComplete && policy.seedTurns !== false) return 'their turn: you have the whole file, so you serve in turn'
  if (downloadRate === 0) return 'a slot was free'
  return `sends you ${formatRate(downloadRate)}, the ${rank === 1 ? '' : `${ordinal(rank)} `}fastest`
}

/** Who sends to us, and who could but does not. */
export function gettingFrom(neighbours: readonly NeighbourSnapshot[], nameOf: (id: string) => string): Reason[] {
  return neighbours
    .filter(({ amInterested, downloadRate, peerChoking }) => downloadRate > 0 || (amInterested && !peerChoking))
    .sort((a, b) => b.downloadRate - a.downloadRate)
    .map((neighbour) => ({
      id: neighbour.id,
      name: nameOf(neighbour.id),
      bytesPerSecond: neighbour.downloadRate,
      why: whyItSends(neighbour),
    }))
}

function whyItSends({ peerChoking, downloadRate, uploadedBytes, complete }: NeighbourSnapshot): string {
  if (peerChoking) return 'has just choked you; the last chunk is still arriving'
  if (downloadRate === 0) return 'has unchoked you; nothing is arriving right now'
  if (complete) return 'has the whole file, so serves everybody in turn'
  if (uploadedBytes > 0) return `serves you because you gave ${formatBytes(uploadedBytes)}`
  return 'serves you by chance: you have given nothing yet'
}

/** The neighbours that have what we want and choke us. */
export const chokedBy = (neighbours: readonly NeighbourSnapshot[], nameOf: (id: string) => string): string[] =>
  neighbours.filter(({ amInterested, peerChoking }) => amInterested && peerChoking).map(({ id }) => nameOf(id))
