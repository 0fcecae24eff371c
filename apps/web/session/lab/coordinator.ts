// Leads one run: waits until all are connected, lets them begin together, sends them away and back by plan, and says when it
// is over. Facts in, orders out; time is an argument. Knows nothing of chunks, rooms or connections.

export type MemberPlan = {
  id: string
  name: string
  /** From the start, in milliseconds; 0: there from the start. */
  joinAtMs: number
  leaveAtMs: number | undefined
  rejoinAtMs: number | undefined
  leavesWhenComplete: boolean
  /** The run lasts until these have the file; not the server, nor those who only pretend. */
  isCounted: boolean
}

/** `awaited` joins later, `away` left by plan, `lost` without a word; `missing` was not ready in time. */
export type Stage = 'awaited' | 'connecting' | 'ready' | 'taking-part' | 'complete' | 'away' | 'lost' | 'missing'

export type RunFact =
  | { type: 'ready'; id: string }
  /** It holds more than before. */
  | { type: 'progress'; id: string }
  /** `afterMs` since the start, by the member's own clock. */
  | { type: 'completed'; id: string; afterMs: number }
  | { type: 'gone'; id: string }
  /** `holdsRun`: it never stopped, only its line to us did. */
  | { type: 'back'; id: string; holdsRun: boolean }
  | { type: 'cancelled' }
  | { type: 'failed'; reason: string }
  | { type: 'wake' }

export type RunOrder =
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

type Move = { atMs: number; kind: 'join' | 'leave' | 'rejoin' }
type Member = {
  plan: MemberPlan
  stage: Stage
  moves: Move[]
  lostAtMs: number
  /** Since the start. */
  completedAfterMs: number | undefined
}

/** Somebody who is not connected by then is left out. */
export const READY_WITHIN_MS = 30_000
/** Somebody who vanishes is waited for so long. */
export const LOST_AFTER_MS = 20_000
/** With no new chunk anywhere for so long, nothing will come any more. */
export const STALLED_AFTER_MS = 60_000

export class Coordinator {
  state: RunState
  /** What happened that was not planned, in words. */
  readonly notes: string[] = []
  readonly #members: Map<string, Member>
  readonly #leadMs: number
  #progressAtMs = 0

