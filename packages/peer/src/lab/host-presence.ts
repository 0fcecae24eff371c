// Who is at the host: its room, opened once and for all, those who are in it, and what each of them is told of its
// seat. Knows no run.
import type { Participant } from '@swarmdrop/core/signaling'
import { RoomLine } from '../line/room-line'
import { TrackerLine } from '../line/tracker-line'
import type { SwarmPorts } from '../swarm/connection-ports'
import { Throttle } from '../time/throttle'
import { ThrottleEach } from '../time/throttle-each'
import { HostLobby } from './host-lobby'
import { HostRoom, type Room, type RoomKey, UNREACHED } from './host-room'
import type { LobbyParticipant, ReachTrouble } from './lobby'
import type { KnownMarks } from './marks'
import type { FromHost, FromParticipant } from './messages'

/**
 * How often one participant that greets without end is answered: each answer costs the host's line, up to all of an
 * open message.
 */
const GREETED_MS = 1_000
const SEEN_MS = 250

export type PresenceHandlers = {
  changed(): void
  /** A page went out of sight, or came back. */
  seen(): void
  /** The room stands. Worth remembering over a reload. */
  entered(key: RoomKey): void
  /** Another tab has taken the room. */
  replaced(): void
  /** `isRemoved`: it was sent out, and nobody need wait for it. */
  vanished(seat: number, isRemoved: boolean): void
  told(seat: number, message: FromParticipant): void
}

export class HostPresence {
  readonly #ports: SwarmPorts
  readonly #key: RoomKey | undefined
  readonly #lobby: HostLobby
  readonly #handlers: PresenceHandlers
  readonly #greetings: ThrottleEach<number>
  /** The run that each seat's page said last to be in; of those that are in one. */
  readonly #runs = new Map<number, string>()
  readonly #seeing: Throttle
  #room: HostRoom | undefined
  #roomOpened: Promise<void> | undefined

  /** `remembered`: of the room from before a reload. */
  constructor(
    ports: SwarmPorts,
    remembered: { room?: RoomKey | undefined; marks?: KnownMarks | undefined },
    handlers: PresenceHandlers,
  ) {
    this.#ports = ports
    this.#key = remembered.room
    this.#lobby = new HostLobby(remembered.marks, (seat, message) => this.say(message, seat))
    this.#handlers = handlers
    this.#greetings = new ThrottleEach(ports.time, GREETED_MS)
    this.#seeing = new Throttle(ports.time, SEEN_MS, () => handlers.seen())
  }

  /** Opens a room, or the one from before a reload. Resolves when it stands, or none can be had. */
  open(): Promise<void> {
    this.#roomOpened ??= this.#open()
    return this.#roomOpened
  }

  /** The line of the room, for a run. Rejects with an Error for the person where there is none to be had. */
  async line(): Promise<RoomLine> {
    await this.open()
    if (!this.#room) throw new Error('There is no room to run in. Reload the page and try again.')
    if (this.#room.state.state === 'replaced')
      throw new Error('Your room is open in another tab. Take it back first: press “Use this tab”.')
    // Without the server nobody finds anybody, peers on one page included.
    if (!this.#room.line.isUp) throw new Error(UNREACHED)
    return this.#room.line
  }

  /** The line of a room that stands or stood, and that no other tab has. */
  get ownLine(): RoomLine | undefined {
    return this.#room?.state.state === 'replaced' ? undefined : this.#room?.line
  }

  get state(): Room {
    return this.#room?.state ?? { state: 'none' }
  }

  get participants(): Participant[] {
    return this.#room?.participants ?? []
  }

  get removed(): Participant[] {
    return this.#room?.removed ?? []
  }

  get isLocked(): boolean {
    return this.#room?.isLocked ?? false
  }

  /** The marks, to be remembered over a reload. */
  get marks(): KnownMarks {
    return this.#lobby.marks
  }

  /**
   * Participants and so many peers of the host's own, with their marks. `troubleOf`: what is known of how each is
   * reached.
   */
  lobby(pagePeers: number, troubleOf: (seat: number) => ReachTrouble | undefined): LobbyParticipant[] {
    return this.#lobby.lobbyOf(this.participants, pagePeers, this.state.state === 'open', troubleOf)
  }

  say(message: FromHost, seat: number): void {
    this.#room?.line.send(message, seat)
  }

  /** The room, from another tab that has it. */
  takeBack(): void {
    this.#room?.takeBack()
  }

  rename(seat: number, name: string): void {
    this.#room?.rename(seat, name)
  }

  setRemoved(seat: number, removed: boolean): void {
    this.#room?.setRemoved(seat, removed)
  }

  setLocked(locked: boolean): void {
    void this.#room?.setLocked(locked)
  }

  /** Tells those who have come their mark and name, where these are new to them. */
  tellSeats(): void {
    this.#lobby.tellChanges()
  }

  close(): void {
    this.#greetings.cancel()
    this.#seeing.cancel()
    this.#room?.close()
  }

  #open(): Promise<void> {
    const { time } = this.#ports
    const { changed, entered, replaced, vanished } = this.#handlers
    const line = new RoomLine(new TrackerLine(this.#ports.newLine(), time), time)
    const room = new HostRoom(line, this.#ports, this.#key, {
      changed,
      entered,
      replaced,
      vanished: (seat) => {
        // Anyone who is gone is not there again by a greeting from before.
        this.#greetings.drop(seat)
        this.#runs.delete(seat)
        vanished(
          seat,
          room.removed.some(({ id }) => id === seat),
        )
      },
      told: (seat, message) => this.#told(seat, message),
    })
    this.#room = room
    changed()
    return room.start()
  }

  #told(seat: number, message: FromParticipant): void {
    if (message.type === 'in-sight') return this.#seen(seat, message.inSight)
    if ('run' in message || message.type === 'hello') this.#inRun(seat, message.run)
    if (message.type !== 'hello') return this.#handlers.told(seat, message)
    // It may be another page than was hidden before. At once: what it says of itself after that is newer.
    this.#seen(seat, true)
    this.#greetings.call(seat, () => this.#greeted(seat))
  }

  #greeted(seat: number): void {
    // It may be another page than was told before.
    this.#lobby.greet(seat)
    const run = this.#runs.get(seat)
    this.#handlers.told(seat, { type: 'hello', ...(run !== undefined && { run }) })
  }

  /**
   * Takes which run a page is in. What it reports after a greeting is newer than a greeting that still waits: a page
   * that has its order by now, if only to say that it cannot follow it, is not given another one.
   */
  #inRun(seat: number, run: string | undefined): void {
    if (run === undefined) this.#runs.delete(seat)
    else this.#runs.set(seat, run)
  }

  #seen(seat: number, inSight: boolean): void {
    if (this.#lobby.seen(seat, inSight)) this.#seeing.call()
  }
}
