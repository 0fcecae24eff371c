// What the laboratory needs of its runtime, beyond what every peer does. Knows no runtime.
import type { Experiment, ExperimentResult } from '@swarmdrop/core/simulation'
import type { Hasher, TextMemory } from '../ports'
import type { SwarmPorts } from '../swarm/connection-ports'
import type { LabResults } from './lab-results'
import type { RunChunks } from './participant-store'

export type LabPorts = { swarm: SwarmPorts; sha256: Hasher }

export type HostPorts = LabPorts & {
  /** Lives as long as the visit does, reloads included. */
  memory: TextMemory
  results: LabResults
  /** Simulates in virtual time, and not in the way of the run. Rejects with the signal's reason when that aborts. */
  simulate(experiment: Experiment, signal: AbortSignal): Promise<ExperimentResult>
  /** How many simulations may run at a time. */
  simulationsAtOnce: number
  /** The present time, as ISO 8601. */
  timestamp(): string
}

export type ParticipantPorts = LabPorts & {
  memory: TextMemory
  /** The seat from which somebody on this device was sent out: another tab is no way back. */
  removal: TextMemory
  /** `owner`: this participant, before and after a reload; another on the same device is another. */
  openRunChunks(owner: string, run: string): Promise<RunChunks>
}
