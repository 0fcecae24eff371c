// What all peers of a run say of themselves, put together: who sends to whom, who holds what, who was choked when.
// Knows no page and no connection; time is an argument.
import { Bitfield } from '@swarmdrop/core'
import { lies, type Role } from '@swarmdrop/core/simulation'
import type { Report } from './messages'
import { Sum, sumFor } from './restarting-sum'
import type { ChokeSpan, PeerRole, ProgressSeries, SwarmFrame } from './run-view'

export type BoardMember = { id: string; name: string; mark: number; behaviour: Role['behaviour'] }

/** Past so many points of a curve, every other one goes. */
const MAX_POINTS = 400
const MAX_SPANS = 20_000
/**
 * The most ids of a page (a new one at each return), and the most neighbours that it has sent to: what a page says of
 * itself fills no memory.
 */
const MAX_IDS = 64
const MAX_NEIGHBOURS = 1_000
/** A trickle is no line. */
const LEAST_FLOW = 500

type Entry = BoardMember & {
  index: number
  report: Report | undefined
  present: boolean
  held: Bitfield
  /** Sums over the times that it was here: its machine counts from nothing each time. */
  uploaded: Sum
  downloaded: Sum
  limited: Sum | undefined
  stoodStillShare: number
  sentTo: Map<string, Sum>
  points: { atSeconds: number; held: number }[]
  /** Spans under way, by whom it serves. */
  serving: Map<number, ChokeSpan>
  idCount: number
  spanCount: number
}

export class Board {
  readonly #entries: Map<string, Entry>
  /** The index of the one who has this id from the tracker. */
  readonly #indexOf = new Map<string, number>()
  readonly #spans: ChokeSpan[] = []

