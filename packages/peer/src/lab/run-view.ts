// What pictures of a run are drawn from, simulated or real: plain data. Knows nothing of where it comes from.
import type { Experiment, ParticipantPlan } from '@swarmdrop/core/simulation'
import type { ParticipantSummary } from './messages'
import type { RunState } from './run-events'

export type PeerRole = 'server' | 'seed' | 'leecher' | 'free-rider' | 'away'

/** A swarm at one moment. Others name a peer by its index in `peers`. */
export type SwarmFrame = {
  /** `held`: chunks. `mark`: by which it is known in every picture; its index where there is none. */
  peers: { id: string; name: string; mark?: number; role: PeerRole; held: number }[]
  chunkCount: number
  /** Present peers that hold each chunk, the server counted. */
  copies: ArrayLike<number>
  flows: { from: number; to: number; bytesPerSecond: number }[]
}

/** Progress of each peer over time, for curves. */
export type ProgressSeries = { name: string; mark?: number; points: { atSeconds: number; held: number }[] }

/** Who was unchoked by whom, when: indices in `peers`. */
export type ChokeSpan = { from: number; to: number; fromSeconds: number; untilSeconds: number; optimistic?: boolean }

/** One run as the teacher's page shows it. */
export type RunView = {
  experiment: Experiment
  phase: RunState['phase']
  /** Seconds since the start; 0 before it. */
  seconds: number
  /** All are connected, and wait for the start; 0 before and after that. */
  startsInSeconds: number
  frame: SwarmFrame
  /** What each peer of the frame holds, a bit a chunk. */
  holdings: Uint8Array[]
  /** All but the server. */
  series: ProgressSeries[]
  /** Bytes given, by row, to each in the column. */
  matrix: number[][]
  /** Whose turns `chokes` shows. */
  chosen: number
  chokes: ChokeSpan[]
  participants: (ParticipantSummary & { behaviour: ParticipantPlan['behaviour'] })[]
  /** What did not go by plan, in words. */
  notes: string[]
}
