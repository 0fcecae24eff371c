// Peers that claim every chunk and send nothing, or send bad chunks: the others complete, and hardly later.
import { describe, expect, it } from 'vitest'
import { CHUNK, completions, experiment } from '../testing/experiments'
import { simulate } from './simulation'

const HONEST = 18
const LIARS = 2

const swarmWith = (seed: number, behaviour?: 'claims-all' | 'sends-bad-chunks') =>
  experiment({
    seed,
    chunks: 150,
    serverUploadBytesPerSecond: 200_000,
    peers: [{ count: HONEST }, ...(behaviour ? [{ count: LIARS, behaviour }] : [])],
  })

const seconds = (of: ReturnType<typeof swarmWith>) =>
  simulate(of).result.distributionSeconds ?? Number.POSITIVE_INFINITY

describe('liars', { timeout: 60_000 }, () => {
  it.each([
    ['claims-all', 1],
    ['claims-all', 2],
    ['sends-bad-chunks', 1],
    ['sends-bad-chunks', 2],
  ] as const)('[OUT-7] that do %s (seed %i) delay the others by less than their share', (behaviour, seed) => {
    const delay = seconds(swarmWith(seed, behaviour)) / seconds(swarmWith(seed)) - 1
    expect(delay).toBeLessThan(LIARS / (HONEST + LIARS))
  })

  it('[OUT-7] that send bad chunks are banned by everybody that they met, and sent it one chunk', () => {
    const poisoned = swarmWith(3, 'sends-bad-chunks')
    const outcome = simulate(poisoned)
    const { bans } = outcome.timeline
    const poisoners = [HONEST + 1, HONEST + 2]
    expect(new Set(bans.map(([, , whom]) => whom))).toEqual(new Set(poisoners))
    const pairs = bans.map(([, by, whom]) => `${by} ${whom}`)
    expect(new Set(pairs).size).toBe(pairs.length) // Nobody let one in again.
    expect(pairs.length).toBe(HONEST * LIARS)
    // A chunk to each, and what was on its way while that was looked at.
    for (const { uploadedBytes } of outcome.result.peers.slice(HONEST))
      expect(uploadedBytes).toBeLessThan(1.5 * HONEST * CHUNK)
    expect(completions(poisoned, outcome)[0]?.every(Number.isFinite)).toBe(true)
  })

  it('[OUT-7] that send nothing are let go, and banned when they come again and do the same', () => {
    const outcome = simulate(
      experiment({
        chunks: 120,
        serverUploadBytesPerSecond: 15_000,
        peers: [
          { count: 4, uploadBytesPerSecond: 5_000 },
          { count: LIARS, behaviour: 'claims-all' },
        ],
      }),
    )
    const { bans } = outcome.timeline
    const pairs = new Set(bans.map(([, by, whom]) => `${by} bans ${whom}`))
    expect(pairs).toEqual(new Set([1, 2, 3, 4].flatMap((by) => [5, 6].map((whom) => `${by} bans ${whom}`))))
    for (const [atSeconds] of bans) expect(atSeconds).toBeGreaterThan(600)
    expect(outcome.result.peers.slice(0, 4).every(({ completedAtSeconds }) => completedAtSeconds !== null)).toBe(true)
  })

  it('[OUT-7] are not waited for', () => {
    expect(simulate(swarmWith(1, 'claims-all')).result.peers.at(-1)?.completedAtSeconds).toBeNull()
  })
})
