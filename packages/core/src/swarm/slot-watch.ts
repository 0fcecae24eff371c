// Looks at what those that are served make of their slots, and says who makes nothing of one. Serves nobody and chokes
// nobody.
import { Alarm } from './alarms'
import type { Millis } from './events'
import type { Slice } from './neighbour'
import type { Addressee, SwarmState } from './state'

/** A neighbour as its use of a slot is looked at. */
export type SlotNeighbour = Slice<
  | 'chunks'
  | 'sharedChunks'
  | 'amChoking'
  | 'peerInterested'
  | 'sentBytes'
  | 'bufferedBytes'
  | 'takenBytes'
  | 'waitsForUs'
  | 'stuckSince',
  'slotUse'
>

/** A neighbour takes next to nothing if it takes less than this part of a slot's share of what we can send. */
const SLIGHT_SHARE = 4
/** Interest comes and goes with every chunk: for its sake, idlers are not looked for more often. */
const IDLERS_MS = 5_000
const NOBODY: readonly never[] = []
/** How much of `mostDrainedBytes` is believed after each look. */
const FADING = 0.95

export class SlotWatch<N extends SlotNeighbour & Addressee> {
  /** The most that all links took between two looks, of late: what the uplink can do. */
  private mostDrainedBytes = 0
  private seenDrainedBytes = 0
  private idlersSeenAt: Millis = Number.NEGATIVE_INFINITY
  /** Whether the use of slots is judged: not where everybody is served, as no slot is kept from anybody. */
  readonly judges: boolean
  /** Neighbours that were unchoked and not looked at yet. */
  private readonly fresh = new Set<N>()
  /** Neighbours that take next to nothing. Most often there are none, and then nobody need be looked at. */
  private readonly slight = new Set<N>()
  /** The time until which the last of those that idle goes behind the others. */
  private someIdleUntil: Millis = Number.NEGATIVE_INFINITY

  constructor(private readonly state: SwarmState<N>) {
    const { judgesSlots, choker } = state.policy
    this.judges = judgesSlots && choker !== 'everyone'
  }

  left(neighbour: N): void {
    this.fresh.delete(neighbour)
    this.slight.delete(neighbour)
  }

  get isAnySlight(): boolean {
    return this.slight.size > 0
  }

  /** Whether the neighbour's slot is as good as free. */
  isSlight(neighbour: N): boolean {
    return this.slight.size > 0 && this.slight.has(neighbour)
  }

  /** A turn begins: it is looked at in its time. */
  begins(neighbour: N, now: Millis): void {
    neighbour.slotUse.begins(neighbour.takenBytes, now)
    const { alarms, policy } = this.state
    if (!this.judges) return
    this.fresh.add(neighbour)
    alarms.set(Alarm.slots, Math.min(alarms.at(Alarm.slots), now + policy.idleSlotMs))
  }

  /** Looks at all that are served, where it is time. */
  watch(now: Millis): void {
    const { neighbours, policy } = this.state
    let drained = 0
    for (const { sentBytes, bufferedBytes } of neighbours.values()) drained += Math.max(0, sentBytes - bufferedBytes)
    this.mostDrainedBytes = Math.max(this.mostDrainedBytes * FADING, drained - this.seenDrainedBytes)
    this.seenDrainedBytes = drained
    if (!this.judges) return
    for (const neighbour of neighbours.values())
      if (!neighbour.amChoking && now >= neighbour.slotUse.lookedAt + policy.idleSlotMs) this.look(neighbour, now)
  }

  /**
   * The first look at a turn is in its time: anyone who comes to idle has it no longer than needed to see so. True: one
   * was found that makes nothing of it.
   */
  lookAtFresh(now: Millis): boolean {
    const { alarms, policy } = this.state
    let next = Number.POSITIVE_INFINITY
    let isFound = false
    for (const neighbour of this.fresh) {
      const { amChoking, slotUse } = neighbour
      const lookAt = slotUse.lookedAt + policy.idleSlotMs
      if (amChoking) this.fresh.delete(neighbour)
      else if (now >= lookAt) {
        this.look(neighbour, now)
        isFound ||= slotUse.slight || slotUse.isIdle(now)
      } else next = Math.min(next, lookAt)
    }
    alarms.set(Alarm.slots, next)
    return isFound
  }

  /** Something has changed: idlers are looked for the next time they are asked for. */
  lookAgain(): void {
    this.idlersSeenAt = Number.NEGATIVE_INFINITY
  }

  /**
   * Neighbours with a slot that make nothing of it, if somebody waits who would; none, where that was looked at just
   * now.
   */
  idlersInTheWay(now: Millis): readonly N[] {
    if (now < this.idlersSeenAt + IDLERS_MS || !this.isAnyoneKeen(now)) return NOBODY
    this.idlersSeenAt = now
    const idlers: N[] = []
    for (const neighbour of this.state.neighbours.values())
      if (!neighbour.amChoking && !this.isSlight(neighbour) && this.idles(neighbour, now)) idlers.push(neighbour)
    return idlers
  }

  /** Whether the neighbour made nothing of its slot, or lacks nothing that we hold, whatever it says. */
  idles(neighbour: N, now: Millis): boolean {
    if (!this.judges) return false
    if (now < this.someIdleUntil && neighbour.slotUse.isIdle(now)) return true
    const { known } = this.state
    return known !== undefined && neighbour.chunks !== undefined && known.held.count <= neighbour.sharedChunks
  }

  /** Whether somebody waits for a slot who would make something of it. */
  private isAnyoneKeen(now: Millis): boolean {
    for (const neighbour of this.state.neighbours.values())
      if (neighbour.amChoking && neighbour.peerInterested && !this.idles(neighbour, now)) return true
    return false
  }

  private look(neighbour: N, now: Millis): void {
    const { slotUse, takenBytes, waitsForUs, stuckSince } = neighbour
    const { worthBytes, policy } = this.state
    slotUse.look(
      {
        takenBytes,
        waitsForUs,
        isLinkBusy: neighbour.bufferedBytes > 0,
        stuckMs: stuckSince === undefined ? undefined : now - stuckSince,
        hasCancelled: slotUse.hasCancelled,
        worthBytes,
        // Where our own uplink is slow, no link takes much.
        fairBytes: this.mostDrainedBytes / (SLIGHT_SHARE * (policy.regularSlots + policy.optimisticSlots)),
      },
      now,
    )
    // Too early to tell: the turn is as fresh as before.
    if (slotUse.lookedAt === now) this.fresh.delete(neighbour)
    if (slotUse.slight) this.slight.add(neighbour)
    else this.slight.delete(neighbour)
    this.someIdleUntil = Math.max(this.someIdleUntil, slotUse.idlesUntil)
  }
}
