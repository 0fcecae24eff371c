// The sign by which the swarm's picture shows a role, for its key. Decoration next to the word.
import type { PeerRole } from './swarm-frame'

export function RoleSign({ role }: { role: PeerRole }) {
  return (
    <svg aria-hidden="true" height="24" viewBox="0 0 24 24" width="24">
      <g fill="none" stroke="currentColor" strokeWidth="2.5">
        {SIGNS[role]}
      </g>
    </svg>
  )
}

const SIGNS: Record<PeerRole, React.ReactNode> = {
  server: <path d="M4 4h16v16H4zM8 9h8M8 12h8M8 15h8" strokeWidth="2" />,
  seed: (
    <>
      <circle cx="12" cy="12" r="6.5" />
      <circle cx="12" cy="12" r="10" strokeWidth="1.5" />
    </>
  ),
  leecher: (
    <>
      <circle cx="12" cy="12" opacity="0.3" r="8" />
      <path d="M12 4a8 8 0 0 1 6.9 12" />
    </>
  ),
  'free-rider': <circle cx="12" cy="12" r="8" strokeDasharray="4 4" />,
  away: <circle cx="12" cy="12" opacity="0.5" r="8" strokeWidth="1.5" />,
}
