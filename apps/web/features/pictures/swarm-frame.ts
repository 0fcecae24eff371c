// What the pictures of a swarm are drawn from, simulated or real. Knows nothing of where it comes from.

export type PeerRole = 'server' | 'seed' | 'leecher' | 'free-rider' | 'away'

/** A swarm at one moment. A peer's place in `peers` is its number everywhere. */
export type SwarmFrame = {
  /** `held`: chunks. */
  peers: { id: string; name: string; role: PeerRole; held: number }[]
  chunkCount: number
  /** Present peers that hold each chunk, the server counted. */
  copies: ArrayLike<number>
  flows: { from: number; to: number; bytesPerSecond: number }[]
}

/** Progress of each peer over time, for curves. */
export type ProgressSeries = { name: string; points: { atSeconds: number; held: number }[] }

/** Who was unchoked by whom, when: places in `peers`. */
export type ChokeSpan = { from: number; to: number; fromSeconds: number; untilSeconds: number; optimistic?: boolean }
