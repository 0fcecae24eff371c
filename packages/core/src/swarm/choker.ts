// Decides whom we upload to. Knows nothing of messages, time or sockets.

export const chokers = ['tit-for-tat', 'round-robin', 'everyone'] as const
export type ChokerPolicy = (typeof chokers)[number]

/** An interested neighbour, as the choker sees it. */
export type ChokeCandidate = {
  id: string
  /** Bytes it sent us in the last 20 s. */
  receivedBytes: number
  /** Being served now. */
  unchoked: boolean
  /** The neighbour was unchoked only just now: another that is no better does not take its slot. */
  settling: boolean
  /** When the neighbour began to wait for a slot; of no meaning while it is unchoked. */
  waitingSince: number
  /** The neighbour holds an optimistic slot. */
  optimistic: boolean
  /** The neighbour takes so little that others are served besides it. */
  slight: boolean
  /** The neighbour made nothing of its last slot, not long ago. */
  idle: boolean
  /** How many of the neighbour's chunks nobody else has got from it yet. Only a seed asks; for others it is 0. */
  hoarded: number
  /** A number drawn for this round: decides among equals. */
  draw: number
}

type Order = (a: ChokeCandidate, b: ChokeCandidate) => number

/**
 * Order of merit: those that ask go before those that idle; then who sends us most; then who was unchoked only just
 * now; then the draw.
 */
const byMerit: Order = (a, b) =>
  Number(a.idle) - Number(b.idle) ||
  b.receivedBytes - a.receivedBytes ||
  Number(b.settling) - Number(a.settling) ||
  a.draw - b.draw

/**
 * Order of turns: those that ask go before those that idle; then who passes chunks on before who hoards them; then who
 * waits before who is served, and the longest wait first.
 */
const byTurn: Order = (a, b) =>
  Number(a.idle) - Number(b.idle) ||
  a.hoarded - b.hoarded ||
  Number(a.unchoked) - Number(b.unchoked) ||
  a.waitingSince - b.waitingSince ||
  a.draw - b.draw

const orders: Record<Exclude<ChokerPolicy, 'everyone'>, Order> = { 'tit-for-tat': byMerit, 'round-robin': byTurn }

/** The ids that get a regular slot. Source: Cohen, Incentives Build Robustness in BitTorrent (2003). */
export function chooseRegular(policy: ChokerPolicy, candidates: ChokeCandidate[], slots: number): string[] {
  const chosen = policy === 'everyone' ? candidates : [...candidates].sort(orders[policy]).slice(0, slots)
  return chosen.map((candidate) => candidate.id)
}

/** Draws at random so that nobody starves: each is drawn once before anybody is drawn twice. */
export class ShuffledBag {
  private bag: string[] = []

  constructor(private readonly random: () => number) {}

  draw(eligible: string[]): string | undefined {
    if (eligible.length === 0) return undefined
    return this.takeFrom(eligible) ?? this.refill(eligible)
  }

  private takeFrom(eligible: string[]): string | undefined {
    const allowed = new Set(eligible)
    const at = this.bag.findIndex((id) => allowed.has(id))
    return at < 0 ? undefined : this.bag.splice(at, 1)[0]
  }

  private refill(eligible: string[]): string | undefined {
    this.bag = [...eligible]
    for (let i = this.bag.length - 1; i > 0; i--) {
      const j = Math.floor(this.random() * (i + 1))
      const swapped = this.bag[i] as string
      this.bag[i] = this.bag[j] as string
      this.bag[j] = swapped
    }
    return this.bag.shift()
  }
}
