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
  /** Its turn has only begun: an equal does not take its place. */
  settling: boolean
  /** Since when it has waited for a turn; of no meaning while it is served. */
  waitingSince: number
  /** It is served by lot. */
  optimistic: boolean
  /** It takes so little that others are served beside it. */
  slight: boolean
  /** It made nothing of its last turn, not long ago. */
  idle: boolean
  /** Of its chunks, how many nobody else has from it yet; a seed asks, for others it is 0. */
  hoarded: number
  /** A number drawn for this round: decides among equals. */
  draw: number
}

type Order = (a: ChokeCandidate, b: ChokeCandidate) => number

/** Who asks goes before who idles; then who sends us most; among equals, one whose turn has only begun, then the one drawn first. */
const byMerit: Order = (a, b) =>
  Number(a.idle) - Number(b.idle) ||
  b.receivedBytes - a.receivedBytes ||
  Number(b.settling) - Number(a.settling) ||
  a.draw - b.draw

/** Who asks goes before who idles; then who passes on before who hoards; then who waits before who is served, and who waited longest first. */
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
