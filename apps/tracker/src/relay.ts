// Carries sealed pieces between two members that find no other way to each other: how much, for whom, in which order.
// Knows sockets by name only, reads no clock, and cannot read what it carries.
import {
  MAX_PIECE_CHARACTERS,
  type PeerId,
  pieceCost,
  RELAY_READ_AT,
  RELAY_USE_CHARACTERS,
  RELAY_WINDOW,
  type RefusalCode,
  type SwarmId,
} from '@swarmdrop/core/signaling'
import { LateWords } from './late-words'
import type { SocketId } from './members'
import { TokenBucket } from './rate-limit'

/** A pair has so much of the whole at least, or there is one pair fewer. */
const LEAST_SHARE_BYTES_PER_SECOND = 16_384
const MAX_PAIRS = 1_024
const PAIRS_PER_SOCKET = 4
/** One address has a quarter of all pairs at most, but always so many. */
const PAIRS_PER_ADDRESS = 4
/** The time between the two sides' asking: the other asks within a few seconds, or not at all. */
const ANSWER_WITHIN_MS = 10_000
/** A side that leaves unread for this long what was handed to it is gone, or means no good. */
const READ_WITHIN_MS = 30_000
/** A pair through which nothing of a block has gone for so long makes way where there is no place. */
const IDLE_MS = 30_000
/** How much a socket may leave unread before it is handed more pieces. */
const MAX_UNREAD_BYTES = 262_144

/** A member on a socket. */
export type RelayEnd = { socket: SocketId; address: string; swarmId: SwarmId; id: PeerId }

export type RelayEvent =
  | { event: 'relay-opened'; content: { pair: string } }
  | { event: 'relay'; content: { pair: string; sealed: string } }
  | { event: 'relay-read'; content: { pair: string; cost: number } }
  | { event: 'relay-ended'; content: { pair: string } }
export type RelayDelivery = { socket: SocketId } & RelayEvent

export type RelayOptions = {
  /** The rate of all pairs together; 0: none is carried. */
  bytesPerSecond: number
  /** How many bytes wait for the socket to read. */
  unreadBy: (socket: SocketId) => number
  /** Deliveries are made in the order in which they are handed over. */
  deliver: (delivery: RelayDelivery) => void
}

/** One direction of a pair. */
type Way = {
  readonly to: RelayEnd
  readonly pair: Pair
  readonly waiting: string[]
  /** Handed to the receiver, and not said to be read: what each cost, and in sum. */
  readonly unread: number[]
  handed: number
  /** All that was taken from the sender and not said to be read by the receiver. */
  taken: number
  /** When something was read last, or handed over where nothing lay unread. */
  readAtMs: number
}

type Pair = {
  readonly name: string
  readonly opener: RelayEnd
  readonly other: PeerId
  /** The pair's two ways, once it stands; the one whose turn it is comes first. */
  ways?: [Way, Way]
  /** When the pair was asked for, or a piece that may be of a block was taken last. */
  atMs: number
}

export class Relay {
  readonly #options: RelayOptions
  readonly #budget: TokenBucket
  readonly #maxPairs: number
  readonly #pairs = new Map<string, Pair>()
  /** Pairs with pieces that wait, in the order in which they have their turn. */
  readonly #busy = new Set<Pair>()
  readonly #late: LateWords

