// Who takes part in a run: each participant with what the experiment plans for it, for all who need to know one side of
// it. Knows nothing of how the run goes.
import { type Experiment, lies, type ParticipantPlan, participantsOf } from '@swarmdrop/core/simulation'
import type { ConnectionPlan } from '../swarm/connection-ports'
import type { BoardParticipant } from './board'
import { connectionPlanOf } from './connection-plan'
import type { ParticipantSchedule } from './run-events'

export const SERVER = 'server'
/** The server's mark: it has a sign of its own. */
const SERVER_MARK = 0

/** `seat`: its number in the room; undefined: it lives at the host. */
export type RunParticipant = { id: string; name: string; mark: number; seat: number | undefined }

type Planned = { participant: RunParticipant; plan: ParticipantPlan }

export class RunParticipants {
  readonly #planned: Map<string, Planned>
  readonly #experiment: Experiment

  /** `participants`: in the order of the experiment's peers; the server is the host's own. */
  constructor(experiment: Experiment, participants: readonly RunParticipant[]) {
    this.#experiment = experiment
    const { server, peers } = participantsOf(experiment)
    const all = participants.map(
      (participant, index): Planned => ({ participant, plan: peers[index] as ParticipantPlan }),
    )
    all.unshift({ participant: { id: SERVER, name: 'Server', mark: SERVER_MARK, seat: undefined }, plan: server })
    this.#planned = new Map(all.map((planned) => [planned.participant.id, planned]))
  }

  /** The server first. */
  get ids(): string[] {
    return [...this.#planned.keys()]
  }

  get idsAtHost(): string[] {
    return this.ids.filter((id) => this.#isAtHost(id))
  }

  planOf(id: string): ParticipantPlan {
    return this.#of(id).plan
  }

  nameOf(id: string): string {
    return this.#of(id).participant.name
  }

  markOf(id: string): number {
    return this.#of(id).participant.mark
  }

  connectionPlanOf(id: string): Required<ConnectionPlan> {
    return connectionPlanOf({
      isServer: id === SERVER,
      isInPage: this.#isAtHost(id),
      mode: this.#experiment.mode,
      peerCount: this.#planned.size - 1,
      peersInPage: this.idsAtHost.length,
    })
  }

  /** What the coordinator needs of each. */
  get schedules(): ParticipantSchedule[] {
    return [...this.#planned.values()].map(({ participant: { id, name }, plan }) => {
      const { joinAtMs, leaveAtMs, rejoinAtMs, behaviour } = plan
      const isCounted = id !== SERVER && !lies(behaviour)
      const leavesWhenComplete = behaviour === 'leave-when-complete'
      return { id, name, joinAtMs, leaveAtMs, rejoinAtMs, isCounted, leavesWhenComplete }
    })
  }

  /** What the board needs of each. */
  get onBoard(): BoardParticipant[] {
    return [...this.#planned.values()].map(({ participant: { id, name, mark }, plan: { behaviour } }) => ({
      id,
      name,
      mark,
      behaviour,
    }))
  }

  #isAtHost(id: string): boolean {
    return this.#of(id).participant.seat === undefined
  }

  #of(id: string): Planned {
    return this.#planned.get(id) as Planned
  }
}
