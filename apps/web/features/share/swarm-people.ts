// Whom the picture of a share shows: those who are here, and those who have gone with all of it. Knows nothing of how
// it is drawn.
import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { formatBytes, formatPercent } from '../ui/format'
import { hasAllItWants, percentOfPerson } from '../ui/people'

export type SwarmPerson = NeighbourSnapshot & { hasGone?: true }

/** The most people that are kept after they have gone: more would tell nothing more. */
const MOST_GONE = 30

/**
 * The people with those of `before` who had all they wanted: they stay in the picture when they go, the latest of them.
 */
export function withThoseGone(before: readonly SwarmPerson[], now: readonly NeighbourSnapshot[]): SwarmPerson[] {
  const here = new Set(now.map(({ id }) => id))
  const gone = before.filter((person) => !here.has(person.id) && hasAllItWants(person)).slice(-MOST_GONE)
  return [...gone.map((person) => ({ ...person, uploadRate: 0, hasGone: true as const })), ...now].sort(
    (a, b) => a.number - b.number,
  )
}

/** The words below a person's name. */
export function shortWords(person: SwarmPerson): string {
  if (person.hasGone) return 'left with it'
  if (person.complete) return 'has it'
  const percent = formatPercent(percentOfPerson(person))
  if (hasAllItWants(person)) return 'has what they chose'
  if (person.paused) return `paused at ${percent}`
  return person.chunksHeld === 0 && !person.peerInterested ? 'has opened it' : percent
}

/** Whether what is said of a person is no more than a number. */
export const isUnderWay = (person: SwarmPerson): boolean =>
  !person.paused && !hasAllItWants(person) && percentOfPerson(person) > 0

/** Bytes that people hold, and did not get from this peer: they got them from each other. */
export function bytesFromOthers(
  people: readonly SwarmPerson[],
  { bytes, chunkCount }: Pick<TransferSnapshot, 'bytes' | 'chunkCount'>,
): number {
  if (chunkCount === 0) return 0
  return people.reduce(
    (sum, { chunksHeld, uploadedBytes }) => sum + Math.max(0, (chunksHeld / chunkCount) * bytes - uploadedBytes),
    0,
  )
}

/** “12.4 MB from you, 8.1 MB from each other.” Empty before anything is sent. */
export function sourceWords(uploadedBytes: number, fromOthers: number): string {
  if (uploadedBytes === 0) return ''
  const others = fromOthers >= 1 ? `, ${formatBytes(fromOthers)} from each other` : ''
  return `${formatBytes(uploadedBytes)} from you${others}.`
}