  constructor(options: RelayOptions, now: number) {
    this.#options = options
    const { bytesPerSecond } = options
    this.#budget = new TokenBucket(
      { capacity: Math.max(bytesPerSecond / 8, MAX_PIECE_CHARACTERS), perSecond: bytesPerSecond },
      now,
    )
    this.#maxPairs = Math.min(MAX_PAIRS, Math.max(1, Math.floor(bytesPerSecond / LEAST_SHARE_BYTES_PER_SECOND)))
    this.#late = new LateWords(4 * this.#maxPairs)
  }

  get isOn(): boolean {
    return this.#options.bytesPerSecond > 0
  }

  /** Pairs, those included that one side alone has asked for; and characters that wait here for their turn. */
  get counts(): { pairs: number; waiting: number } {
    let waiting = 0
    for (const { ways } of this.#busy) for (const { taken, handed } of ways ?? []) waiting += taken - handed
    return { pairs: this.#pairs.size, waiting }
  }

  /** Whether pieces wait for the budget, or for a receiver to read. */
  get isBusy(): boolean {
    return this.#busy.size > 0
  }

  /** Asks for a pair, which stands when the other side has asked too. Undefined: it is not refused. */
  open(name: string, from: RelayEnd, to: PeerId, now: number): RefusalCode | undefined {
    if (!this.isOn) return 'relay-off'
    const known = this.#pairs.get(name)
    if (known && !known.ways && known.opener.id === to && known.other === from.id) {
      if (!this.#hasPlaceFor(from)) return 'relay-full'
      this.#join(known, from, now)
      return undefined
    }
    // The name is drawn for one attempt of two: another that uses it, or a second use, is made up.
    if (known) return 'invalid'
    if (!this.#hasPlaceFor(from) || !this.#hasRoom(now)) return 'relay-full'
    this.#pairs.set(name, { name, opener: from, other: to, atMs: now })
    return undefined
  }

  /**
   * Takes a piece. False where it belongs to no pair that stands or has just ended. Ends the pair of a sender that goes
   * past the window.
   */
  take(name: string, from: SocketId, sealed: string, now: number): boolean {
    const way = this.#wayFrom(name, from)
    const cost = pieceCost(sealed.length)
    if (!way) return this.#late.take(name, from, 'pieces', cost)
    if (way.taken + cost > RELAY_WINDOW) {
      this.#end(way.pair)
      return false
    }
    way.taken += cost
    if (sealed.length >= RELAY_USE_CHARACTERS) way.pair.atMs = now
    way.waiting.push(sealed)
    this.#busy.add(way.pair)
    return true
  }

  /**
   * Takes word of what was read. False where that is not the sum of the next pieces that were handed over: it is made
   * up, and the pair ends.
   */
  read(name: string, by: SocketId, cost: number, now: number): boolean {
    const pair = this.#pairs.get(name)
    const way = pair?.ways?.find(({ to }) => to.socket === by)
    if (!pair || !way) return this.#late.take(name, by, 'reads', cost)
    let [pieces, sum] = [0, 0]
    while (sum < cost && pieces < way.unread.length) sum += way.unread[pieces++] ?? 0
    if (sum !== cost) {
      this.#end(pair)
      return false
    }
    way.unread.splice(0, pieces)
    way.handed -= cost
    way.taken -= cost
    way.readAtMs = now
    const sender = senderOf(way)
    this.#options.deliver({ socket: sender.socket, event: 'relay-read', content: { pair: name, cost } })
    return true
  }

  stop(name: string, by: SocketId): void {
    const pair = this.#pairs.get(name)
    if (pair && endsOf(pair).some(({ socket }) => socket === by)) this.#end(pair, by)
  }

  /** A socket has left the swarm, or has gone altogether. */
  gone(socket: SocketId, swarmId?: SwarmId): void {
    for (const pair of [...this.#pairs.values()]) {
      const isOf = (end: RelayEnd) => end.socket === socket && (swarmId === undefined || end.swarmId === swarmId)
      if (endsOf(pair).some(isOf)) this.#end(pair, socket)
    }
  }

  /** Hands over what waits, one piece of each pair in turn, as far as the budget lasts and receivers read. */
  pour(now: number): void {
    let inVain = 0
    while (this.#busy.size > inVain) {
      const [pair] = this.#busy
      if (!pair) return
      const way = this.#readyOf(pair)
      const sealed = way?.waiting[0]
      if (sealed !== undefined && !this.#budget.take(pieceCost(sealed.length), now)) return
      this.#busy.delete(pair)
      if (way && sealed !== undefined) this.#hand(way, sealed, now)
      else inVain += 1
      if (pair.ways?.some(({ waiting }) => waiting.length > 0)) this.#busy.add(pair)
    }
  }

  /** The way whose turn it is, or the other where that one has nothing, or nobody who reads. */
  #readyOf({ ways }: Pair): Way | undefined {
    return ways?.find(({ waiting, to }) => waiting.length > 0 && this.#options.unreadBy(to.socket) <= MAX_UNREAD_BYTES)
  }

  /** Ends pairs that were asked for in vain, and those of which one side does not read. */
  sweep(now: number): void {
    for (const pair of [...this.#pairs.values()]) {
      const isForgotten = !pair.ways && now - pair.atMs > ANSWER_WITHIN_MS
      const isUnread = (way: Way) => way.handed >= RELAY_READ_AT && now - way.readAtMs > READ_WITHIN_MS
      if (isForgotten || pair.ways?.some(isUnread)) this.#end(pair)
    }
  }

  #join(pair: Pair, joining: RelayEnd, now: number): void {
    const way = (to: RelayEnd): Way => ({ to, pair, waiting: [], unread: [], handed: 0, taken: 0, readAtMs: now })
    pair.ways = [way(pair.opener), way(joining)]
    pair.atMs = now
    for (const { socket } of endsOf(pair))
      this.#options.deliver({ socket, event: 'relay-opened', content: { pair: pair.name } })
  }

  #hand(way: Way, sealed: string, now: number): void {
    way.waiting.shift()
    if (way === way.pair.ways?.[0]) way.pair.ways.reverse()
    if (way.handed === 0) way.readAtMs = now
    way.unread.push(pieceCost(sealed.length))
    way.handed += pieceCost(sealed.length)
    this.#options.deliver({ socket: way.to.socket, event: 'relay', content: { pair: way.pair.name, sealed } })
  }

  #wayFrom(name: string, from: SocketId): Way | undefined {
    return this.#pairs.get(name)?.ways?.find((way) => senderOf(way).socket === from)
  }

  #hasPlaceFor({ socket, address }: RelayEnd): boolean {
    let [ofSocket, ofAddress] = [0, 0]
    for (const pair of this.#pairs.values()) {
      const ends = endsOf(pair)
      if (ends.some((end) => end.socket === socket)) ofSocket += 1
      if (ends.some((end) => end.address === address)) ofAddress += 1
    }
    return ofSocket < PAIRS_PER_SOCKET && ofAddress < Math.max(PAIRS_PER_ADDRESS, this.#maxPairs / 4)
  }

  /** Makes some where a pair has long been idle. */
  #hasRoom(now: number): boolean {
    if (this.#pairs.size < this.#maxPairs) return true
    const [idlest] = [...this.#pairs.values()].filter(({ ways }) => ways).sort((a, b) => a.atMs - b.atMs)
    if (!idlest || now - idlest.atMs < IDLE_MS) return false
    this.#end(idlest)
    return true
  }

  /** `by`: who knows already. */
  #end(pair: Pair, by?: SocketId): void {
    this.#pairs.delete(pair.name)
    this.#busy.delete(pair)
    for (const { socket } of endsOf(pair)) {
      if (socket === by) continue
      this.#late.expect(pair.name, socket)
      this.#options.deliver({ socket, event: 'relay-ended', content: { pair: pair.name } })
    }
  }
}

const endsOf = ({ opener, ways }: Pair): RelayEnd[] => (ways ? ways.map(({ to }) => to) : [opener])
const senderOf = (way: Way): RelayEnd => {
  const [first, second] = way.pair.ways as [Way, Way]
  return way === first ? second.to : first.to
}
