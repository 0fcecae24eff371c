// What picking the rarest first, and handing each chunk out once, bring.
import { describe, expect, it } from 'vitest'
import { CHUNK_BYTES } from '../content/index'
import { experiment, mean } from '../testing/experiments'
import { Simulation, type SimulationOutcome, simulate } from './simulation'

const SEEDS = [1, 2, 3]

type Picker = 'rarest-first' | 'random' | 'sequential'

const flashCrowd = (picker: Picker, seed: number) =>
  simulate(
    experiment({
      seed,
      chunks: 100,
      serverUploadBytesPerSecond: 50_000,
      peers: [{ count: 30, joinWithinSeconds: 30 }],
      policy: { picker },
    }),
  )

describe('a fresh seed', { timeout: 60_000 }, () => {
  it.each(SEEDS)('[OUT-2] (seed %i) has sent at most 1.1 copies when every chunk is out', (seed) => {
    const fileBytes = 200 * CHUNK_BYTES
    const simulation = new Simulation({
      name: 'fresh seed',
      seed,
      mode: 'p2p',
      fileBytes,
      server: { uploadBytesPerSecond: 300_000 },
      peers: [{ count: 12, uploadBytesPerSecond: 30_000, downloadBytesPerSecond: 3_000_000 }],
    })
    // One copy takes it 175 s.
    while (simulation.now < 240_000 && !simulation.run(1_000));
    const { samples } = simulation.outcome.timeline
    // The server's own copy is one; with the second, the chunk is out.
    const outAt = samples.findIndex(({ rarest }) => rarest >= 2)
    expect(outAt).toBeGreaterThan(0)
    const flows = samples.slice(0, outAt + 1).flatMap((sample) => sample.flows)
    const sent = flows.reduce((sum, [from, , bytes]) => sum + (from === 0 ? bytes : 0), 0)
    expect(sent / fileBytes).toBeGreaterThanOrEqual(1)
    expect(sent / fileBytes).toBeLessThanOrEqual(1.1)
  })
})

describe('a flash crowd', { timeout: 60_000 }, () => {
  it('[OUT-5] is served sooner by rarest first than by random, and by random than by sequential', () => {
    const outcomes = (picker: Picker) => SEEDS.map((seed) => flashCrowd(picker, seed))
    const [rarestFirst, random, sequential] = (['rarest-first', 'random', 'sequential'] as const).map(outcomes)
    const seconds = (of: SimulationOutcome[] = []) =>
      mean(of.map(({ result }) => result.distributionSeconds ?? Infinity))
    const seen = `seeds ${SEEDS}: ${seconds(rarestFirst)}, ${seconds(random)}, ${seconds(sequential)} s`
    expect(seconds(rarestFirst), seen).toBeLessThan(seconds(random))
    expect(seconds(random), seen).toBeLessThan(seconds(sequential))

    // The server's copy, and two more of every chunk.
    const threeOfEach = (of: SimulationOutcome[] = []) =>
      mean(of.map(({ timeline }) => timeline.samples.find(({ rarest }) => rarest >= 3)?.atSeconds ?? Infinity))
    expect(threeOfEach(rarestFirst)).toBeLessThan(threeOfEach(random))
    expect(threeOfEach(random)).toBeLessThan(threeOfEach(sequential))
  })
})
