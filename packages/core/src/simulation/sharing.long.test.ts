// What tit for tat brings: who gives gets, and like serves like.
import { describe, expect, it } from 'vitest'
import { completions, experiment, mean } from '../testing/experiments'
import { simulate } from './simulation'

const SEEDS = [1, 2, 3]

describe('free riders', { timeout: 60_000 }, () => {
  const AS_FAST = 50_000
  it.each(SEEDS.flatMap((seed) => [AS_FAST, 2 * AS_FAST].map((rate) => [seed, rate] as const)))(
    '[OUT-3] (seed %i) finish later than contributors, of whom each sends 50 kB/s, with a server of %i B/s',
    (seed, serverUploadBytesPerSecond) => {
      const crowd = experiment({
        seed,
        chunks: 200,
        serverUploadBytesPerSecond,
        peers: [{ count: 12 }, { count: 6, behaviour: 'free-rider' }],
      })
      const [contributors = [], freeRiders = []] = completions(crowd, simulate(crowd))
      expect(Math.min(...freeRiders)).toBeGreaterThan(Math.max(...contributors))
    },
  )

  it('[OUT-3] finish no later when there is nobody else', () => {
    const [contributor, freeRider] = (['normal', 'free-rider'] as const).map((behaviour) => {
      const alone = experiment({ chunks: 100, serverUploadBytesPerSecond: 50_000, peers: [{ behaviour }] })
      return simulate(alone).result.distributionSeconds
    })
    expect(freeRider).toBe(contributor)
  })
})

describe('classes of equal rate', { timeout: 60_000 }, () => {
  const CLASS_SIZE = 8
  const RATES = [20_000, 50_000, 200_000]
  /** A peer's chance to meet its own class among all others. */
  const CHANCE = (CLASS_SIZE - 1) / (RATES.length * CLASS_SIZE - 1)

  /** The share of the bytes sent by peers that stayed within their class. */
  function shareWithin(serverUploadBytesPerSecond: number, seed: number): number {
    const { timeline } = simulate(
      experiment({
        seed,
        chunks: 300,
        serverUploadBytesPerSecond,
        peers: RATES.map((rate) => ({ count: CLASS_SIZE, uploadBytesPerSecond: rate })),
      }),
    )
    const classOf = (peer: number) => Math.floor((peer - 1) / CLASS_SIZE)
    let within = 0
    let all = 0
    for (const [from, to, bytes] of timeline.samples.flatMap(({ flows }) => flows)) {
      if (from === 0) continue
      all += bytes
      if (classOf(from) === classOf(to)) within += bytes
    }
    return within / all
  }

  it('[OUT-4] exchange more among themselves than by chance when the seed is fast, and more than when it is slow', () => {
    const fast = mean(SEEDS.map((seed) => shareWithin(400_000, seed)))
    const slow = mean(SEEDS.map((seed) => shareWithin(100_000, seed)))
    const seen = `seeds ${SEEDS}: ${fast} with a fast seed, ${slow} with a slow one, ${CHANCE} by chance`
    expect(fast, seen).toBeGreaterThan(1.2 * CHANCE)
    expect(fast, seen).toBeGreaterThan(slow)
  })
})
