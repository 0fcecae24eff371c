// Sends everybody away over some seconds, so that not all come to the other nodes at once. Knows nothing of where they
// go.
import { setTimeout as after } from 'node:timers/promises'
import type { Connection } from './connection'

const STEP_MS = 50

/** Each comes back by itself, as after any loss of its line. Resolves when nobody is left or the time is over. */
export async function sendAway(connections: () => Connection[], overMs: number): Promise<void> {
  const steps = Math.max(1, Math.ceil(overMs / STEP_MS))
  for (let step = 0; step < steps; step++) {
    const left = connections()
    if (left.length === 0) return
    for (const connection of left.slice(0, Math.ceil(left.length / (steps - step)))) connection.close()
    if (step < steps - 1) await after(STEP_MS)
  }
}
