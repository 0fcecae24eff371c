// Keeps the slots: who is served, for how long, and who is next. The choice itself is in choker.ts, who makes nothing
// of a slot in slot-watch.ts.
import { Alarm } from './alarms'
import { type ChokeCandidate, type ChokerPolicy, chooseRegular, ShuffledBag } from './choker'
import type { Millis } from './events'
import type { Slice } from './neighbour'
import { type SlotNeighbour, SlotWatch } from './slot-watch'
import type { Addressee, SwarmState } from './state'

/** A neighbour as slots are given and taken. */
export type ChokeNeighbour = Addressee &
  SlotNeighbour &
  Slice<'number' | 'optimistic' | 'receivedLately', 'amChoking' | 'optimisticUntil' | 'unchokedAt' | 'waitingSince'>

const NOTHING_HOARDED: readonly number[] = []

export class Unchoking<N extends ChokeNeighbour> {
  private readonly bag: ShuffledBag
  private readonly slots: SlotWatch<N>

  constructor(
    private readonly state: SwarmState<N>,
    private readonly onChoke: (neighbour: N, now: Millis) => void,
    now: Millis,
  ) {
    this.bag = new ShuffledBag(state.random)
    this.slots = new SlotWatch(state)
    state.alarms.set(Alarm.rechoke, now + state.policy.rechokeMs)
  }

  wake(now: Millis): void {
    const { alarms, policy } = this.state
    if (now >= alarms.at(Alarm.slots) && this.slots.lookAtFresh(now) && policy.immediateUnchoke) {
      this.slots.lookAgain()
      this.fill(now)
    }
    const aTurnEnds = now >= alarms.at(Alarm.optimistic)
    if (aTurnEnds) this.endTurns(now)
    const isRound = now >= alarms.at(Alarm.rechoke)
    if (isRound) {
      alarms.set(Alarm.rechoke, now + policy.rechokeMs)
      this.rechoke(now)
    }
    if (isRound || aTurnEnds) this.fillOptimistic(now)
  }

  /** A neighbour wants something of us now. */
  interestGained(neighbour: N, now: Millis): void {
    neighbour.waitingSince = now
    // A newcomer finds out at once whether one of the slots is held in vain.
    if (neighbour.sentBytes === 0) this.slots.lookAgain()
    if (this.state.policy.immediateUnchoke) this.fill(now)
  }

  interestLost(neighbour: N, now: Millis): void {
    if (!neighbour.amChoking) this.choke(neighbour, now)
    if (this.state.policy.immediateUnchoke) this.fill(now)
  }

  /** An unchoked neighbour may have left: its slot is free. */
  left(neighbour: N, now: Millis): void {
    this.slots.left(neighbour)
    if (this.state.policy.immediateUnchoke) this.fill(now)
  }

  chokeAll(now: Millis): void {
    for (const neighbour of this.state.neighbours.values()) if (!neighbour.amChoking) this.choke(neighbour, now)
  }

  /**
   * Looks at what those that are served make of it. One that idles has its slot only as long as nobody else wants it.
   */
  watch(now: Millis): void {
    this.slots.watch(now)
    if (this.slots.judges && this.state.policy.immediateUnchoke) this.fill(now)
  }

  /** Gives free slots away at once. Nobody loses one for it but those that idle, and those only to one that may not. */
  fill(now: Millis): void {
    if (!this.state.uploading) return
    const slots = this.policy === 'everyone' ? Number.POSITIVE_INFINITY : this.state.policy.regularSlots
    let taken = 0
    for (const neighbour of this.state.neighbours.values())
      if (!neighbour.amChoking && !neighbour.optimistic && !this.slots.isSlight(neighbour)) taken++
    const free = slots - taken
    const idlers = this.slots.idlersInTheWay(now)
    const idle = idlers.filter(({ optimistic }) => !optimistic)
    if (free > 0 || idlers.length > 0) {
      const waiting = this.candidates(now).filter((candidate) => !candidate.unchoked)
      const next = chooseRegular(this.policy, waiting, Math.max(0, free))
      const keen = waiting.filter((candidate) => !candidate.idle && !next.includes(candidate.id))
      next.push(...chooseRegular(this.policy, keen, Math.max(0, free + idle.length - next.length)))
      for (const neighbour of idle.slice(0, Math.max(0, next.length - free))) this.choke(neighbour, now)
      for (const id of next) this.unchoke(id, now)
      // The optimistic slot is drawn again below.
      if (keen.some(({ id }) => !next.includes(id)))
        for (const neighbour of idlers) if (neighbour.optimistic) this.choke(neighbour, now)
    }
    this.fillOptimistic(now)
  }

