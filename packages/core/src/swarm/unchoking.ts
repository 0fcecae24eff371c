// Keeps the slots: who is served, for how long, and who is next. The choice itself is in choker.ts.
import { Alarm } from './alarms'
import { type ChokeCandidate, type ChokerPolicy, chooseRegular, ShuffledBag } from './choker'
import type { Millis } from './events'
import type { Neighbour } from './neighbour'
import type { SwarmState } from './state'

export class Unchoking {
  private readonly bag: ShuffledBag

  constructor(
    private readonly state: SwarmState,
    private readonly onChoke: (neighbour: Neighbour, now: Millis) => void,
    now: Millis,
  ) {
    this.bag = new ShuffledBag(state.random)
    state.alarms.set(Alarm.rechoke, now + state.policy.rechokeMs)
  }

  wake(now: Millis): void {
    const { alarms, policy } = this.state
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
  interestGained(neighbour: Neighbour, now: Millis): void {
    neighbour.waitingSince = now
    if (this.state.policy.immediateUnchoke) this.fill(now)
  }

  interestLost(neighbour: Neighbour, now: Millis): void {
    if (!neighbour.amChoking) this.choke(neighbour, now)
    if (this.state.policy.immediateUnchoke) this.fill(now)
  }

  /** An unchoked neighbour may have left: its slot is free. */
  left(now: Millis): void {
    if (this.state.policy.immediateUnchoke) this.fill(now)
  }

  chokeAll(now: Millis): void {
    for (const neighbour of this.state.neighbours.values()) if (!neighbour.amChoking) this.choke(neighbour, now)
  }

  /** Gives free slots away at once; nobody loses one. */
  fill(now: Millis): void {
    if (!this.state.uploading) return
    const served = this.count((neighbour) => !neighbour.amChoking && !neighbour.optimistic)
    const free = this.policy === 'everyone' ? Infinity : this.state.policy.regularSlots - served
    if (free > 0) {
      const waiting = this.candidates(now).filter((candidate) => !candidate.unchoked)
      for (const id of chooseRegular(this.policy, waiting, free)) this.unchoke(id, now)
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

  /** The round: merit (or the turn) decides anew on every regular slot. */
  private rechoke(now: Millis): void {
    if (!this.state.uploading) return
    const byTurn = this.policy === 'round-robin'
    const candidates = this.candidates(now).filter(
      ({ id }) => !byTurn || !this.state.neighbours.get(id)?.optimistic, // The lot is its turn.
    )
    const chosen = new Set(chooseRegular(this.policy, candidates, this.state.policy.regularSlots))
    for (const neighbour of this.state.neighbours.values()) {
      if (chosen.has(neighbour.id)) neighbour.optimisticUntil = undefined
      else if (!neighbour.amChoking && !neighbour.optimistic) this.choke(neighbour, now)
    }
    for (const id of chosen) this.unchoke(id, now)
  }

  private fillOptimistic(now: Millis): void {
    const { optimisticSlots, optimisticMs } = this.state.policy
    if (!this.state.uploading || this.policy === 'everyone') return
    let held = this.count((neighbour) => neighbour.optimistic)
    for (; held < optimisticSlots; held++) {
      const eligible = this.candidates(now).filter((candidate) => !candidate.unchoked)
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
    return seedTurns && choker === 'tit-for-tat' && this.state.isComplete ? 'round-robin' : choker
  }

  private count(holds: (neighbour: Neighbour) => boolean): number {
    let count = 0
    for (const neighbour of this.state.neighbours.values()) if (holds(neighbour)) count++
    return count
  }

  private candidates(now: Millis): ChokeCandidate[] {
    const candidates: ChokeCandidate[] = []
    for (const neighbour of this.state.neighbours.values())
      if (neighbour.peerInterested)
        candidates.push({
          id: neighbour.id,
          receivedBytes: neighbour.receivedLately.total(now),
          unchoked: !neighbour.amChoking,
          settling:
            !neighbour.amChoking && !neighbour.optimistic && now - neighbour.unchokedAt < this.state.policy.settleMs,
          waitingSince: neighbour.waitingSince,
          hoarded: this.hoarded(neighbour),
          draw: this.state.random(),
        })
    return candidates
  }

  /** Its chunks that none of our other neighbours holds: whoever passes chunks on has few of these. */
  private hoarded({ chunks }: Neighbour): number {
    const { known, policy, isComplete } = this.state
    if (!known || !chunks || !isComplete || !policy.spreadersFirst) return 0
    return known.picker.soleCopies(chunks)
  }

  private unchoke(id: string, now: Millis): void {
    const neighbour = this.state.neighbours.get(id)
    if (!neighbour?.amChoking) return
    neighbour.amChoking = false
    neighbour.unchokedAt = now
    this.state.send(neighbour, { type: 'unchoke' }, now)
  }

  private choke(neighbour: Neighbour, now: Millis): void {
    neighbour.amChoking = true
    neighbour.optimisticUntil = undefined
    neighbour.waitingSince = now
    this.state.send(neighbour, { type: 'choke' }, now)
    this.onChoke(neighbour, now)
  }
}
