// Who takes part in a run and as what: each member with its role in the experiment, for all who need to know one side
// of it. Knows nothing of how the run goes.
import { castOf, type Experiment, lies, type Role } from '@swarmdrop/core/simulation'
import type { ConnectionPlan } from '../swarm/connection-ports'
import type { BoardMember } from './board'
import { connectionPlanOf } from './connection-plan'
import type { MemberPlan } from './run-events'
import type { CastMember } from './run-participants'

export const SERVER = 'server'
/** The server's mark: it has a sign of its own. */
const SERVER_MARK = 0

type Part = { member: CastMember; role: Role }

export class RunCast {
  readonly #parts: Map<string, Part>
  readonly #experiment: Experiment

  /** `members`: in the order of the experiment's cast; the server is the host's own. */
  constructor(experiment: Experiment, members: readonly CastMember[]) {
    this.#experiment = experiment
    const { server, peers } = castOf(experiment)
    const all: Part[] = members.map((member, index) => ({ member, role: peers[index] as Role }))
    all.unshift({ member: { id: SERVER, name: 'Server', mark: SERVER_MARK, participant: undefined }, role: server })
    this.#parts = new Map(all.map((part) => [part.member.id, part]))
  }

  /** The server first. */
  get ids(): string[] {
    return [...this.#parts.keys()]
  }

  get idsAtHost(): string[] {
    return this.ids.filter((id) => this.#part(id).member.participant === undefined)
  }

  roleOf(id: string): Role {
    return this.#part(id).role
  }

  nameOf(id: string): string {
    return this.#part(id).member.name
  }

  markOf(id: string): number {
    return this.#part(id).member.mark
  }

  connectionPlanOf(id: string): Required<ConnectionPlan> {
    const isInPage = this.#part(id).member.participant === undefined
    const peersInPage = this.idsAtHost.length
    const { mode } = this.#experiment
    return connectionPlanOf({ isServer: id === SERVER, isInPage, mode, peerCount: this.#parts.size - 1, peersInPage })
  }

  get plans(): MemberPlan[] {
    return [...this.#parts.values()].map(({ member: { id, name }, role }) => {
      const { joinAtMs, leaveAtMs, rejoinAtMs, behaviour } = role
      const isCounted = id !== SERVER && !lies(behaviour)
      const leavesWhenComplete = behaviour === 'leave-when-complete'
      return { id, name, joinAtMs, leaveAtMs, rejoinAtMs, isCounted, leavesWhenComplete }
    })
  }

  get boardMembers(): BoardMember[] {
    return [...this.#parts.values()].map(({ member: { id, name, mark }, role: { behaviour } }) => ({
      id,
      name,
      mark,
      behaviour,
    }))
  }

  #part(id: string): Part {
    return this.#parts.get(id) as Part
  }
}