  constructor(
    members: readonly BoardMember[],
    readonly chunkCount: number,
  ) {
    this.#entries = new Map(
      members.map((member, index) => [
        member.id,
        {
          ...member,
          index,
          report: undefined,
          present: false,
          held: member.behaviour === 'server' ? Bitfield.full(chunkCount) : new Bitfield(chunkCount),
          uploaded: new Sum(),
          downloaded: new Sum(),
          limited: undefined,
          stoodStillShare: 0,
          sentTo: new Map(),
          points: [],
          serving: new Map(),
          idCount: 0,
          spanCount: 0,
        },
      ]),
    )
  }

  /** Takes a report. True when the member holds more than before. */
  take(id: string, report: Report, atSeconds: number): boolean {
    const entry = this.#entries.get(id)
    const held = entry && Bitfield.fromBytes(this.chunkCount, report.held)
    if (!entry || !held) return false
    const gained = held.count > entry.held.count
    entry.report = report
    entry.present = true
    // A liar says that it holds everything.
    if (!lies(entry.behaviour)) entry.held = held
    for (const own of report.ids) this.#learnId(own, entry)
    entry.uploaded.now(report.uploadedBytes)
    entry.downloaded.now(report.downloadedBytes)
    if (report.limitedMs !== undefined) {
      entry.limited ??= new Sum()
      entry.limited.now(report.limitedMs)
    }
    entry.stoodStillShare = report.stoodStillShare ?? entry.stoodStillShare
    for (const { id: to, uploadedBytes } of report.neighbours)
      if (entry.sentTo.has(to) || entry.sentTo.size < MAX_NEIGHBOURS) sumFor(entry.sentTo, to).now(uploadedBytes)
    if (atSeconds >= 0) {
      this.#addPoint(entry, atSeconds)
      this.#followChokes(entry, report, atSeconds)
    }
    return gained
  }

  /** A member has left, or vanished: nothing flows from it any more. */
  left(id: string, atSeconds: number): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    entry.present = false
    entry.report = undefined
    for (const span of entry.serving.values()) span.untilSeconds = atSeconds
    entry.serving.clear()
  }

  /** A bit a chunk, for each member in their order. */
  get holdings(): Uint8Array[] {
    return [...this.#entries.values()].map(({ held }) => held.toBytes())
  }

  /** The members' marks, in their order. */
  get marks(): number[] {
    return [...this.#entries.values()].map(({ mark }) => mark)
  }

  heldBy(id: string): Bitfield | undefined {
    return this.#entries.get(id)?.held
  }

  totals(id: string): { uploadedBytes: number; downloadedBytes: number } {
    const entry = this.#entries.get(id)
    return { uploadedBytes: entry?.uploaded.total ?? 0, downloadedBytes: entry?.downloaded.total ?? 0 }
  }

  /**
   * How long blocks that were asked of a member have waited for its upload limit, and for nothing else; undefined: it
   * does not say.
   */
  limitedMsOf(id: string): number | undefined {
    return this.#entries.get(id)?.limited?.total
  }

  /** The share of the run for which a member's page stood still, by its own word, from 0 to 1. */
  stoodStillShareOf(id: string): number {
    return this.#entries.get(id)?.stoodStillShare ?? 0
  }

  idsOf(id: string): string[] {
    return this.#entries.get(id)?.report?.ids.slice(-2) ?? []
  }

  get frame(): SwarmFrame {
    const copies = new Uint16Array(this.chunkCount)
    const flows: SwarmFrame['flows'] = []
    const peers = [...this.#entries.values()].map((entry): SwarmFrame['peers'][number] => {
      if (entry.present && !lies(entry.behaviour))
        for (const chunk of entry.held.indices()) copies[chunk] = (copies[chunk] ?? 0) + 1
      for (const { id, uploadRate } of entry.report?.neighbours ?? []) {
        const to = this.#indexOf.get(id)
        if (to !== undefined && uploadRate >= LEAST_FLOW)
          flows.push({ from: entry.index, to, bytesPerSecond: uploadRate })
      }
      return { id: entry.id, name: entry.name, mark: entry.mark, role: roleOf(entry), held: entry.held.count }
    })
    return { peers, chunkCount: this.chunkCount, copies, flows }
  }

  get series(): ProgressSeries[] {
    return [...this.#entries.values()]
      .filter(({ behaviour }) => behaviour !== 'server')
      .map(({ name, mark, points }) => ({ name, mark, points: [...points] }))
  }

  /** Whether each member is in the swarm, in their order. */
  get present(): boolean[] {
    return [...this.#entries.values()].map(({ present }) => present)
  }

  /** Who served whom and when; turns under way last until `atSeconds`. New objects each time. */
  turns(atSeconds: number): ChokeSpan[] {
    return this.#turnsWhere(atSeconds, () => true)
  }

  /** The turns that one member gave. */
  chokesBy(from: number, atSeconds: number): ChokeSpan[] {
    return this.#turnsWhere(atSeconds, (span) => span.from === from)
  }

  /** Bytes given, by row, to each in the column; in the members' order. */
  get matrix(): number[][] {
    return [...this.#entries.values()].map(({ sentTo }) => {
      const row = new Array<number>(this.#entries.size).fill(0)
      for (const [neighbour, sum] of sentTo) {
        const to = this.#indexOf.get(neighbour)
        if (to !== undefined) row[to] = (row[to] ?? 0) + sum.total
      }
      return row
    })
  }

  #turnsWhere(atSeconds: number, isWanted: (span: ChokeSpan) => boolean): ChokeSpan[] {
    const underWay = new Set([...this.#entries.values()].flatMap(({ serving }) => [...serving.values()]))
    return this.#spans
      .filter(isWanted)
      .map((span) => ({ ...span, untilSeconds: underWay.has(span) ? atSeconds : span.untilSeconds }))
  }

  /**
   * Learns an id of a member. Whoever said first that it is theirs keeps it: nobody takes on another's by saying so
   * later.
   */
  #learnId(id: string, entry: Entry): void {
    if (this.#indexOf.has(id) || entry.idCount >= MAX_IDS) return
    entry.idCount++
    this.#indexOf.set(id, entry.index)
  }

  #addPoint({ points, held }: Entry, atSeconds: number): void {
    points.push({ atSeconds, held: held.count })
    if (points.length <= MAX_POINTS) return
    const kept = points.filter((_, index) => index % 2 === 0 || index === points.length - 1)
    points.splice(0, points.length, ...kept)
  }

  #followChokes(entry: Entry, report: Report, atSeconds: number): void {
    const served = new Set<number>()
    for (const { id, amChoking, optimistic } of report.neighbours) {
      const to = this.#indexOf.get(id)
      if (to === undefined || amChoking) continue
      served.add(to)
      const span = entry.serving.get(to)
      if (span && (span.optimistic ?? false) === optimistic) continue
      if (span) span.untilSeconds = atSeconds
      this.#beginSpan(entry, { from: entry.index, to, fromSeconds: atSeconds, untilSeconds: atSeconds, optimistic })
    }
    for (const [to, span] of entry.serving) {
      if (served.has(to)) continue
      span.untilSeconds = atSeconds
      entry.serving.delete(to)
    }
  }

  /** Begins a turn. A member that chokes and unchokes without end uses up its own share alone. */
  #beginSpan(entry: Entry, span: ChokeSpan): void {
    entry.serving.set(span.to, span)
    if (++entry.spanCount <= MAX_SPANS / this.#entries.size) this.#spans.push(span)
  }
}

function roleOf({ behaviour, present, held }: Entry): PeerRole {
  if (!present) return 'away'
  if (behaviour === 'server' || behaviour === 'free-rider') return behaviour
  return held.isComplete ? 'seed' : 'leecher'
}
