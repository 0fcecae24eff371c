// What happens in a run and what is to be done about it: the inbox and outbox of its coordinator. Knows nothing of who
// reports or who carries it out.

export type ParticipantSchedule = {
  id: string
  name: string
  /** Milliseconds from the start; 0: there from the start. */
  joinAtMs: number
  leaveAtMs: number | undefined
  rejoinAtMs: number | undefined
  leavesWhenComplete: boolean
  /** The run lasts until these have the file; not the server, nor those who only pretend. */
  isCounted: boolean
}

/** `awaited` joins later, `away` left by plan, `lost` without a word; `missing` was not ready in time. */
export const stages = ['awaited', 'connecting', 'ready', 'taking-part', 'complete', 'away', 'lost', 'missing'] as const
export type Stage = (typeof stages)[number]

/** An event of one participant. */
export type ParticipantEvent =
  | { type: 'ready'; id: string }
  /** The participant holds more than before. */
  | { type: 'progress'; id: string }
  /** `afterMs` since the start, by the participant's own clock. */
  | { type: 'completed'; id: string; afterMs: number }
  | { type: 'gone'; id: string }
  /** `holdsRun`: it never stopped, only its line to us did. */
  | { type: 'back'; id: string; holdsRun: boolean }
  /** The participant cannot take part, and says why. */
  | { type: 'unable'; id: string; reason: string }

export type RunEvent = ParticipantEvent | { type: 'cancelled' } | { type: 'failed'; reason: string } | { type: 'wake' }

export type RunAction =
  /** Into the swarm; `begun`: fetch at once, as the run is under way. */
  | { type: 'open'; id: string; begun: boolean }
  /** All that are open begin to fetch at this moment. */
  | { type: 'start'; atMs: number }
  | { type: 'close'; id: string }
  | { type: 'over' }

export type RunState =
  | { phase: 'connecting'; untilMs: number }
  | { phase: 'running'; startedAtMs: number }
  | { phase: 'done'; startedAtMs: number; seconds: number }
  | { phase: 'failed'; reason: string }
