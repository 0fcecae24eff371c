// Who stays a neighbour, and whether there are enough of them. Lets nobody go by itself, and knows nothing of what is exchanged.
import type { Millis } from './events'
import type { Neighbour } from './neighbour'
import type { SwarmState } from './state'

/** Even a link of one kilobyte a second takes as much as makes it report in this time. */
const STUCK_MS = 60_000
/** Time to greet, to say what one holds and to want something, before a newcomer may have the place. */
const EVICTION_GRACE_MS = 10_000

const IN_VAIN = 'asked in vain for too long'

export class Neighbourhood {
  /** Those let go as they were asked in vain: the second time is no accident. */
  private readonly askedInVain = new Set<string>()
  private morePeersAt: Millis

  constructor(
    private readonly state: SwarmState,
    now: Millis,
  ) {
    this.morePeersAt = now + state.policy.morePeersMs
  }

  get isFull(): boolean {
    return this.state.neighbours.size >= this.state.policy.maxNeighbours
  }

  /** Whose place a newcomer may have, where there is no other. */
  replaceable(now: Millis): Neighbour | undefined {
    return this.useless(now, EVICTION_GRACE_MS)[0]
  }

  /** Why its place is better given to another. */
  faultOf(neighbour: Neighbour, now: Millis): string | undefined {
    const { silenceMs, fruitlessMs } = this.state.policy
    if (now - neighbour.lastReceivedAt >= silenceMs) return 'silent for too long'
    if (now - (neighbour.stuckSince ?? now) >= STUCK_MS) return 'takes nothing of what it is sent'
    if (neighbour.fruitlessMs(now) < fruitlessMs) return undefined
    const others = [...this.state.neighbours.values()].some((n) => n !== neighbour && n.usefulChunks > 0)
    return others ? IN_VAIN : undefined
  }

  /** It is let go for this fault. Whether it was before, for one that no honest neighbour has twice. */
  isRepeated({ id }: Neighbour, fault: string): boolean {
    if (fault !== IN_VAIN) return false
    const before = this.askedInVain.has(id)
    this.askedInVain.add(id)
    return before
  }

  /** Beyond a comfortable number, those whom nobody would miss. */
  superfluous(now: Millis): Neighbour[] {
    const { comfortableNeighbours, uselessMs } = this.state.policy
    const excess = this.state.neighbours.size - comfortableNeighbours
    return excess > 0 ? this.useless(now, uselessMs).slice(0, excess) : []
  }

  /** Whether to look for more now; if so, not again for a while. */
  takesMore(now: Millis): boolean {
    const { minNeighbours, morePeersMs } = this.state.policy
    if (this.state.neighbours.size >= minNeighbours || now < this.morePeersAt) return false
    this.morePeersAt = now + morePeersMs
    return true
  }

  /** Those that neither want nor are wanted, at least for this long; the longest first. */
  private useless(now: Millis, forMs: number): Neighbour[] {
    return [...this.state.neighbours.values()]
      .filter((n) => !n.amInterested && !n.peerInterested && now - n.uselessSince >= forMs)
      .sort((a, b) => a.uselessSince - b.uselessSince)
  }
}
