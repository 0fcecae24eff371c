// Who stays a neighbour, and whether there are enough of them. Lets nobody go by itself, and knows nothing of what is
// exchanged.
import type { Millis } from './events'
import type { Slice } from './neighbour'
import { firstToGo, isAtWork, isSettled, leastAtWork, mayBeGiven, type Occupant } from './places'
import type { Addressee, SwarmState } from './state'

/** A neighbour as its place is judged. */
export type PlaceNeighbour = Addressee &
  Slice<
    | 'dialled'
    | 'joinedAt'
    | 'workedAt'
    | 'lastReceivedAt'
    | 'uselessSince'
    | 'stuckSince'
    | 'fruitlessMs'
    | 'usefulChunks'
    | 'receivedBytes'
    | 'sentBytes'
    | 'amInterested'
    | 'peerInterested'
  >

/** Even a link of one kilobyte a second takes as much as makes it report in this time. */
const STUCK_MS = 60_000
/** How often one place changes hands where all neighbours are at work and somebody has to be turned away. */
const TURNOVER_MS = 60_000
/** After this long with nothing coming and nothing going, others are worth a try. */
const STANDSTILL_MS = 60_000
/** All places are taken, and not even so many are at work. */
const FEW_AT_WORK = 5

const IN_VAIN = 'asked in vain for too long'

export class Neighbourhood<N extends PlaceNeighbour> {
  /** Neighbours that were dropped as they brought nothing when asked: the second time is no accident. */
  private readonly askedInVain = new Set<string>()
  private morePeersAt: Millis
  private turnoverAt: Millis
  private changedAt: Millis

  constructor(
    private readonly state: SwarmState<N>,
    now: Millis,
  ) {
    this.morePeersAt = now + state.policy.morePeersMs
    this.turnoverAt = now
    this.changedAt = now
  }

  get isFull(): boolean {
    return this.state.neighbours.size >= this.state.policy.maxNeighbours
  }

  /** Whose place a newcomer may have, where there is no other; `dialled`: we made the connection to it. */
  replaceable(dialled: boolean, now: Millis): N | undefined {
    const occupants = this.occupants(now)
    const all = occupants.map(({ occupant }) => occupant)
    const free = occupants.filter(({ occupant }) => mayBeGiven(occupant, all, dialled))
    const [first] = free.sort((a, b) => firstToGo(a.occupant, b.occupant))
    if (first) return first.neighbour
    if (now < this.turnoverAt) return undefined
    // All are at work, some perhaps only just enough for it.
    const settled = occupants
      .filter(({ occupant }) => isSettled(occupant))
      .sort((a, b) => leastAtWork(a.occupant, b.occupant))
    const lesser = settled.slice(0, Math.ceil(settled.length / 2))
    if (lesser.length === 0) return undefined
    this.turnoverAt = now + TURNOVER_MS
    return lesser[Math.floor(this.state.random() * lesser.length)]?.neighbour
  }

  /**
   * A neighbour to be replaced where all places are taken and nothing moves though it should: drawn from those that do
   * nothing.
   */
  changedAtStandstill(lastMovedAt: Millis, now: Millis): N | undefined {
    if (!this.isFull || !this.standsStill(lastMovedAt, now) || now - this.changedAt < STANDSTILL_MS) return undefined
    const idle = this.occupants(now).filter(({ occupant }) => !isAtWork(occupant))
    if (idle.length === 0) return undefined
    this.changedAt = now
    return idle[Math.floor(this.state.random() * idle.length)]?.neighbour
  }

  /** Why its place is better given to another. */
  faultOf(neighbour: N, now: Millis): string | undefined {
    const { silenceMs, fruitlessMs } = this.state.policy
    if (now - neighbour.lastReceivedAt >= silenceMs) return 'silent for too long'
    if (now - (neighbour.stuckSince ?? now) >= STUCK_MS) return 'takes nothing of what it is sent'
    if (neighbour.fruitlessMs(now) < fruitlessMs) return undefined
    const others = [...this.state.neighbours.values()].some((n) => n !== neighbour && n.usefulChunks > 0)
    return others ? IN_VAIN : undefined
  }

  /**
   * Counts that the neighbour is dropped for this fault. True where that is the second time, for a fault that no honest
   * neighbour has twice.
   */
  isRepeated({ id }: N, fault: string): boolean {
    if (fault !== IN_VAIN) return false
    const before = this.askedInVain.has(id)
    this.askedInVain.add(id)
    return before
  }

  /** Beyond a comfortable number, those whom nobody would miss. */
  superfluous(now: Millis): N[] {
    const { comfortableNeighbours, uselessMs } = this.state.policy
    const excess = this.state.neighbours.size - comfortableNeighbours
    return excess > 0 ? this.useless(now, uselessMs).slice(0, excess) : []
  }

  /**
   * Whether to look for more neighbours now; if so, not again for a while. `lastMovedAt`: when a block last came or
   * went.
   */
  takesMore(lastMovedAt: Millis, now: Millis): boolean {
    const { minNeighbours, morePeersMs } = this.state.policy
    if (now < this.morePeersAt) return false
    if (this.state.neighbours.size >= minNeighbours && !this.standsStill(lastMovedAt, now) && !this.isTakenInVain(now))
      return false
    this.morePeersAt = now + morePeersMs
    return true
  }

  /** Somebody wants something, we of others or others of us, and for long nothing has moved. */
  private standsStill(lastMovedAt: Millis, now: Millis): boolean {
    if (now - lastMovedAt < STANDSTILL_MS) return false
    const { known, downloading, uploading, isDone } = this.state
    const wantsMore = !known || (downloading && !isDone)
    return wantsMore || (uploading && [...this.state.neighbours.values()].some((n) => n.peerInterested))
  }

  /** Whether all places are taken, and hardly any neighbour does anything. Chooses nobody, so nothing is drawn. */
  private isTakenInVain(now: Millis): boolean {
    if (!this.isFull) return false
    let atWork = 0
    let isAnyWanted = false
    for (const { workedAt, amInterested, peerInterested } of this.state.neighbours.values()) {
      if (isAtWork({ idleMs: now - workedAt })) atWork++
      isAnyWanted ||= amInterested || peerInterested
    }
    return atWork < FEW_AT_WORK && isAnyWanted
  }

  private occupants(now: Millis): { neighbour: N; occupant: Occupant }[] {
    return [...this.state.neighbours.values()].map((neighbour) => {
      const ageMs = now - neighbour.joinedAt
      const isWanted = neighbour.amInterested || neighbour.peerInterested
      const occupant: Occupant = {
        dialled: neighbour.dialled,
        hasBrought: neighbour.receivedBytes > 0,
        uselessMs: isWanted ? 0 : now - neighbour.uselessSince,
        idleMs: now - neighbour.workedAt,
        bytesPerSecond: ((neighbour.receivedBytes + neighbour.sentBytes) * 1000) / Math.max(1_000, ageMs),
        ageMs,
        draw: this.state.random(),
      }
      return { neighbour, occupant }
    })
  }

  /** Neighbours that have neither wanted anything nor been wanted for this long; the longest first. */
  private useless(now: Millis, forMs: number): N[] {
    return [...this.state.neighbours.values()]
      .filter((n) => !n.amInterested && !n.peerInterested && now - n.uselessSince >= forMs)
      .sort((a, b) => a.uselessSince - b.uselessSince)
  }
}
