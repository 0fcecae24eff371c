// A participant of a laboratory: takes the part in a run that the host gives it, and tells how it goes. Back in the run
// after a reload. Knows nothing of how it is drawn.
import type { ChunkMap } from '@swarmdrop/core'
import { peerCountOf } from '@swarmdrop/core/simulation'
import { RoomLine } from '../line/room-line'
import { TrackerLine } from '../line/tracker-line'
import { Snapshots } from '../snapshots'
import type { ParticipantPorts } from './lab-ports'
import { type FromHost, MAX_REASON, type OpenMessage, statusMessage } from './messages'
import { ParticipantPart } from './participant-part'
import { ParticipantReach } from './participant-reach'
import { ParticipantRoom } from './participant-room'
import { nothingTold, type ParticipantSnapshot } from './participant-snapshot'

/** The time between two samples: as often as the host looks at its own peers, so that a replay moves all alike. */
const SAMPLE_MS = 250
/**
 * With more peers than this, every other sample is reported: a hundred of them are a megabyte a second for the
 * teacher's network.
 */
const CROWD = 40
const LOOK_AGAIN_MS = 2_000
/** Without the host for so long, the run is taken to be over. */
const ALONE_MS = 15_000

export class LabParticipant {
  readonly #ports: ParticipantPorts
  readonly #room: ParticipantRoom
  readonly #snapshots = new Snapshots<ParticipantSnapshot>({
    room: { state: 'joining' },
    seat: undefined,
    run: undefined,
    unable: undefined,
    isChecking: false,
  })
  readonly #reach: ParticipantReach
  #part: ParticipantPart | undefined
  #told = nothingTold
  #lookAtMs = 0
  #samples = 0
  #stopSampling = () => {}
  #stopWaitingAlone = () => {}
  #isAlone = false
  #isInSight = true

  constructor(ports: ParticipantPorts, seat: { code: string; name: string }) {
    const { newLine, time } = ports.swarm
    this.#ports = ports
    this.#room = new ParticipantRoom(new RoomLine(new TrackerLine(newLine(), time), time), ports.swarm, ports, seat, {
      changed: (room) => this.#snapshots.change({ room }),
      entered: () => this.#entered(),
      alone: () => this.#waitAlone(),
      out: () => this.#leaveRun(),
      told: (message) => this.#heard(message),
    })
    this.#reach = new ParticipantReach(
      ports.swarm,
      (report) => this.#room.say(report),
      () => this.#snapshots.change({ isChecking: this.#reach.isOn }),
    )
  }

  start(): void {
    this.#stopSampling = this.#ports.swarm.time.every(SAMPLE_MS, () => this.#sample())
    this.#room.start()
  }

  subscribe(onChange: () => void): () => void {
    return this.#snapshots.subscribe(onChange)
  }

  getSnapshot(): ParticipantSnapshot {
    return this.#snapshots.get()
  }

  chunkMap(): ChunkMap | undefined {
    return this.#part?.chunkMap()
  }

  /** Others should not wait for one that is gone. What it holds is kept for its return. */
  leave(): void {
    this.#reach.end()
    this.#part?.close('away')
  }

  /** Takes the place back from another tab that has it. */
  takeBack(): void {
    this.#room.takeBack()
  }

  /** Says whether somebody can see this page: the host would like to know before a run. */
  setInSight(inSight: boolean): void {
    this.#isInSight = inSight
    if (this.getSnapshot().room.state === 'in') this.#room.say({ type: 'in-sight', inSight })
  }

  /** Asks to be let in again, after being sent out. */
  askAgain(): void {
    this.#room.askAgain()
  }

  close(): void {
    this.#stopSampling()
    this.#stopWaitingAlone()
    this.leave()
    this.#room.close()
  }

  #leaveRun(): void {
    this.leave()
    this.#part = undefined
    this.#stopWaitingAlone()
    this.#snapshots.change({ run: undefined })
  }

  #entered(): void {
    this.#isAlone = false
    this.#stopWaitingAlone()
    const run = this.#part?.isOpen ? this.#part.run : undefined
    this.#room.say({ type: 'hello', ...(run !== undefined && { run }) })
    if (!this.#isInSight) this.#room.say({ type: 'in-sight', inSight: false })
  }

  /**
   * Waits for the host, from the first time that it is known to be away: coming back into an empty room gives no new
   * time.
   */
  #waitAlone(): void {
    if (this.#isAlone) return
    this.#isAlone = true
    const end = () => this.#over(null, 'The teacher’s page is gone: the run is over.')
    this.#stopWaitingAlone = this.#ports.swarm.time.after(ALONE_MS, end)
  }

  #heard(message: FromHost): void {
    if (message.type === 'seat') {
      const { mark, name } = message
      this.#room.calledBy(name)
      return this.#snapshots.change({ seat: { mark, name } })
    }
    if (message.type === 'reach') return this.#reach.begin(message)
    if (message.type === 'reach-over') return this.#reach.end(message.check)
    if (message.type === 'open') return void this.#open(message)
    const part = this.#part
    if (!part || message.run !== part.run) return
    if (message.type === 'start') part.startAt(this.#room.toOwnMs(message.atMs))
    if (message.type === 'close') this.#away(part)
    if (message.type === 'over') this.#over(message.seconds, message.reason)
    if (message.type === 'summary') this.#told = { ...this.#told, participants: message.members }
    this.#show()
  }

  async #open(message: OpenMessage): Promise<void> {
    this.#reach.end()
    const before = this.#part
    before?.close('away')
    const part: ParticipantPart | undefined = ParticipantPart.of(this.#ports, message, {
      owner: this.#room.owner,
      moved: () => {
        if (this.#part === part) this.#report()
        this.#show()
      },
    })
    this.#part = part
    if (!part) return this.#unable(message, 'Its tab has another version of this page and must be reloaded.')
    if (before?.run === part.run) {
      part.completedAfterMs = before.completedAfterMs
      part.points = before.points
    } else this.#told = nothingTold
    this.#snapshots.change({ unable: undefined })
    this.#show()
    try {
      await part.open(message.startedAtMs === undefined ? undefined : this.#room.toOwnMs(message.startedAtMs))
    } catch (error) {
      part.close('away')
      if (this.#part === part) this.#part = undefined
      this.#unable(message, `Its browser says: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  #unable({ run }: OpenMessage, reason: string): void {
    this.#room.say({ type: 'unable', run, reason: reason.slice(0, MAX_REASON) })
    this.#snapshots.change({ run: undefined, unable: reason.replace(/^Its/, 'This') })
  }

  #sample(): void {
    const part = this.#part
    if (!part?.isOpen) return
    const isOther = ++this.#samples % 2 === 0
    if (isOther || peerCountOf(part.experiment) <= CROWD) this.#report()
    const now = this.#ports.swarm.time.now()
    if (part.stage === 'connecting' && now >= this.#lookAtMs) {
      this.#lookAtMs = now + LOOK_AGAIN_MS
      part.findPeers()
    }
    // Nobody reads faster, and pictures cost a phone time.
    if (isOther) this.#show()
  }

  #report(): void {
    const part = this.#part
    if (!part?.isOpen) return
    part.sample()
    this.#room.say(statusMessage(part.run, part.status, part.completedAfterMs, part.stoodStillShare))
  }

  /** Leaves the run by the plan; what has come since the last report is part of what was done. */
  #away(part: ParticipantPart): void {
    this.#report()
    part.close('away')
  }

  #over(seconds: number | null, reason: string): void {
    const part = this.#part
    if (!part || part.stage === 'over') return
    this.#report()
    part.close('over')
    this.#told = { ...this.#told, seconds, reason }
    this.#show()
  }

  #show(): void {
    if (!this.#part) return
    const { experiment, plan, stage, status, chunkCount, completedAfterMs, points } = this.#part
    const { elapsedSeconds, startsInSeconds } = this.#part
    const own = { stage, status, completedAfterMs, points, elapsedSeconds, startsInSeconds }
    this.#snapshots.change({ run: { experiment, plan, chunkCount, ...own, ...this.#told } })
  }
}
