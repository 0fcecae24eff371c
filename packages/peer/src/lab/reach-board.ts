// Who reaches whom, put together from what each says of itself. Pure; asks nobody.
import type { Way } from '../ports'
import type { ReachReport } from './reach-messages'

export type ReachParticipant = {
  name: string
  /** `silent`: it has said nothing yet. `left`: it is no longer in the room. */
  state: 'silent' | 'answers' | 'left'
}

export type ReachView = {
  phase: 'running' | 'done'
  /** The teacher's page first. */
  participants: ReachParticipant[]
  /** `ways[a][b]`, the same both ways; undefined for oneself, and where there is none (yet). */
  ways: (Way | undefined)[][]
  /** Students that were not asked, as there are too many. */
  leftOut: number
}

type Report = Pick<ReachReport, 'ids' | 'reached'>

/** A pair's two sides may differ for a moment: the way that is worse is told. */
const byWorth: readonly Way[] = ['direct', 'turn', 'server']

export class ReachBoard {
  readonly #participants: ReachParticipant[]
  readonly #reports: (Report | undefined)[]
  readonly #leftOut: number

  constructor(names: readonly string[], leftOut: number) {
    this.#participants = names.map((name) => ({ name, state: 'silent' }))
    this.#reports = names.map(() => undefined)
    this.#leftOut = leftOut
  }

  /** Each report says everything again. */
  reported(index: number, report: Report): void {
    const known = this.#participants[index]
    if (!known) return
    this.#reports[index] = report
    this.#participants[index] = { ...known, state: 'answers' }
  }

  left(index: number): void {
    const known = this.#participants[index]
    if (known) this.#participants[index] = { ...known, state: 'left' }
  }

  view(phase: ReachView['phase']): ReachView {
    return { phase, participants: [...this.#participants], ways: this.#ways(), leftOut: this.#leftOut }
  }

  /** All who are here reach each other, and by a way that stays: there is nothing left to find out. */
  get isComplete(): boolean {
    const ways = this.#ways()
    const here = this.#participants.flatMap(({ state }, index) => (state === 'left' ? [] : [index]))
    return here.every((a) => here.every((b) => a === b || isFinal(ways[a]?.[b])))
  }

  #ways(): (Way | undefined)[][] {
    const indexOf = new Map(this.#reports.flatMap((report, index) => report?.ids.map((id) => [id, index]) ?? []))
    const ways: (Way | undefined)[][] = this.#participants.map((_) => this.#participants.map(() => undefined))
    for (const [a, report] of this.#reports.entries()) {
      for (const [id, way] of report?.reached ?? []) {
        const b = indexOf.get(id) ?? a
        const [own, other] = [ways[a], ways[b]]
        if (a === b || !own || !other) continue
        own[b] = worseOf(way, own[b])
        other[a] = own[b]
      }
    }
    return ways
  }
}

/** A way through the server is given up as soon as there is a better one. */
const isFinal = (way: Way | undefined) => way !== undefined && way !== 'server'

const worseOf = (way: Way, other: Way | undefined): Way =>
  other !== undefined && byWorth.indexOf(other) > byWorth.indexOf(way) ? other : way
