// The teacher's end of finding out who reaches whom: asks the students' pages, takes part itself, and shows what all
// report. Knows nothing of runs, nor of how it is drawn.
import { encodeBase64url } from '@swarmdrop/core'
import type { Participant } from '@swarmdrop/core/signaling'
import type { RoomLine } from '../line/room-line'
import type { SwarmPorts } from '../swarm/connection-ports'
import { Throttle } from '../time/throttle'
import type { ReachTrouble } from './lobby'
import type { FromHost } from './messages'
import { ReachBoard, type ReachView } from './reach-board'
import { type ReachReport, reachRequest } from './reach-messages'
import { reachTroubleOf } from './reach-pairs'
import { ReachProbe } from './reach-probe'

/** A peer that is not reached by then counts as not reached. */
const LASTS_MS = 9_000
const SHOW_MS = 250
/** The most students: with more, each page would have more connections to make than there is time for. */
const MOST_STUDENTS = 40

const CONTENT_BYTES = 32
const CHECK_BYTES = 8
const HOST = 'Teacher'

type UnderWay = { check: string; room: RoomLine; board: ReachBoard; probe: ReachProbe; students: number[] }

export class HostReach {
  readonly #ports: SwarmPorts
  readonly #show: (view: ReachView | undefined) => void
  readonly #showing: Throttle
  /** The troubles of those who had any when they were last asked, and have stayed since. */
  readonly #troubles = new Map<number, ReachTrouble>()
  #under: UnderWay | undefined
  #stopWaiting = () => {}

  constructor(ports: SwarmPorts, show: (view: ReachView | undefined) => void) {
    this.#ports = ports
    this.#show = show
    this.#showing = new Throttle(ports.time, SHOW_MS, () => this.#changed())
  }

  troubleOf(seat: number): ReachTrouble | undefined {
    return this.#troubles.get(seat)
  }

  /** Asks those who are present, in place of an earlier check. */
  start(room: RoomLine, participants: readonly Participant[]): void {
    this.cancel()
    const present = participants.filter((participant) => participant.present)
    const asked = this.#drawn(present)
    const check = encodeBase64url(this.#ports.random.bytes(CHECK_BYTES))
    const content = this.#ports.random.bytes(CONTENT_BYTES)
    const board = new ReachBoard([HOST, ...asked.map(({ name }) => name)], present.length - asked.length)
    const probe: ReachProbe = new ReachProbe(this.#ports, content, () => {
      board.reported(0, probe.report())
      this.#showing.call()
    })
    this.#under = { check, room, board, probe, students: asked.map(({ id }) => id) }
    for (const { id } of asked) room.send(reachRequest(check, content), id)
    probe.start()
    this.#stopWaiting = this.#ports.time.after(LASTS_MS, () => this.#end())
    this.#changed()
  }

  told(seat: number, { check, ids, reached }: ReachReport): void {
    const index = this.#indexOf(seat)
    if (check !== this.#under?.check || index === undefined) return
    this.#under.board.reported(index, { ids, reached })
    this.#showing.call()
  }

  /** Forgets the trouble of a participant that is gone: it may come back on another network. */
  vanished(seat: number): void {
    this.#troubles.delete(seat)
    const index = this.#indexOf(seat)
    if (index === undefined) return
    this.#under?.board.left(index)
    this.#showing.call()
  }

  /** Ends a check that is under way, and shows nothing of it. */
  cancel(): void {
    if (!this.#under) return
    this.#stop()
    this.#show(undefined)
  }

  /** Ends the check: nothing is shown any more. */
  close(): void {
    this.#stop()
  }

  #changed(): void {
    if (this.#under?.board.isComplete) this.#end()
    else if (this.#under) this.#show(this.#under.board.view('running'))
  }

  #end(): void {
    const { board, students = [] } = this.#under ?? {}
    const view = board?.view('done')
    this.#stop()
    for (const [index, seat] of students.entries()) {
      const trouble = view && reachTroubleOf(view, index + 1)
      if (trouble) this.#troubles.set(seat, trouble)
      else this.#troubles.delete(seat)
    }
    this.#show(view)
  }

  #stop(): void {
    this.#stopWaiting()
    this.#showing.cancel()
    if (!this.#under) return
    const { check, room, probe } = this.#under
    this.#under = undefined
    probe.close()
    room.send({ type: 'reach-over', check } satisfies FromHost, 'all')
  }

  #indexOf(seat: number): number | undefined {
    const index = this.#under?.students.indexOf(seat) ?? -1
    return index < 0 ? undefined : index + 1
  }

  /** All, or as many as can be asked, by lot; in the order in which they came. */
  #drawn(present: Participant[]): Participant[] {
    if (present.length <= MOST_STUDENTS) return present
    return present
      .map((participant) => ({ participant, draw: this.#ports.random.uniform() }))
      .sort((a, b) => a.draw - b.draw)
      .slice(0, MOST_STUDENTS)
      .map(({ participant }) => participant)
      .sort((a, b) => a.id - b.id)
  }
}
