// The door to experiments in virtual time. Knows nothing of transfers and rooms.
export { type SimulationProgress, simulateOffThread } from '../adapters/simulation/simulate-off-thread'
