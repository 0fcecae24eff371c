// The runs of a teacher's laboratory, one series after another, as its snapshots show them. Knows nothing of rooms and
// settings.
import type { RoomLine } from '../line/room-line'
import type { Snapshots } from '../snapshots'
import { Throttle } from '../time/throttle'
import type { LabSnapshot } from './host-snapshot'
import type { LabDataSource } from './lab-data'
import type { HostPorts } from './lab-ports'
import type { LabRun } from './run'
import type { RunParticipant } from './run-participants'
import { type Step, secondsOf } from './run-plan'
import { RunSeries } from './run-series'
import type { RunView } from './run-view'

/** A change of phase is shown at once, all else a few times a second: nobody reads faster, and pictures cost time. */
const SHOW_MS = 250

export class HostRuns {
  readonly #ports: HostPorts
  readonly #snapshots: Snapshots<LabSnapshot>
  readonly #data: LabDataSource
  readonly #openRoom: () => Promise<RoomLine>
  readonly #showing: Throttle
  #series: RunSeries | undefined
  #isCancelled = false
  #isClosed = false
  /** Whose turns are shown; undefined: nobody was chosen. */
  #chosen: number | undefined

  /** `openRoom` rejects with an Error for the person when there is none to be had. */
  constructor(
    ports: HostPorts,
    snapshots: Snapshots<LabSnapshot>,
    data: LabDataSource,
    openRoom: () => Promise<RoomLine>,
  ) {
    this.#ports = ports
    this.#snapshots = snapshots
    this.#data = data
    this.#openRoom = openRoom
    this.#showing = new Throttle(ports.swarm.time, SHOW_MS, () => this.#show())
  }

  /** The run under way, or the last one. */
  get current(): LabRun | undefined {
    return this.#series?.run
  }

  /** Whose turns to show, by its index among the run's peers. */
  choose(peer: number): void {
    this.#chosen = peer
    this.#show()
  }

  /** Runs these steps. Never rejects: what went wrong is in the snapshot. Does nothing while runs are under way. */
  async start(steps: readonly Step[], leadMs?: number): Promise<void> {
    if (this.#isUnderWay) return
    this.#isCancelled = false
    this.#series = undefined
    this.#snapshots.change({ phase: 'connecting', problem: undefined, step: undefined, run: undefined })
    try {
      const room = await this.#openRoom()
      if (this.#isCancelled) throw new Error('The run was cancelled.')
      this.#series = new RunSeries(
        this.#ports,
        {
          steps,
          room,
          data: this.#data,
          leadMs,
          participants: (peers) => this.#participants(peers),
        },
        {
          step: (at) => {
            const secondsLeft = secondsOf(steps.slice(at - 1))
            this.#snapshots.change({ step: { at, of: steps.length, secondsLeft } })
          },
          began: () => this.#show(),
          changed: () => this.#changed(),
        },
      )
      await this.#series.start()
      this.#settle('done', undefined)
    } catch (error) {
      this.#settle('failed', error instanceof Error ? error.message : String(error))
    }
  }

  cancel(): void {
    this.#isCancelled = true
    this.#series?.cancel()
  }

  close(): void {
    this.#isClosed = true
    this.cancel()
  }

  get #isUnderWay(): boolean {
    const { phase } = this.#snapshots.get()
    return phase === 'connecting' || phase === 'running'
  }

  #changed(): void {
    if (this.#snapshots.get().run?.phase === this.current?.state.phase) this.#showing.call()
    else this.#show()
  }

  #show(): void {
    if (this.#isClosed) return
    const run = this.#view()
    if (!run) return
    const phase = run.phase === 'connecting' ? ('connecting' as const) : ('running' as const)
    this.#snapshots.change({ run, ...(this.#isUnderWay && { phase }) })
  }

  #settle(phase: 'done' | 'failed', problem: string | undefined): void {
    this.#showing.cancel()
    if (!this.#isClosed) this.#snapshots.change({ phase, problem, run: this.#view() })
  }

  /**
   * The view of the run. Of a swarm, with the first peer's turns, as the server has no tit for tat; where it serves
   * alone, with its own.
   */
  #view(): RunView | undefined {
    const { current } = this
    return current?.view(this.#chosen ?? (current.experiment.mode === 'p2p' ? 1 : 0))
  }

  #participants(peers: number): RunParticipant[] {
    return this.#snapshots
      .get()
      .lobby.filter(({ present }) => present)
      .slice(0, peers)
  }
}
