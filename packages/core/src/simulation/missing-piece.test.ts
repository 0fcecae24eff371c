// Peers that arrive for ever and leave when complete. Source: Hajek and Zhu, The missing piece syndrome in peer-to-peer
// communication (2010): stable while the seed uploads more chunks in a second than peers arrive, however fast they are.
import { describe, expect, it } from 'vitest'
import { CHUNK, experiment, populationAt } from '../testing/experiments'
import { Simulation } from './simulation'

const SEEDS = [1, 2]
/** One a second, until the end of what is looked at. */
const ARRIVALS = 200

function populations(seedChunksPerSecond: number, seed: number): [early: number, late: number] {
  const simulation = new Simulation(
    experiment({
      seed,
      chunks: 3,
      serverUploadBytesPerSecond: seedChunksPerSecond * CHUNK,
      peers: [
        {
          count: ARRIVALS,
          uploadBytesPerSecond: 200_000,
          joinWithinSeconds: ARRIVALS,
          behaviour: 'leave-when-complete',
        },
      ],
    }),
  )
  while (simulation.now < ARRIVALS * 1000 && !simulation.run(1_000));
  const { outcome } = simulation
  return [populationAt(outcome, ARRIVALS / 4), populationAt(outcome, ARRIVALS)]
}

describe('the missing piece', { timeout: 60_000 }, () => {
  it.each(SEEDS)('[OUT-6] (seed %i) leaves the population stable when the seed is faster than the arrivals', (seed) => {
    const [early, late] = populations(2, seed)
    expect(early).toBeLessThan(10)
    expect(late).toBeLessThan(10)
  })

  it.each(SEEDS)('[OUT-6] (seed %i) lets it grow by the difference when the seed is slower', (seed) => {
    const [early, late] = populations(0.5, seed)
    const grown = (late - early) / (0.75 * ARRIVALS)
    expect(grown).toBeGreaterThan(0.35)
    expect(grown).toBeLessThan(0.65)
  })
})
