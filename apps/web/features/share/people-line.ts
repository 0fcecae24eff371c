// The one line above the picture of a share: how it goes for those who are here. Pure; knows nothing of how it is
// drawn.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { aloneSeconds, countFetching, peoplePaceLine } from '../distribution/pace-words'
import { countPeople } from '../ui/format'
import { hasAllItWants } from '../ui/people'

/** “3 people, about 40 s to go; alone you would need 1 min 50 s.” Empty where nobody is here. */
export function peopleLine(snapshot: TransferSnapshot, secondsLeft: number | undefined): string {
  const { neighbours } = snapshot
  const fetching = countFetching(snapshot)
  if (fetching > 0) return peoplePaceLine(fetching, secondsLeft, aloneSeconds(snapshot))
  const paused = neighbours.filter((person) => person.paused).length
  if (paused > 0) return `${countPeople(paused)} ${paused === 1 ? 'has' : 'have'} paused.`
  const done = neighbours.filter(hasAllItWants).length
  if (done > 0) return `${countPeople(done)} ${done === 1 ? 'has' : 'have'} it.`
  const here = neighbours.length
  return here === 0 ? '' : `${countPeople(here)} ${here === 1 ? 'has' : 'have'} opened the link.`
}
