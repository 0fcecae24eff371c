// Where one participant of a run stands, and what each event makes of it. Time is an argument. Knows nothing of the
// others.
import type { ParticipantEvent, ParticipantSchedule, RunAction, Stage } from './run-events'

/** Somebody who vanishes is waited for so long. */
export const LOST_AFTER_MS = 20_000

type Move = { atMs: number; kind: 'join' | 'leave' | 'rejoin' }

export class ParticipantState {
  stage: Stage = 'awaited'
  /** Milliseconds from the start until it had the file. */
  completedAfterMs: number | undefined
  /** The moves that the schedule still has for it, in order. */
  readonly #moves: Move[]
  /** Whether its tab is there, though it may be away from the swarm. */
  #isHere = true
  #lostAtMs = 0

  constructor(readonly schedule: ParticipantSchedule) {
    this.#moves = movesOf(schedule)
  }

  /** Takes an event of its own. Returns the actions that follow. `isRunning`: the start was given. */
  take(event: ParticipantEvent, now: number, isRunning: boolean): RunAction[] {
    switch (event.type) {
      case 'ready':
        if (this.stage === 'connecting') this.stage = 'ready'
        return []
      case 'completed':
        return this.#completed(event.afterMs)
      case 'gone':
        this.#isHere = false
        this.#gone(now, isRunning)
        return []
      case 'back':
        this.#isHere = true
        return this.#back(event.holdsRun, isRunning)
      case 'unable':
        if (this.completedAfterMs === undefined) this.stage = 'missing'
        return []
      case 'progress':
        return []
    }
  }

  /** The next move of its schedule that is due `elapsedMs` after the start; undefined: none. */
  move(elapsedMs: number, now: number): { actions: RunAction[] } | undefined {
    const [next] = this.#moves
    if (!next || next.atMs > elapsedMs || this.stage === 'missing') return undefined
    this.#moves.shift()
    const { id } = this.schedule
    if (next.kind === 'leave') {
      if (this.stage === 'lost') return { actions: [] }
      this.stage = 'away'
      return { actions: [{ type: 'close', id }] }
    }
    if (!this.#isHere) this.#loseAt(now)
    else if (this.stage === 'awaited' || this.stage === 'away') {
      this.stage = this.completedAfterMs === undefined ? 'taking-part' : 'complete'
      return { actions: [{ type: 'open', id, begun: true }] }
    }
    return { actions: [] }
  }

  /** Milliseconds from the start to its next move; Infinity: none. */
  get nextMoveAfterMs(): number {
    return this.stage === 'missing' ? Number.POSITIVE_INFINITY : (this.#moves[0]?.atMs ?? Number.POSITIVE_INFINITY)
  }

  /** When it is given up; Infinity while it is not lost. */
  get givenUpAtMs(): number {
    return this.stage === 'lost' ? this.#lostAtMs + LOST_AFTER_MS : Number.POSITIVE_INFINITY
  }

  /** Whether it is still to come: it may bring what is missing, or take it. */
  get isToCome(): boolean {
    return this.stage !== 'missing' && this.#moves.some(({ kind }) => kind !== 'leave')
  }

  isWaitedFor(now: number): boolean {
    if (this.completedAfterMs !== undefined) return false
    if (this.stage === 'away') return this.#moves.length > 0
    return this.stage !== 'lost' || now < this.#lostAtMs + LOST_AFTER_MS
  }

  #completed(afterMs: number): RunAction[] {
    if (this.completedAfterMs !== undefined || this.stage === 'missing') return []
    this.completedAfterMs = afterMs
    if (this.stage === 'taking-part') this.stage = 'complete'
    return this.schedule.leavesWhenComplete ? [{ type: 'close', id: this.schedule.id }] : []
  }

  /** The participant's tab is gone; what it has done stays done. */
  #gone(now: number, isRunning: boolean): void {
    if (this.stage !== 'ready' && this.stage !== 'connecting' && this.stage !== 'taking-part') return
    if (isRunning) this.#loseAt(now)
    else this.stage = 'connecting'
  }

  #loseAt(now: number): void {
    this.stage = 'lost'
    this.#lostAtMs = now
  }

  #back(holdsRun: boolean, isRunning: boolean): RunAction[] {
    const { schedule, stage } = this
    if (stage === 'lost') this.stage = 'taking-part'
    const isWanted =
      stage === 'lost' ||
      stage === 'taking-part' ||
      (stage === 'complete' && !schedule.leavesWhenComplete) ||
      stage === 'connecting' ||
      stage === 'ready'
    if (isWanted && !holdsRun) return [{ type: 'open', id: schedule.id, begun: isRunning }]
    if (!isWanted && holdsRun) return [{ type: 'close', id: schedule.id }]
    return []
  }
}

function movesOf({ joinAtMs, leaveAtMs, rejoinAtMs }: ParticipantSchedule): Move[] {
  const moves: Move[] = joinAtMs > 0 ? [{ atMs: joinAtMs, kind: 'join' }] : []
  if (leaveAtMs !== undefined) moves.push({ atMs: leaveAtMs, kind: 'leave' })
  if (rejoinAtMs !== undefined) moves.push({ atMs: rejoinAtMs, kind: 'rejoin' })
  return moves
}
