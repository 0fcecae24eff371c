// What a page sees of a participant of the laboratory: plain data. Knows nothing of how it comes about.
import type { Experiment, ParticipantPlan } from '@swarmdrop/core/simulation'
import type { ParticipantSummary, PeerStatus } from './messages'
import type { PartStage } from './participant-part'
import type { JoinedRoom } from './participant-room'

export type OwnRun = {
  experiment: Experiment
  plan: ParticipantPlan
  stage: PartStage
  status: PeerStatus
  chunkCount: number
  /** Seconds since the start. */
  elapsedSeconds: number
  /** All are connected, and wait for the start; 0 before and after that. */
  startsInSeconds: number
  completedAfterMs: number | undefined
  /** How far it was, since the start. */
  points: readonly { atSeconds: number; held: number }[]
  participants: readonly ParticipantSummary[]
  /** Seconds of the whole run, once it is over; null: it failed. */
  seconds: number | null | undefined
  reason: string
}

/**
 * `unable`: why it cannot take part in the run that was begun, in a sentence. `isChecking`: the host finds out who
 * reaches whom.
 */
export type ParticipantSnapshot = {
  room: JoinedRoom
  /** The mark and the name by which it is known on every page; undefined before the host has said it. */
  seat: { mark: number; name: string } | undefined
  run: OwnRun | undefined
  unable: string | undefined
  isChecking: boolean
}

/** What the host says of a run. */
export type Told = Pick<OwnRun, 'participants' | 'seconds' | 'reason'>

export const nothingTold: Told = { participants: [], seconds: undefined, reason: '' }
