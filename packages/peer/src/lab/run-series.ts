// Several runs one after another, each with its simulation, and what came of them. Knows nothing of rooms and pages.
import { encodeBase64url } from '@swarmdrop/core'
import { type Experiment, type ExperimentResult, participantsOf } from '@swarmdrop/core/simulation'
import type { RoomLine } from '../line/room-line'
import { neighbourBound } from './connection-plan'
import type { LabDataSource } from './lab-data'
import type { HostPorts } from './lab-ports'
import { asMeasured } from './outcome'
import { LabRun } from './run'
import type { RunParticipant } from './run-participants'
import { experimentOfStep, type Step } from './run-plan'

/** Differs from every other: names a run, and makes its content's id its own. */
const RUN_ID_BYTES = 9

export type SeriesOptions = {
  steps: readonly Step[]
  room: RoomLine
  data: LabDataSource
  /** The time before the first run begins: time to count down. */
  leadMs?: number | undefined
  /** The first so many of those who would take part now. */
  participants: (peers: number) => RunParticipant[]
}

export type SeriesObserver = {
  /** A step begins, from 1. */
  step(at: number): void
  /** The run under way; it has not started. */
  began(run: LabRun): void
  /** The run under way has changed: often. */
  changed(): void
}

export class RunSeries {
  readonly #ports: HostPorts
  readonly #options: SeriesOptions
  readonly #observer: SeriesObserver
  #run: LabRun | undefined
  #isCancelled = false

  constructor(ports: HostPorts, options: SeriesOptions, observer: SeriesObserver) {
    this.#ports = ports
    this.#options = options
    this.#observer = observer
  }

  /** The run under way, or the last one. */
  get run(): LabRun | undefined {
    return this.#run
  }

  /** Resolves when all are done. Rejects with an Error for the person when one comes to nothing. */
  async start(): Promise<void> {
    for (const [index, step] of this.#options.steps.entries()) {
      this.#observer.step(index + 1)
      await this.#runOnce(step, index === 0 ? this.#options.leadMs : undefined)
    }
  }

  cancel(): void {
    this.#isCancelled = true
    this.#run?.cancel()
  }

  async #runOnce(step: Step, leadMs: number | undefined): Promise<void> {
    const { peers } = step
    if (peers === 0) throw new Error('There are no peers yet: add some on this page, or let students join.')
    const participants = this.#options.participants(peers)
    const experiment = withNeighbourBound(experimentOfStep(step), participants)
    const data = await this.#options.data.forExperiment(experiment)
    if (this.#isCancelled) throw new Error('The run was cancelled.')
    const stopSimulation = new AbortController()
    const simulated = this.#simulate(experiment, stopSimulation.signal)
    try {
      const startedAt = this.#ports.timestamp()
      const run = await this.#lead(experiment, data, participants, leadMs)
      const { state } = run
      const outcome = run.outcome()
      if (state.phase === 'failed') throw new Error(state.reason)
      if (!outcome) throw new Error('The run ended without a result.')
      const asPlanned = participantsOf(outcome.experiment).peers.length === peers
      const result = await (asPlanned ? simulated : this.#simulate(outcome.experiment, stopSimulation.signal))
      const { id, stoodStillShare } = run
      const { notes } = run.view(0)
      const recording = run.recording()
      this.#ports.results.add({ id, ...outcome, notes, simulated: result, startedAt, stoodStillShare, recording })
    } finally {
      stopSimulation.abort()
    }
  }

  #lead(
    experiment: Experiment,
    data: Awaited<ReturnType<LabDataSource['forExperiment']>>,
    participants: RunParticipant[],
    leadMs: number | undefined,
  ) {
    const id = encodeBase64url(this.#ports.swarm.random.bytes(RUN_ID_BYTES))
    return new Promise<LabRun>((resolve) => {
      const run = new LabRun(
        this.#ports,
        { id, experiment, data, participants, room: this.#options.room, leadMs },
        { changed: () => this.#observer.changed(), over: () => resolve(run) },
      )
      this.#run = run
      this.#observer.began(run)
      run.start()
    })
  }

  /** The same experiment in virtual time, alongside the real run; nobody need be waiting for it yet. */
  #simulate(experiment: Experiment, signal: AbortSignal): Promise<ExperimentResult> {
    const outcome = this.#ports.simulate(experiment, signal).then((result) => asMeasured(experiment, result))
    outcome.catch(() => {})
    return outcome
  }
}

function withNeighbourBound(experiment: Experiment, participants: readonly RunParticipant[]): Experiment {
  if (experiment.mode === 'client-server') return experiment
  const peersAtHost = 1 + participants.filter(({ seat }) => seat === undefined).length
  const bound = neighbourBound(peersAtHost, participants.length, experiment.policy)
  return Object.keys(bound).length > 0 ? { ...experiment, policy: { ...experiment.policy, ...bound } } : experiment
}
