// A peer's place among all of a run. Knows nothing of pages.
import type { MemberSummary } from '@swarmdrop/peer/lab'

/** "You are 3rd of 8." Who is complete goes first, by time; then who holds more. Empty before anybody has said. */
export function placeOf(members: readonly MemberSummary[], ownIds: readonly string[], count: number): string {
  const own = members.find(({ ids }) => ids.some((id) => ownIds.includes(id)))
  if (!own) return ''
  const ahead = members.filter((member) => member !== own && member.id !== 'server' && isAhead(member, own)).length
  return `You are ${ordinal(ahead + 1)} of ${count}.`
}

function isAhead(a: MemberSummary, b: MemberSummary): boolean {
  const [first, second] = [
    a.completedAfterMs ?? Number.POSITIVE_INFINITY,
    b.completedAfterMs ?? Number.POSITIVE_INFINITY,
  ]
  return first === second ? a.held > b.held : first < second
}

const ENDINGS = ['th', 'st', 'nd', 'rd']

/** 1st, 2nd, 3rd, 4th, 11th, 21st, 112th. */
export function ordinal(place: number): string {
  const isTeen = Math.floor(place / 10) % 10 === 1
  return `${place}${isTeen ? 'th' : (ENDINGS[place % 10] ?? 'th')}`
}