  private endTurns(now: Millis): void {
    this.state.alarms.clear(Alarm.optimistic)
    for (const neighbour of this.state.neighbours.values()) {
      if (neighbour.optimisticUntil === undefined) continue
      if (now >= neighbour.optimisticUntil) this.choke(neighbour, now)
      else this.turnEnds(neighbour.optimisticUntil)
    }
  }

  /** The round: merit (or the turn) decides again on every regular slot. */
  private rechoke(now: Millis): void {
    if (!this.state.uploading) return
    const byTurn = this.policy === 'round-robin'
    const all = this.candidates(now)
    const candidates = byTurn ? all.filter(({ optimistic }) => !optimistic) : all // The lot is its turn.
    const { regularSlots } = this.state.policy
    // Those that take next to nothing have as many slots of their own, so that nobody quick waits for them, nor they
    // for the quick.
    const slight = candidates.filter((candidate) => candidate.slight)
    const others = slight.length > 0 ? candidates.filter((candidate) => !candidate.slight) : candidates
    const chosen = new Set([
      ...chooseRegular(this.policy, others, regularSlots),
      ...chooseRegular(this.policy, slight, regularSlots),
    ])
    for (const neighbour of this.state.neighbours.values()) {
      if (chosen.has(neighbour.id)) neighbour.optimisticUntil = undefined
      else if (!neighbour.amChoking && !neighbour.optimistic) this.choke(neighbour, now)
    }
    for (const id of chosen) this.unchoke(id, now)
  }

  private fillOptimistic(now: Millis): void {
    const { optimisticSlots, optimisticMs } = this.state.policy
    if (!this.state.uploading || this.policy === 'everyone') return
    let held = this.count((neighbour) => neighbour.optimistic && !this.slots.isSlight(neighbour))
    for (; held < optimisticSlots; held++) {
      const waiting = this.candidates(now).filter((candidate) => !candidate.unchoked)
      const keen = waiting.filter(({ idle }) => !idle)
      const eligible = keen.length > 0 ? keen : waiting
      const drawn = this.state.neighbours.get(this.bag.draw(eligible.map(({ id }) => id)) ?? '')
      if (!drawn) return
      drawn.optimisticUntil = now + optimisticMs
      this.turnEnds(drawn.optimisticUntil)
      this.unchoke(drawn.id, now)
    }
  }

  /** The alarm is for the first turn that ends, or would have if its neighbour were still there. */
  private turnEnds(at: Millis): void {
    const { alarms } = this.state
    alarms.set(Alarm.optimistic, Math.min(alarms.at(Alarm.optimistic), at))
  }

  private get policy(): ChokerPolicy {
    const { choker, seedTurns } = this.state.policy
    return seedTurns && choker === 'tit-for-tat' && this.state.isDone ? 'round-robin' : choker
  }

  private count(holds: (neighbour: N) => boolean): number {
    let count = 0
    for (const neighbour of this.state.neighbours.values()) if (holds(neighbour)) count++
    return count
  }

  private candidates(now: Millis): ChokeCandidate[] {
    const candidates: ChokeCandidate[] = []
    const hoarded = this.hoarded()
    for (const neighbour of this.state.neighbours.values())
      if (neighbour.peerInterested)
        candidates.push({
          id: neighbour.id,
          receivedBytes: neighbour.receivedLately.total(now),
          unchoked: !neighbour.amChoking,
          settling:
            !neighbour.amChoking && !neighbour.optimistic && now - neighbour.unchokedAt < this.state.policy.settleMs,
          waitingSince: neighbour.waitingSince,
          optimistic: neighbour.optimistic,
          slight: this.slots.isSlight(neighbour),
          idle: this.slots.idles(neighbour, now),
          hoarded: hoarded[neighbour.number] ?? 0,
          draw: this.state.random(),
        })
    return candidates
  }

  /**
   * How many chunks each neighbour is the only one of our neighbours to hold, by its number: few, for one that passes
   * chunks on.
   */
  private hoarded(): readonly (number | undefined)[] {
    const { known, policy, isDone } = this.state
    return known && isDone && policy.spreadersFirst ? known.picker.soleCopies(known.held) : NOTHING_HOARDED
  }

  private unchoke(id: string, now: Millis): void {
    const neighbour = this.state.neighbours.get(id)
    if (!neighbour?.amChoking) return
    neighbour.amChoking = false
    neighbour.unchokedAt = now
    this.slots.begins(neighbour, now)
    this.state.send(neighbour, { type: 'unchoke' }, now)
  }

  private choke(neighbour: N, now: Millis): void {
    neighbour.amChoking = true
    neighbour.optimisticUntil = undefined
    neighbour.waitingSince = now
    this.state.send(neighbour, { type: 'choke' }, now)
    this.onChoke(neighbour, now)
  }
}
