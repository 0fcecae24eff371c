// Who reaches whom, put together from what each says of itself. Pure; asks nobody.
import type { Way } from '../ports'
import type { ReachReport } from './reach-messages'

export type ReachMember = {
  name: string
  /** `silent`: it has said nothing yet. `left`: it is no longer in the room. */
  state: 'silent' | 'answers' | 'left'
}

export type ReachView = {
  phase: 'running' | 'done'
  /** The teacher's page first. */
  members: ReachMember[]
  /** `ways[a][b]`, the same both ways; undefined for oneself, and where there is none (yet). */
  ways: (Way | undefined)[][]
  /** Students that were not asked, as there are too many. */
  leftOut: number
}

type Report = Pick<ReachReport, 'ids' | 'reached'>

/** A pair's two sides may differ for a moment: the way that is worse is told. */
const byWorth: readonly Way[] = ['direct', 'turn', 'server']

export class ReachBoard {
  readonly #members: ReachMember[]
  readonly #reports: (Report | undefined)[]
  readonly #leftOut: number

  constructor(names: readonly string[], leftOut: number) {
    this.#members = names.map((name) => ({ name, state: 'silent' }))
    this.#reports = names.map(() => undefined)
    this.#leftOut = leftOut
  }

  /** Each report says all anew. */
  reported(member: number, report: Report): void {
    const known = this.#members[member]
    if (!known) return
    this.#reports[member] = report
    this.#members[member] = { ...known, state: 'answers' }
  }

  left(member: number): void {
    const known = this.#members[member]
    if (known) this.#members[member] = { ...known, state: 'left' }
  }

  view(phase: ReachView['phase']): ReachView {
    return { phase, members: [...this.#members], ways: this.#ways(), leftOut: this.#leftOut }
  }

  /** All who are here reach each other, and by a way that stays: there is nothing left to find out. */
  get isComplete(): boolean {
    const ways = this.#ways()
    const here = this.#members.flatMap(({ state }, member) => (state === 'left' ? [] : [member]))
    return here.every((a) => here.every((b) => a === b || isFinal(ways[a]?.[b])))
  }

  #ways(): (Way | undefined)[][] {
    const memberOf = new Map(this.#reports.flatMap((report, member) => report?.ids.map((id) => [id, member]) ?? []))
    const ways: (Way | undefined)[][] = this.#members.map((_) => this.#members.map(() => undefined))
    for (const [a, report] of this.#reports.entries()) {
      for (const [id, way] of report?.reached ?? []) {
        const b = memberOf.get(id) ?? a
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
