// Says in words by which way people are reached. Knows nothing of how it is drawn.
import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { countPeople } from './format'

const NAMES: Record<NeighbourSnapshot['way'], string> = {
  direct: 'Direct',
  turn: 'Through a relay, encrypted',
  server: 'Through the server, encrypted',
}

export const wayName = (way: NeighbourSnapshot['way']): string => NAMES[way]

/** How many are reached through the server, and why, in words. Undefined where nobody is. */
export function serverWords({ neighbours, relay }: Pick<TransferSnapshot, 'neighbours' | 'relay'>): string | undefined {
  const relayed = neighbours.filter(({ way }) => way === 'server').length
  if (relayed === 0) return undefined
  const who = relayed === neighbours.length ? 'Through' : `${countPeople(relayed)} of ${neighbours.length} through`
  const why = relay === 'only' ? 'your address stays hidden' : 'no direct connection was possible'
  return `${who} the server, encrypted: ${why}.`
}
