// The participants of a run that sit at other pages, as its host speaks to them: each message that goes out to them.
// Knows nothing of why it is sent.
import type { Experiment } from '@swarmdrop/core/simulation'
import type { RoomLine } from '../line/room-line'
import type { ConnectionPlan } from '../swarm/connection-ports'
import type { RunContent } from './lab-data'
import { contentMessage, type FromHost, type ParticipantSummary } from './messages'
import type { RunState } from './run-events'
import type { RunParticipant } from './run-participants'

export class RemoteParticipants {
  readonly #room: RoomLine
  readonly #run: string
  readonly #participants: readonly RunParticipant[]

  constructor(room: RoomLine, run: string, participants: readonly RunParticipant[]) {
    this.#room = room
    this.#run = run
    this.#participants = participants.filter(({ seat }) => seat !== undefined)
  }

  get isEmpty(): boolean {
    return this.#participants.length === 0
  }

  participantOf(seat: number): RunParticipant | undefined {
    return this.#participants.find((participant) => participant.seat === seat)
  }

  /** `startedAtMs`: the run is under way since then. Times here and below are by the host's clock. */
  open(
    id: string,
    planId: string,
    { wants, maxLinks }: Required<ConnectionPlan>,
    experiment: Experiment,
    content: RunContent,
    startedAtMs: number | undefined,
  ): void {
    this.#send(id, {
      type: 'open',
      run: this.#run,
      experiment,
      role: planId,
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

  summarise(chunkCount: number, members: ParticipantSummary[]): void {
    if (!this.isEmpty) this.#sendToAll({ type: 'summary', run: this.#run, chunkCount, members })
  }

  over(state: RunState): void {
    const seconds = state.phase === 'done' ? state.seconds : null
    const reason = state.phase === 'failed' ? state.reason : ''
    this.#sendToAll({ type: 'over', run: this.#run, seconds, reason })
  }

  #send(id: string, message: FromHost): void {
    const seat = this.#participants.find((participant) => participant.id === id)?.seat
    if (seat !== undefined) this.#room.send(message, seat)
  }

  #sendToAll(message: FromHost): void {
    this.#room.send(message, 'all')
  }
}
