// Small experiments for tests, and what tests ask of their outcomes. Chunks are one block: tests need not move
// megabytes.
import type { Experiment, PeerGroup, SimulationOutcome } from '../simulation/index'

export const CHUNK = 65_536

type Options = Partial<Omit<Experiment, 'peers' | 'server' | 'fileBytes'>> & {
  chunks: number
  serverUploadBytesPerSecond: number
  /** More to be said of the server. */
  server?: Partial<Experiment['server']>
  peers: Partial<PeerGroup>[]
}

export function experiment({ chunks, serverUploadBytesPerSecond, server, peers, ...rest }: Options): Experiment {
  return {
    name: 'test',
    seed: 1,
    mode: 'p2p',
    fileBytes: chunks * CHUNK,
    chunkBytes: CHUNK,
    server: { uploadBytesPerSecond: serverUploadBytesPerSecond, ...server },
    peers: peers.map((group) => ({
      count: 1,
      uploadBytesPerSecond: 50_000,
      downloadBytesPerSecond: 1_000_000,
      ...group,
    })),
    ...rest,
  }
}

export const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

/** When the members of each group completed; Infinity for those that never did. */
export function completions({ peers: groups }: Experiment, { result }: SimulationOutcome): number[][] {
  let from = 0
  return groups.map(({ count }) => {
    const members = result.peers.slice(from, from + count)
    from += count
    return members.map(({ completedAtSeconds }) => completedAtSeconds ?? Number.POSITIVE_INFINITY)
  })
}

/** How many peers are in the swarm at a time, the server not counted. */
export function populationAt({ timeline }: SimulationOutcome, atSeconds: number): number {
  const moves = timeline.moves.filter((move) => move.atSeconds <= atSeconds && move.peer !== 0)
  return moves.reduce((count, { what }) => count + (what === 'joined' ? 1 : -1), 0)
}
