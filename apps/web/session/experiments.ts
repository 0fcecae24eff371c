// The door to experiments in virtual time. Knows nothing of transfers and rooms.
export { simulateOffThread } from '../adapters/simulation/simulate-off-thread'
