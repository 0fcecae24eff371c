export * from './experiment'
export { seededRandom } from './seeded-random'
export { Simulation, type SimulationOutcome, simulate } from './simulation'
export type { TimelineData, TimelineSample } from './timeline'
