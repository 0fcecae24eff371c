// The comparison of two settings that a teacher has begun: A as it was then, B as it is set now, and simulations of
// both. Makes no real run.
import type { Snapshots } from '../snapshots'
import { type ComparedSimulations, comparedStep, comparisonOf } from './comparison'
import type { LabSnapshot } from './host-snapshot'
import { experimentOfStep } from './run-plan'
import { type SeedsPorts, simulateAll, withSeeds } from './seeds'
import type { LabSettings } from './settings'

/** How many seeds of each are simulated: they tell a tenth apart. */
const SEEDS = 30

export class HostComparison {
  readonly #ports: SeedsPorts
  readonly #snapshots: Snapshots<LabSnapshot>
  #running: AbortController | undefined

  constructor(ports: SeedsPorts, snapshots: Snapshots<LabSnapshot>) {
    this.#ports = ports
    this.#snapshots = snapshots
  }

  /** `a`: what all that is set from now on is compared with; undefined: nothing is compared any more. */
  begin(a: LabSettings | undefined): void {
    this.cancel()
    this.#snapshots.change({ compared: a, simulations: undefined })
  }

  /** Simulates both settings. Never rejects: what went wrong is in the snapshot. */
  async simulate(): Promise<void> {
    const { compared, settings, peerCount } = this.#snapshots.get()
    if (!compared || peerCount === 0) return
    this.cancel()
    const running = new AbortController()
    this.#running = running
    const of = comparisonOf(compared, settings, peerCount)
    const [a, b] = [compared, settings].map((one) => experimentOfStep(comparedStep(one, peerCount)))
    if (!a || !b) return
    const experiments = [...withSeeds(a, SEEDS), ...withSeeds(b, SEEDS)]
    let done = 0
    const tell = (simulations: ComparedSimulations) => {
      if (!running.signal.aborted) this.#snapshots.change({ simulations })
    }
    const all = experiments.length
    tell({ phase: 'running', of, done, all })
    try {
      const seconds = await simulateAll(this.#ports, experiments, running.signal, () =>
        tell({ phase: 'running', of, done: ++done, all }),
      )
      const known = (some: (number | null)[]) => some.filter((one) => one !== null)
      tell({ phase: 'done', of, a: known(seconds.slice(0, SEEDS)), b: known(seconds.slice(SEEDS)) })
    } catch (error) {
      tell({ phase: 'failed', of, reason: error instanceof Error ? error.message : String(error) })
    }
  }

  /** Simulations that are under way end, and leave nothing. */
  cancel(): void {
    this.#running?.abort()
    this.#running = undefined
    if (this.#snapshots.get().simulations?.phase === 'running') this.#snapshots.change({ simulations: undefined })
  }
}
