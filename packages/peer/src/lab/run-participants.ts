// The participants of a run, as its host speaks to them: each message that goes out to them. Knows nothing of why it is
// sent.
import type { Experiment } from '@swarmdrop/core/simulation'
import type { RoomLine } from '../line/room-line'
import type { ConnectionPlan } from '../swarm/connection-ports'
import type { RunContent } from './lab-data'
import { contentMessage, type FromHost, type MemberSummary } from './messages'
import type { RunState } from './run-events'

/** `participant`: the room's number for it; undefined: it lives at the host. */
export type CastMember = { id: string; name: string; mark: number; participant: number | undefined }

export class RunParticipants {
  readonly #room: RoomLine
  readonly #run: string
  readonly #members: readonly CastMember[]

  constructor(room: RoomLine, run: string, members: readonly CastMember[]) {
    this.#room = room
    this.#run = run
    this.#members = members.filter(({ participant }) => participant !== undefined)
  }

  get isEmpty(): boolean {
    return this.#members.length === 0
  }

  memberOf(participant: number): CastMember | undefined {
    return this.#members.find((member) => member.participant === participant)
  }

  /** `startedAtMs`: the run is under way since then. Times here and below are by the host's clock. */
  open(
    id: string,
    role: string,
    { wants, maxLinks }: Required<ConnectionPlan>,
    experiment: Experiment,
    content: RunContent,
    startedAtMs: number | undefined,
  ): void {
    this.#send(id, {
      type: 'open',
      run: this.#run,
      experiment,
      role,
      ...contentMessage(content),
      wants,
      maxLinks,
      ...(startedAtMs !== undefined && { startedAtMs: this.#room.toRoomMs(startedAtMs) }),
    })
  }

  start(atMs: number): void {
    this.#sendToAll({ type: 'start', run: this.#run, atMs: this.#room.toRoomMs(atMs) })
  }

  close(id: string): void {
    this.#send(id, { type: 'close', run: this.#run })
  }

  summarise(chunkCount: number, members: MemberSummary[]): void {
    if (!this.isEmpty) this.#sendToAll({ type: 'summary', run: this.#run, chunkCount, members })
  }

  over(state: RunState): void {
    const seconds = state.phase === 'done' ? state.seconds : null
    const reason = state.phase === 'failed' ? state.reason : ''
    this.#sendToAll({ type: 'over', run: this.#run, seconds, reason })
  }

  #send(id: string, message: FromHost): void {
    const participant = this.#members.find((member) => member.id === id)?.participant
    if (participant !== undefined) this.#room.send(message, participant)
  }

  #sendToAll(message: FromHost): void {
    this.#room.send(message, 'all')
  }
}
