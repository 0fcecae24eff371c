// A peer's role in the textbook's words. Knows nothing of pictures.
import { countOf } from '../ui/format'
import type { PeerRole, SwarmFrame } from './swarm-frame'

const ROLES: readonly PeerRole[] = ['server', 'seed', 'leecher', 'free-rider', 'away']

export const ROLE_NAMES: Record<PeerRole, { one: string; many: string; means: string }> = {
  server: { one: 'server', many: 'servers', means: 'Has the whole file from the start.' },
  seed: { one: 'seed', many: 'seeds', means: 'Has all chunks now, and still uploads.' },
  leecher: { one: 'leecher', many: 'leechers', means: 'Lacks chunks: downloads, and uploads what it has.' },
  'free-rider': { one: 'free rider', many: 'free riders', means: 'Downloads and uploads nothing.' },
  away: { one: 'away', many: 'away', means: 'Not here yet, or has left.' },
}

export function countRoles(peers: SwarmFrame['peers']): { role: PeerRole; count: number }[] {
  return ROLES.map((role) => ({ role, count: peers.filter((peer) => peer.role === role).length })).filter(
    ({ count }) => count > 0,
  )
}

/** "1 server, 3 seeds, 2 away". */
export function rolesInWords(peers: SwarmFrame['peers']): string {
  return countRoles(peers)
    .map(({ role, count }) => countOf(count, ROLE_NAMES[role].one, ROLE_NAMES[role].many))
    .join(', ')
}
