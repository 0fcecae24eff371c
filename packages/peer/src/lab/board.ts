// What all peers of a run say of themselves, put together: who sends to whom, who holds what, who was choked when.
// Knows no page and no connection; time is an argument.
import { Bitfield } from '@swarmdrop/core'
import { lies, type ParticipantPlan } from '@swarmdrop/core/simulation'
import type { Report } from './messages'
import { Sum, sumFor } from './restarting-sum'
import type { ChokeSpan, PeerRole, ProgressSeries, SwarmFrame } from './run-view'

export type BoardParticipant = { id: string; name: string; mark: number; behaviour: ParticipantPlan['behaviour'] }

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

type Tally = BoardParticipant & {
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
  readonly #tallies: Map<string, Tally>
  /** The index of the one who has this id from the tracker. */
  readonly #indexOf = new Map<string, number>()
  readonly #spans: ChokeSpan[] = []

  constructor(
    participants: readonly BoardParticipant[],
    readonly chunkCount: number,
  ) {
    this.#tallies = new Map(
      participants.map((participant, index) => [
        participant.id,
        {
          ...participant,
          index,
          report: undefined,
          present: false,
          held: participant.behaviour === 'server' ? Bitfield.full(chunkCount) : new Bitfield(chunkCount),
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

  /** Takes a report. True when the participant holds more than before. */
  take(id: string, report: Report, atSeconds: number): boolean {
    const tally = this.#tallies.get(id)
    const held = tally && Bitfield.fromBytes(this.chunkCount, report.held)
    if (!tally || !held) return false
    const gained = held.count > tally.held.count
    tally.report = report
    tally.present = true
    // A liar says that it holds everything.
    if (!lies(tally.behaviour)) tally.held = held
    for (const own of report.ids) this.#learnId(own, tally)
    tally.uploaded.now(report.uploadedBytes)
    tally.downloaded.now(report.downloadedBytes)
    if (report.limitedMs !== undefined) {
      tally.limited ??= new Sum()
      tally.limited.now(report.limitedMs)
    }
    tally.stoodStillShare = report.stoodStillShare ?? tally.stoodStillShare
    for (const { id: to, uploadedBytes } of report.neighbours)
      if (tally.sentTo.has(to) || tally.sentTo.size < MAX_NEIGHBOURS) sumFor(tally.sentTo, to).now(uploadedBytes)
    if (atSeconds >= 0) {
      this.#addPoint(tally, atSeconds)
      this.#followChokes(tally, report, atSeconds)
    }
    return gained
  }

  /** A participant has left, or vanished: nothing flows from it any more. */
  left(id: string, atSeconds: number): void {
    const tally = this.#tallies.get(id)
    if (!tally) return
    tally.present = false
    tally.report = undefined
    for (const span of tally.serving.values()) span.untilSeconds = atSeconds
    tally.serving.clear()
  }

  /** A bit a chunk, for each participant in their order. */
  get holdings(): Uint8Array[] {
    return [...this.#tallies.values()].map(({ held }) => held.toBytes())
  }

  /** The participants' marks, in their order. */
  get marks(): number[] {
    return [...this.#tallies.values()].map(({ mark }) => mark)
  }

  heldBy(id: string): Bitfield | undefined {
    return this.#tallies.get(id)?.held
  }

  totals(id: string): { uploadedBytes: number; downloadedBytes: number } {
    const tally = this.#tallies.get(id)
    return { uploadedBytes: tally?.uploaded.total ?? 0, downloadedBytes: tally?.downloaded.total ?? 0 }
  }

  /**
   * How long blocks that were asked of a participant have waited for its upload limit, and for nothing else; undefined:
   * it does not say.
   */
  limitedMsOf(id: string): number | undefined {
    return this.#tallies.get(id)?.limited?.total
  }

  /** The share of the run for which a participant's page stood still, by its own word, from 0 to 1. */
  stoodStillShareOf(id: string): number {
    return this.#tallies.get(id)?.stoodStillShare ?? 0
  }

  idsOf(id: string): string[] {
    return this.#tallies.get(id)?.report?.ids.slice(-2) ?? []
  }

  get frame(): SwarmFrame {
    const copies = new Uint16Array(this.chunkCount)
    const flows: SwarmFrame['flows'] = []
    const peers = [...this.#tallies.values()].map((tally): SwarmFrame['peers'][number] => {
      if (tally.present && !lies(tally.behaviour))
        for (const chunk of tally.held.indices()) copies[chunk] = (copies[chunk] ?? 0) + 1
      for (const { id, uploadRate } of tally.report?.neighbours ?? []) {
        const to = this.#indexOf.get(id)
        if (to !== undefined && uploadRate >= LEAST_FLOW)
          flows.push({ from: tally.index, to, bytesPerSecond: uploadRate })
      }
      return { id: tally.id, name: tally.name, mark: tally.mark, role: roleOf(tally), held: tally.held.count }
    })
    return { peers, chunkCount: this.chunkCount, copies, flows }
  }

  get series(): ProgressSeries[] {
    return [...this.#tallies.values()]
      .filter(({ behaviour }) => behaviour !== 'server')
      .map(({ name, mark, points }) => ({ name, mark, points: [...points] }))
  }

  /** Whether each participant is in the swarm, in their order. */
  get present(): boolean[] {
    return [...this.#tallies.values()].map(({ present }) => present)
  }

  /** Who served whom and when; turns under way last until `atSeconds`. New objects each time. */
  turns(atSeconds: number): ChokeSpan[] {
    return this.#turnsWhere(atSeconds, () => true)
  }

  /** The turns that one participant gave. */
  chokesBy(from: number, atSeconds: number): ChokeSpan[] {
    return this.#turnsWhere(atSeconds, (span) => span.from === from)
  }

  /** Bytes given, by row, to each in the column; in the participants' order. */
  get matrix(): number[][] {
    return [...this.#tallies.values()].map(({ sentTo }) => {
      const row = new Array<number>(this.#tallies.size).fill(0)
      for (const [neighbour, sum] of sentTo) {
        const to = this.#indexOf.get(neighbour)
        if (to !== undefined) row[to] = (row[to] ?? 0) + sum.total
      }
      return row
    })
  }

  #turnsWhere(atSeconds: number, isWanted: (span: ChokeSpan) => boolean): ChokeSpan[] {
    const underWay = new Set([...this.#tallies.values()].flatMap(({ serving }) => [...serving.values()]))
    return this.#spans
      .filter(isWanted)
      .map((span) => ({ ...span, untilSeconds: underWay.has(span) ? atSeconds : span.untilSeconds }))
  }

  /**
   * Learns an id of a participant. The first to say that it is theirs keeps it: nobody takes on another's by
   * saying so later.
   */
  #learnId(id: string, tally: Tally): void {
    if (this.#indexOf.has(id) || tally.idCount >= MAX_IDS) return
    tally.idCount++
    this.#indexOf.set(id, tally.index)
  }

  #addPoint({ points, held }: Tally, atSeconds: number): void {
    points.push({ atSeconds, held: held.count })
    if (points.length <= MAX_POINTS) return
    const kept = points.filter((_, index) => index % 2 === 0 || index === points.length - 1)
    points.splice(0, points.length, ...kept)
  }

  #followChokes(tally: Tally, report: Report, atSeconds: number): void {
    const served = new Set<number>()
    for (const { id, amChoking, optimistic } of report.neighbours) {
      const to = this.#indexOf.get(id)
      if (to === undefined || amChoking) continue
      served.add(to)
      const span = tally.serving.get(to)
      if (span && (span.optimistic ?? false) === optimistic) continue
      if (span) span.untilSeconds = atSeconds
      this.#beginSpan(tally, { from: tally.index, to, fromSeconds: atSeconds, untilSeconds: atSeconds, optimistic })
    }
    for (const [to, span] of tally.serving) {
      if (served.has(to)) continue
      span.untilSeconds = atSeconds
      tally.serving.delete(to)
    }
  }

  /** Begins a turn. A participant that chokes and unchokes without end uses up its own share alone. */
  #beginSpan(tally: Tally, span: ChokeSpan): void {
    tally.serving.set(span.to, span)
    if (++tally.spanCount <= MAX_SPANS / this.#tallies.size) this.#spans.push(span)
  }
}

function roleOf({ behaviour, present, held }: Tally): PeerRole {
  if (!present) return 'away'
  if (behaviour === 'server' || behaviour === 'free-rider') return behaviour
  return held.isComplete ? 'seed' : 'leecher'
}
