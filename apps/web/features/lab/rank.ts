// A peer's rank among all of a run. Knows nothing of pages.
import type { ParticipantSummary } from '@swarmdrop/peer/lab'

/** "You are 3rd of 8." Who is complete goes first, by time; then who holds more. Empty before anybody has said. */
export function rankOf(participants: readonly ParticipantSummary[], ownIds: readonly string[], count: number): string {
  const own = participants.find(({ ids }) => ids.some((id) => ownIds.includes(id)))
  if (!own) return ''
  const ahead = participants.filter(
    (participant) => participant !== own && participant.id !== 'server' && isAhead(participant, own),
  ).length
  return `You are ${ordinal(ahead + 1)} of ${count}.`
}

function isAhead(a: ParticipantSummary, b: ParticipantSummary): boolean {
  const [first, second] = [
    a.completedAfterMs ?? Number.POSITIVE_INFINITY,
    b.completedAfterMs ?? Number.POSITIVE_INFINITY,
  ]
  return first === second ? a.held > b.held : first < second
}

const ENDINGS = ['th', 'st', 'nd', 'rd']

/** 1st, 2nd, 3rd, 4th, 11th, 21st, 112th. */
export function ordinal(rank: number): string {
  const isTeen = Math.floor(rank / 10) % 10 === 1
  return `${rank}${isTeen ? 'th' : (ENDINGS[rank % 10] ?? 'th')}`
}
