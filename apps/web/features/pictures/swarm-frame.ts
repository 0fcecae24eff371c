// What the pictures of a swarm are drawn from, simulated or real: as the peer says it of its runs.
export type { ChokeSpan, PeerRole, ProgressSeries, SwarmFrame } from '@swarmdrop/peer/lab'