  /** `leadMs`: from the order to start until the start, so that it reaches everybody before. */
  constructor(plans: readonly MemberPlan[], leadMs: number, now: number) {
    this.#leadMs = leadMs
    this.#members = new Map(
      plans.map((plan) => [
        plan.id,
        { plan, stage: 'awaited', moves: movesOf(plan), lostAtMs: 0, completedAfterMs: undefined },
      ]),
    )
    this.state = { phase: 'connecting', untilMs: now + READY_WITHIN_MS }
  }

  /** The first orders: everybody who is there from the start connects. */
  begin(): RunOrder[] {
    const orders: RunOrder[] = []
    for (const member of this.#members.values()) {
      if (member.plan.joinAtMs > 0) continue
      member.stage = 'connecting'
      orders.push({ type: 'open', id: member.plan.id, begun: false })
    }
    return orders
  }

  stageOf(id: string): Stage | undefined {
    return this.#members.get(id)?.stage
  }

  /** Milliseconds from the start until it had the file. */
  completedAfterMs(id: string): number | undefined {
    return this.#members.get(id)?.completedAfterMs
  }

  /** Those that were not ready in time are no part of what was measured. */
  get takingPart(): string[] {
    return [...this.#members.values()].filter(({ stage }) => stage !== 'missing').map(({ plan }) => plan.id)
  }

  /** When to send `wake` if nothing else happens; Infinity: never. */
  get nextWakeMs(): number {
    if (this.state.phase === 'connecting') return this.state.untilMs
    if (this.state.phase !== 'running') return Number.POSITIVE_INFINITY
    let at = this.#progressAtMs + STALLED_AFTER_MS
    for (const { moves, stage, lostAtMs } of this.#members.values()) {
      if (moves[0] && stage !== 'missing') at = Math.min(at, this.state.startedAtMs + moves[0].atMs)
      if (stage === 'lost') at = Math.min(at, lostAtMs + LOST_AFTER_MS)
    }
    return at
  }

  handle(fact: RunFact, now: number): RunOrder[] {
    if (this.state.phase === 'done' || this.state.phase === 'failed') return []
    if (fact.type === 'cancelled') return this.#fail('The run was cancelled.')
    if (fact.type === 'failed') return this.#fail(fact.reason)
    const orders: RunOrder[] = []
    const member = 'id' in fact ? this.#members.get(fact.id) : undefined
    if (member && fact.type !== 'wake') this.#take(member, fact, now, orders)
    if (this.state.phase === 'connecting') this.#startWhenReady(now, orders)
    if (this.state.phase === 'running') this.#move(this.state.startedAtMs, now, orders)
    if (this.state.phase === 'running') this.#endWhenOver(this.state.startedAtMs, now, orders)
    return orders
  }

  #take(
    member: Member,
    fact: Exclude<RunFact, { type: 'cancelled' | 'failed' | 'wake' }>,
    now: number,
    orders: RunOrder[],
  ) {
    const { plan, stage } = member
    switch (fact.type) {
      case 'ready':
        if (stage === 'connecting') member.stage = 'ready'
        return
      case 'progress':
        this.#progressAtMs = now
        return
      case 'completed':
        if (member.completedAfterMs !== undefined || stage === 'missing') return
        member.completedAfterMs = fact.afterMs
        this.#progressAtMs = now
        if (stage === 'taking-part') member.stage = 'complete'
        if (plan.leavesWhenComplete) orders.push({ type: 'close', id: plan.id })
        return
      case 'gone':
        if (stage !== 'ready' && stage !== 'connecting' && stage !== 'taking-part' && stage !== 'complete') return
        if (stage === 'complete') return // What it has done stays done.
        if (this.state.phase === 'connecting') member.stage = 'connecting'
        else Object.assign(member, { stage: 'lost', lostAtMs: now })
        return
      case 'back':
        return this.#back(member, fact.holdsRun, orders)
    }
  }

  #back(member: Member, holdsRun: boolean, orders: RunOrder[]): void {
    const { plan, stage } = member
    const begun = this.state.phase === 'running'
    if (stage === 'lost') member.stage = 'taking-part'
    const wanted =
      stage === 'lost' || stage === 'taking-part' || stage === 'complete' || stage === 'connecting' || stage === 'ready'
    if (wanted && !holdsRun) orders.push({ type: 'open', id: plan.id, begun })
    if (!wanted && holdsRun) orders.push({ type: 'close', id: plan.id })
  }

  #startWhenReady(now: number, orders: RunOrder[]): void {
    if (this.state.phase !== 'connecting') return
    const late = [...this.#members.values()].filter(({ stage }) => stage === 'connecting')
    if (late.length > 0 && now < this.state.untilMs) return
    for (const member of late) {
      member.stage = 'missing'
      orders.push({ type: 'close', id: member.plan.id })
    }
    if (late.length > 0)
      this.notes.push(`Not connected within ${READY_WITHIN_MS / 1000} s and left out: ${namesOf(late)}.`)
    const ready = [...this.#members.values()].filter(({ stage }) => stage === 'ready')
    if (!ready.some(({ plan }) => plan.isCounted)) {
      orders.push(
        ...this.#fail('Nobody could connect. Check that the tabs are open and on the same network, and try again.'),
      )
      return
    }
    for (const member of ready) member.stage = 'taking-part'
    const startedAtMs = now + this.#leadMs
    this.#progressAtMs = startedAtMs
    this.state = { phase: 'running', startedAtMs }
    orders.push({ type: 'start', atMs: startedAtMs })
  }

  /** What the plan says is due. */
  #move(startedAtMs: number, now: number, orders: RunOrder[]): void {
    for (const member of this.#members.values()) {
      const { moves, plan } = member
      while (moves[0] && startedAtMs + moves[0].atMs <= now && member.stage !== 'missing') {
        const move = moves.shift() as Move
        this.#progressAtMs = now
        if (move.kind === 'leave') {
          if (member.stage === 'lost') continue
          member.stage = 'away'
          orders.push({ type: 'close', id: plan.id })
        } else if (member.stage === 'awaited' || member.stage === 'away') {
          member.stage = member.completedAfterMs === undefined ? 'taking-part' : 'complete'
          orders.push({ type: 'open', id: plan.id, begun: true })
        }
      }
    }
  }

  #endWhenOver(startedAtMs: number, now: number, orders: RunOrder[]): void {
    const counted = [...this.#members.values()].filter(({ plan, stage }) => plan.isCounted && stage !== 'missing')
    if (counted.some((member) => isWaitedFor(member, now))) {
      if (now < this.#progressAtMs + STALLED_AFTER_MS) return
      orders.push(
        ...this.#fail(`No chunk has arrived anywhere for ${STALLED_AFTER_MS / 1000} s: the run was given up.`),
      )
      return
    }
    const lost = counted.filter(({ stage }) => stage === 'lost')
    if (lost.length > 0) this.notes.push(`Gone for ${LOST_AFTER_MS / 1000} s and not waited for: ${namesOf(lost)}.`)
    const times = counted.flatMap(({ completedAfterMs }) => completedAfterMs ?? [])
    if (times.length === 0) {
      orders.push(...this.#fail('Everybody who wanted the file has gone.'))
      return
    }
    this.state = { phase: 'done', startedAtMs, seconds: Math.max(...times) / 1000 }
    orders.push({ type: 'over' })
  }

  #fail(reason: string): RunOrder[] {
    this.state = { phase: 'failed', reason }
    return [{ type: 'over' }]
  }
}

function isWaitedFor({ stage, moves, lostAtMs, completedAfterMs }: Member, now: number): boolean {
  if (completedAfterMs !== undefined) return false
  if (stage === 'away') return moves.length > 0
  return stage !== 'lost' || now < lostAtMs + LOST_AFTER_MS
}

function movesOf({ joinAtMs, leaveAtMs, rejoinAtMs }: MemberPlan): Move[] {
  const moves: Move[] = joinAtMs > 0 ? [{ atMs: joinAtMs, kind: 'join' }] : []
  if (leaveAtMs !== undefined) moves.push({ atMs: leaveAtMs, kind: 'leave' })
  if (rejoinAtMs !== undefined) moves.push({ atMs: rejoinAtMs, kind: 'rejoin' })
  return moves
}

const namesOf = (members: readonly Member[]) => members.map(({ plan }) => plan.name).join(', ')
