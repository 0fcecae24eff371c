// The students of a run, as the teacher's page speaks to them: each message that goes out to their tabs. Knows nothing of why it is sent.
import type { Experiment } from '@swarmdrop/core'
import type { RoomClient } from '../../adapters/room-client'
import type { Company } from '../swarm-connection'
import type { RunState } from './coordinator'
import type { RunContent } from './material'
import { contentMessage, type FromHost, type MemberSummary } from './messages'

/** `student`: the room's number for it; undefined: it lives in the teacher's page. */
export type RunMember = { id: string; name: string; student: number | undefined }

export class RunStudents {
  readonly #room: RoomClient
  readonly #run: string
  readonly #members: readonly RunMember[]

  constructor(room: RoomClient, run: string, members: readonly RunMember[]) {
    this.#room = room
    this.#run = run
    this.#members = members.filter(({ student }) => student !== undefined)
  }

  get isEmpty(): boolean {
    return this.#members.length === 0
  }

  memberOf(student: number): RunMember | undefined {
    return this.#members.find((member) => member.student === student)
  }

  /** `startedAtMs`: the run is under way since then. Times here and below are those of this page. */
  open(
    id: string,
    role: string,
    { wants, maxLinks }: Required<Company>,
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
    const student = this.#members.find((member) => member.id === id)?.student
    if (student !== undefined) this.#room.send(message, student)
  }

  #sendToAll(message: FromHost): void {
    this.#room.send(message, 'all')
  }
}
