// Leads one run: waits until all are connected, lets them begin together, sends them away and back by schedule, and
// says when it is over. Events in, actions out; time is an argument. Knows nothing of chunks, rooms or connections.

import { LOST_AFTER_MS, ParticipantState } from './participant-state'
import type { ParticipantEvent, ParticipantSchedule, RunAction, RunEvent, RunState, Stage } from './run-events'

/** Somebody who is not connected by then is left out. */
export const READY_WITHIN_MS = 30_000
/** After this long without a new chunk anywhere, nothing will come any more. */
export const STALLED_AFTER_MS = 60_000

export class Coordinator {
  state: RunState
  /** What happened that was not planned, in words. */
  readonly notes: string[] = []
  readonly #participants: Map<string, ParticipantState>
  readonly #leadMs: number
  #progressAtMs = 0

  /** `leadMs`: from the action to start until the start, so that it reaches everybody before. */
  constructor(schedules: readonly ParticipantSchedule[], leadMs: number, now: number) {
    this.#leadMs = leadMs
    this.#participants = new Map(schedules.map((schedule) => [schedule.id, new ParticipantState(schedule)]))
    this.state = { phase: 'connecting', untilMs: now + READY_WITHIN_MS }
  }

  /** The first actions: everybody who is there from the start connects. */
  begin(): RunAction[] {
    const first = this.#all.filter(({ schedule }) => schedule.joinAtMs === 0)
    for (const participant of first) participant.stage = 'connecting'
    return first.map(({ schedule: { id } }) => ({ type: 'open', id, begun: false }))
  }

  stageOf(id: string): Stage | undefined {
    return this.#participants.get(id)?.stage
  }

  /** Milliseconds from the start until it had the file. */
  completedAfterMs(id: string): number | undefined {
    return this.#participants.get(id)?.completedAfterMs
  }

  /** The participants that take part; those that were not ready in time are no part of what was measured. */
  get takingPart(): string[] {
    return this.#all.filter(({ stage }) => stage !== 'missing').map(({ schedule }) => schedule.id)
  }

  /** When to send `wake` if nothing else happens; Infinity: never. */
  get nextWakeMs(): number {
    if (this.state.phase === 'connecting') return this.state.untilMs
    if (this.state.phase !== 'running') return Number.POSITIVE_INFINITY
    const { startedAtMs } = this.state
    let at = this.#stalledAtMs
    for (const { nextMoveAfterMs, givenUpAtMs } of this.#all)
      at = Math.min(at, startedAtMs + nextMoveAfterMs, givenUpAtMs)
    return at
  }

  handle(event: RunEvent, now: number): RunAction[] {
    if (this.state.phase === 'done' || this.state.phase === 'failed') return []
    if (event.type === 'cancelled') return this.#fail('The run was cancelled.')
    if (event.type === 'failed') return this.#fail(event.reason)
    const actions = event.type === 'wake' ? [] : this.#take(event, now)
    if (this.state.phase === 'connecting') actions.push(...this.#startWhenReady(this.state.untilMs, now))
    if (this.state.phase === 'running') actions.push(...this.#move(this.state.startedAtMs, now))
    if (this.state.phase === 'running') actions.push(...this.#endWhenOver(this.state.startedAtMs, now))
    return actions
  }

  get #all(): ParticipantState[] {
    return [...this.#participants.values()]
  }

  get #stalledAtMs(): number {
    const isAnybodyToCome = this.#all.some(({ isToCome }) => isToCome)
    return isAnybodyToCome ? Number.POSITIVE_INFINITY : this.#progressAtMs + STALLED_AFTER_MS
  }

  #take(event: ParticipantEvent, now: number): RunAction[] {
    const participant = this.#participants.get(event.id)
    if (!participant) return []
    const { stage, completedAfterMs } = participant
    const actions = participant.take(event, now, this.state.phase === 'running')
    const isNew = participant.completedAfterMs !== completedAfterMs
    if (event.type === 'progress' || isNew) this.#progressAtMs = now
    if (event.type === 'unable' && participant.stage === 'missing' && stage !== 'missing')
      this.notes.push(`Left out: ${participant.schedule.name}. ${event.reason}`)
    return actions
  }

  #startWhenReady(untilMs: number, now: number): RunAction[] {
    const late = this.#all.filter(({ stage }) => stage === 'connecting')
    if (late.length > 0 && now < untilMs) return []
    for (const participant of late) participant.stage = 'missing'
    const actions = late.map(({ schedule }): RunAction => ({ type: 'close', id: schedule.id }))
    if (late.length > 0)
      this.notes.push(`Left out, not connected within ${READY_WITHIN_MS / 1000} s: ${namesOf(late)}.`)
    const ready = this.#all.filter(({ stage }) => stage === 'ready')
    if (!ready.some(({ schedule }) => schedule.isCounted)) {
      const reason = 'Nobody could connect. Check that the tabs are open and on the same network, and try again.'
      return [...actions, ...this.#fail(reason)]
    }
    for (const participant of ready) participant.stage = 'taking-part'
    const startedAtMs = now + this.#leadMs
    this.#progressAtMs = startedAtMs
    this.state = { phase: 'running', startedAtMs }
    return [...actions, { type: 'start', atMs: startedAtMs }]
  }

  /** The moves that the schedule says are due. */
  #move(startedAtMs: number, now: number): RunAction[] {
    const actions: RunAction[] = []
    for (const participant of this.#all) {
      for (let move = participant.move(now - startedAtMs, now); move; move = participant.move(now - startedAtMs, now)) {
        this.#progressAtMs = now
        actions.push(...move.actions)
      }
    }
    return actions
  }

  #endWhenOver(startedAtMs: number, now: number): RunAction[] {
    const counted = this.#all.filter(({ schedule, stage }) => schedule.isCounted && stage !== 'missing')
    if (counted.some((participant) => participant.isWaitedFor(now))) {
      if (now < this.#stalledAtMs) return []
      return this.#fail(`The run was stopped: no chunk had arrived for ${STALLED_AFTER_MS / 1000} s.`)
    }
    const lost = counted.filter(({ stage }) => stage === 'lost')
    if (lost.length > 0)
      this.notes.push(`Lost for ${LOST_AFTER_MS / 1000} s and no longer waited for: ${namesOf(lost)}.`)
    const left = counted.filter(({ stage, completedAfterMs }) => stage === 'away' && completedAfterMs === undefined)
    if (left.length > 0) this.notes.push(`Left as planned before having the file, not counted: ${namesOf(left)}.`)
    const times = counted.flatMap(({ completedAfterMs }) => completedAfterMs ?? [])
    if (times.length === 0) return this.#fail('Everybody who wanted the file has gone.')
    this.state = { phase: 'done', startedAtMs, seconds: Math.max(...times) / 1000 }
    return [{ type: 'over' }]
  }

  #fail(reason: string): RunAction[] {
    this.state = { phase: 'failed', reason }
    return [{ type: 'over' }]
  }
}

const namesOf = (participants: readonly ParticipantState[]) =>
  participants.map(({ schedule }) => schedule.name).join(', ')
