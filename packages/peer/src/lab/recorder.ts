// Records a run as its board shows it, a few times a second. Knows nothing of who reports, or of what is kept of it.
import type { Board } from './board'
import { GAINED_FIELDS, type Recording, SENT_FIELDS, SENT_UNIT_BYTES } from './recording'

/** Past so many moments, every other one goes, and half as many are taken from then on. */
const MAX_MOMENTS = 240
/**
 * The most numbers of what was sent: half a megabyte of text; with more, moments are merged at the end. What was gained
 * is as much in fewer moments, and is bounded by peers and chunks.
 */
const MAX_SENT_NUMBERS = 120_000
const LEAST_MOMENTS = 8

type Moment = { atMs: number; gained: number[]; sent: number[] }

export class Recorder {
  readonly #board: Board
  readonly #names: readonly string[]
  /** Which chunks each was seen to hold, a bit a chunk: what is held again after a reload is no gain. */
  readonly #held: Uint8Array[]
  /** What was sent, in units: from the row to the column. */
  readonly #sent: number[][]
  readonly #present: boolean[]
  readonly #moves: Recording['moves'] = []
  #moments: Moment[] = []
  #intervalMs: number
  #nextAtMs = 0

  /** `names`: the board's participants in order, the server first; `intervalMs`: how often it is asked to look. */
  constructor(board: Board, names: readonly string[], intervalMs: number) {
    this.#board = board
    this.#names = names
    this.#intervalMs = intervalMs
    this.#held = board.holdings.map((held) => new Uint8Array(held.length))
    this.#sent = names.map(() => new Array<number>(names.length).fill(0))
    this.#present = names.map(() => false)
  }

  /** Due every `intervalMs`; before the start nothing is recorded. */
  sample(atSeconds: number): void {
    const atMs = Math.round(1_000 * atSeconds)
    // Alarms ring a little early or late.
    if (atMs < 0 || atMs < this.#nextAtMs - this.#intervalMs / 4) return
    if (this.#moments.length === 0) this.#begin()
    this.#take(atMs)
    this.#nextAtMs = atMs + this.#intervalMs
    if (this.#moments.length > MAX_MOMENTS) this.#thin()
  }

  /**
   * The whole run, which ended just now. `peers`: the indices of the participants that took part, in order, the
   * server's among them.
   */
  end(atSeconds: number, peers: readonly number[]): Recording {
    const endMs = Math.round(1_000 * Math.max(0, atSeconds))
    if (this.#moments.length === 0) this.#begin()
    this.#take(Math.max(endMs, this.#moments.at(-1)?.atMs ?? 0))
    while (this.#sentNumbers > MAX_SENT_NUMBERS && this.#moments.length > LEAST_MOMENTS) this.#thin()
    const newIndex = new Map(peers.map((peer, index) => [peer, index]))
    const put = (peer: number) => newIndex.get(peer) ?? Number.NaN
    const among = (...all: number[]) => all.every((peer) => newIndex.has(peer))
    const toMs = (seconds: number) => Math.max(0, Math.round(1_000 * seconds))
    return {
      names: peers.map((peer) => this.#names[peer] ?? ''),
      marks: peers.map((peer) => this.#board.marks[peer] ?? 0),
      chunkCount: this.#board.chunkCount,
      atMs: this.#moments.map(({ atMs }) => atMs),
      gained: this.#moments.map(({ gained }) =>
        groups(gained, GAINED_FIELDS).flatMap(([peer = 0, chunk = 0]) => (among(peer) ? [put(peer), chunk] : [])),
      ),
      sent: this.#moments.map(({ sent }) =>
        groups(sent, SENT_FIELDS).flatMap(([from = 0, to = 0, units = 0]) =>
          among(from, to) ? [put(from), put(to), units] : [],
        ),
      ),
      turns: this.#board
        .turns(endMs / 1_000)
        .filter(({ from, to }) => among(from, to))
        .map(({ from, to, fromSeconds, untilSeconds, optimistic }) => {
          const fromMs = toMs(fromSeconds)
          return [put(from), put(to), fromMs, Math.max(fromMs, toMs(untilSeconds)), optimistic ? 1 : 0]
        }),
      moves: this.#moves.filter(([, peer]) => among(peer)).map(([at, peer, came]) => [at, put(peer), came]),
    }
  }

  /** Begins the recording: anyone who is there now was there at the start, and had nothing. */
  #begin(): void {
    this.#moments.push({ atMs: 0, gained: [], sent: [] })
    this.#takeMoves(0)
  }

  #take(atMs: number): void {
    const moment: Moment = { atMs, gained: [], sent: [] }
    for (const [peer, held] of this.#board.holdings.entries()) this.#takeGains(moment, held, peer)
    this.#board.matrix.forEach((row, from) => {
      const told = this.#sent[from] ?? []
      row.forEach((bytes, to) => {
        const units = Math.floor(bytes / SENT_UNIT_BYTES)
        const since = units - (told[to] ?? 0)
        if (since <= 0) return
        told[to] = units
        moment.sent.push(from, to, since)
      })
    })
    this.#takeMoves(atMs)
    this.#moments.push(moment)
  }

  #takeMoves(atMs: number): void {
    this.#board.present.forEach((isPresent, peer) => {
      if (isPresent !== this.#present[peer]) this.#moves.push([atMs, peer, isPresent ? 1 : 0])
      this.#present[peer] = isPresent
    })
  }

  #takeGains(moment: Moment, held: Uint8Array, peer: number): void {
    const known = this.#held[peer]
    if (!known || peer === 0) return
    held.forEach((bits, byte) => {
      const gained = bits & ~(known[byte] ?? 0)
      if (gained === 0) return
      known[byte] = (known[byte] ?? 0) | gained
      for (let bit = 0; bit < 8; bit++) if (gained & (0x80 >> bit)) moment.gained.push(peer, 8 * byte + bit)
    })
  }

  get #sentNumbers(): number {
    return this.#moments.reduce((sum, { sent }) => sum + sent.length, 0)
  }

  /** Takes moments out: what one has told belongs to the one after it; the first stays. */
  #thin(): void {
    const kept: Moment[] = []
    this.#moments.forEach((moment, index) => {
      const next = this.#moments[index + 1]
      if (index % 2 === 0 || !next) kept.push(moment)
      else {
        next.gained = [...moment.gained, ...next.gained]
        next.sent = summed(moment.sent, next.sent)
      }
    })
    this.#moments = kept
    this.#intervalMs *= 2
  }
}

function summed(one: readonly number[], other: readonly number[]): number[] {
  const sums = new Map<string, [number, number, number]>()
  for (const [from = 0, to = 0, units = 0] of [...groups(one, SENT_FIELDS), ...groups(other, SENT_FIELDS)]) {
    const key = `${from} ${to}`
    sums.set(key, [from, to, units + (sums.get(key)?.[2] ?? 0)])
  }
  return [...sums.values()].flat()
}

/** Flat numbers, so many at a time. */
export function groups(numbers: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.floor(numbers.length / size) }, (_, at) => numbers.slice(size * at, size * (at + 1)))
}
