// Runs one experiment in virtual time away from the window, a slice at a time. Knows nothing of what is drawn of it.
import { type Experiment, Simulation, type SimulationOutcome } from '@swarmdrop/core/simulation'
import { answerCalls } from '../workers/worker-calls'

/** Short enough that the progress moves, long enough that the calls cost nothing. */
const SLICE_MS = 100
const EVENTS_AT_ONCE = 500

let simulation: Simulation | undefined

const methods = {
  start(experiment: Experiment): void {
    simulation = new Simulation(experiment)
  },
  /** `share`: 0 to 1, of all chunks that are to arrive. */
  step(): { done: boolean; share: number; virtualSeconds: number } {
    const run = started()
    const until = performance.now() + SLICE_MS
    let done = false
    while (!done && performance.now() < until) done = run.run(EVENTS_AT_ONCE)
    return { done, share: run.progress, virtualSeconds: run.now / 1000 }
  },
  outcome(): SimulationOutcome {
    return started().outcome
  },
}

function started(): Simulation {
  if (!simulation) throw new Error('No simulation was started.')
  return simulation
}

export type SimulationMethods = typeof methods
answerCalls(methods)
