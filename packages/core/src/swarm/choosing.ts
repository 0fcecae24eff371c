// Which chunks this peer fetches, where somebody chooses: what follows from it, and what neighbours are told. Knows
// nothing of files. In the manner of BEP 21 (partial seeds).
import type { Bitfield } from '../content/index'
import { Alarm } from './alarms'
import type { Downloads } from './downloads'
import type { Millis } from './events'
import type { Metadata } from './metadata'
import type { Slice } from './neighbour'
import type { Informed, KnownContent, SwarmState } from './state'

/** A neighbour as a choice of ours concerns it. */
type ChoiceNeighbour = Informed & Slice<'chunks', 'usefulChunks' | 'exhaustedAt'>

/**
 * Neighbours hear of a changed choice at most this often, as many chunks may turn up or be ticked one after the other.
 */
const TELL_EVERY_MS = 1_000

export class Choosing {
  /** How many chunks neighbours take us to want; undefined: they were told nothing, so all. */
  private told: number | undefined
  private tellAt: Millis = 0

  constructor(
    private readonly state: SwarmState<ChoiceNeighbour>,
    private readonly downloads: Downloads,
    private readonly metadata: Metadata,
  ) {
    this.told = state.known && aimOf(state.known)
  }

  /** Sets the chunks that are fetched from now on. Chunks that are held are kept and served, chosen or not. */
  choose(chosen: Bitfield, now: Millis): void {
    const { known, neighbours } = this.state
    if (!known) return
    if (chosen.size !== known.held.size) throw new RangeError(`a choice among ${chosen.size} chunks`)
    const before = known.lacking
    known.lacking = chosen.without(known.held)
    this.downloads.chosenChanged(known, known.lacking.without(before), before.without(known.lacking), now)
    for (const neighbour of neighbours.values()) {
      neighbour.usefulChunks = neighbour.chunks?.countShared(known.lacking) ?? 0
      neighbour.exhaustedAt = undefined
      this.state.updateInterest(neighbour, now)
    }
    this.metadata.fetchMissing(now)
    this.downloads.fillAll(now)
  }

  greet(neighbour: ChoiceNeighbour, known: KnownContent, now: Millis): void {
    const chunks = aimOf(known)
    if (chunks < known.held.size) this.state.send(neighbour, { type: 'choice', chunks }, now)
  }

  /** Tells neighbours of a choice that the last event has changed. */
  update(now: Millis): void {
    const { known } = this.state
    if (!known) return
    const { alarms } = this.state
    const chunks = aimOf(known)
    if (chunks === (this.told ?? known.held.size)) return alarms.clear(Alarm.choice)
    if (now < this.tellAt) return alarms.set(Alarm.choice, this.tellAt)
    alarms.clear(Alarm.choice)
    this.tellAt = now + TELL_EVERY_MS
    this.told = chunks
    this.state.sendAll({ type: 'choice', chunks }, now)
  }
}

/** How many chunks will be held once all that is chosen is here. */
export const aimOf = ({ held, lacking }: Pick<KnownContent, 'held' | 'lacking'>): number => held.count + lacking.count
