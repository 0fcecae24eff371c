// An experiment in virtual time, for the window, which must not be held up. Knows nothing of what is drawn of it.
import type { Experiment, SimulationOutcome } from '@swarmdrop/core/simulation'
import { WorkerCalls } from '../workers/worker-calls'
import type { SimulationMethods } from './simulation.worker'

/** `share`: 0 to 1, of all chunks that are to arrive. */
export type SimulationProgress = { share: number; virtualSeconds: number }

/**
 * The same outcome as core's `simulate`. Rejects with the signal's reason when that aborts (the worker ends at once),
 * and with what the simulation threw.
 */
export async function simulateOffThread(
  experiment: Experiment,
  onProgress: (progress: SimulationProgress) => void,
  signal: AbortSignal,
): Promise<SimulationOutcome> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./simulation.worker.ts', import.meta.url), { type: 'module' })
  const calls = new WorkerCalls<SimulationMethods>(worker)
  const close = () => calls.close()
  signal.addEventListener('abort', close)
  try {
    await calls.call('start', [experiment])
    let done = false
    while (!done) {
      const step = await calls.call('step', [])
      done = step.done
      onProgress(step)
    }
    return await calls.call('outcome', [])
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', close)
    calls.close()
  }
}
