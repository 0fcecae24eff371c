// What all peers of a run report, taken in: on the board, for the coordinator, and in sum for the participants. Knows
// nothing of what follows from it.
import { isConnected } from './connection-plan'
import type { HostPeers } from './host-peers'
import type { Report } from './messages'
import type { RemoteParticipants } from './remote-participants'
import type { ParticipantEvent } from './run-events'
import { SERVER } from './run-participants'
import { participantsIn, type RunRecord } from './run-record'

const SUMMARY_MS = 1_000
const LOOK_AGAIN_MS = 2_000

export type ReportsObserver = {
  now(): number
  /** Seconds since the start; negative before it. */
  elapsedSeconds(): number
  tell(event: ParticipantEvent): void
}

export class RunReports {
  readonly #record: RunRecord
  readonly #peers: HostPeers
  readonly #remote: RemoteParticipants
  readonly #observer: ReportsObserver
  /** When each participant was asked in, of those that were not sent away since. */
  readonly #openedAtMs = new Map<string, number>()
  #summaryAtMs = 0
  #lookAtMs = 0

  constructor(record: RunRecord, peers: HostPeers, remote: RemoteParticipants, observer: ReportsObserver) {
    this.#record = record
    this.#peers = peers
    this.#remote = remote
    this.#observer = observer
  }

  opened(id: string): void {
    this.#openedAtMs.set(id, this.#observer.now())
  }

  /** A participant is sent away; what has come since the last sample is part of what it did. */
  closed(id: string): void {
    this.#openedAtMs.delete(id)
    this.#takeLast(id)
    this.gone(id)
  }

  /** A participant is gone: nothing flows from it any more. */
  gone(id: string): void {
    this.#record.board.left(id, Math.max(0, this.#observer.elapsedSeconds()))
  }

  take(id: string, report: Report): void {
    const { board, coordinator } = this.#record
    const gained = board.take(id, report, this.#observer.elapsedSeconds())
    // One who was sent away has one more thing to say.
    if (!this.#openedAtMs.has(id)) this.gone(id)
    if (gained) this.#observer.tell({ type: 'progress', id })
    if (coordinator.state.phase === 'connecting' && this.#isReady(id, report))
      this.#observer.tell({ type: 'ready', id })
  }

  /** Looks at the host's own peers, and tells the participants how far all are. */
  sample(): void {
    const { participants, coordinator, experiment } = this.#record
    const now = this.#observer.now()
    const looksAgain = now >= this.#lookAtMs
    if (looksAgain) this.#lookAtMs = now + LOOK_AGAIN_MS
    for (const id of participants.ids) {
      const status = this.#peers.status(id)
      if (status) this.take(id, status)
      // Only the server offers where it serves all; and one who is not connected yet should ask again.
      const looks = id === SERVER && experiment.mode === 'client-server'
      if (looksAgain && (looks || coordinator.stageOf(id) === 'connecting')) this.#peers.findPeers(id)
    }
    if (now >= this.#summaryAtMs) this.#summarise()
  }

  /** The run is over: the last look, and the last word. */
  last(): void {
    for (const id of this.#record.participants.ids) this.#takeLast(id)
    this.#summarise()
  }

  #takeLast(id: string): void {
    const status = this.#peers.status(id)
    if (status) this.#record.board.take(id, status, this.#observer.elapsedSeconds())
  }

  #isReady(id: string, { ids, neighbours }: Report): boolean {
    const { participants, coordinator, board, experiment } = this.#record
    const stages = participants.ids.map((other) => ({ other, stage: coordinator.stageOf(other) }))
    const expected = stages.filter(({ stage }) => stage === 'connecting' || stage === 'ready')
    return isConnected({
      isServer: id === SERVER,
      mode: experiment.mode,
      isInSwarm: ids.length > 0,
      neighbours: neighbours.length,
      knowsSeed: neighbours.some(({ complete }) => complete),
      expected: expected.length,
      arrived: expected.filter(({ other }) => board.idsOf(other).length > 0).length,
      waitedMs: this.#observer.now() - (this.#openedAtMs.get(id) ?? 0),
    })
  }

  #summarise(): void {
    this.#summaryAtMs = this.#observer.now() + SUMMARY_MS
    if (this.#remote.isEmpty) return
    const participants = participantsIn(this.#record).map(({ behaviour: _, ...participant }) => participant)
    this.#remote.summarise(this.#record.board.chunkCount, participants)
  }
}
