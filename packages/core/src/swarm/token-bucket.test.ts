import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TokenBucket } from './token-bucket'

const BLOCK = 65_536

/** Takes blocks as soon as the bucket gives them: each as [time, bytes]. */
function takeGreedily(bucket: TokenBucket, lengths: number[], untilMs: number, lateMs: () => number) {
  const taken: { at: number; bytes: number }[] = []
  let now = 0
  for (let i = 0; now <= untilMs; i++) {
    const bytes = lengths[i % lengths.length] as number
    while (!bucket.take(bytes, now)) now = bucket.readyAt(bytes, now) + lateMs()
    taken.push({ at: now, bytes })
  }
  return taken
}

/** The most that was taken within any 5 s: it begins where something was taken. */
function mostWithin5s(taken: { at: number; bytes: number }[]): number {
  return Math.max(
    ...taken.map(({ at: start }) =>
      taken.filter(({ at }) => at >= start && at < start + 5_000).reduce((sum, { bytes }) => sum + bytes, 0),
    ),
  )
}

describe('token bucket', () => {
  it('[LIMIT-1] never lets more through in any 5 s than the limit does in 5.1 s, or in 5 s and a block', () => {
    const lateness = fc.array(fc.nat(400), { minLength: 1, maxLength: 20 })
    const lengths = fc.array(fc.integer({ min: 1, max: BLOCK }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 1_000_000 }), lengths, lateness, (limit, blocks, late) => {
        let turn = 0
        const bucket = new TokenBucket(limit, BLOCK, 0)
        const taken = takeGreedily(bucket, [...blocks, BLOCK], 12_000, () => late[turn++ % late.length] ?? 0)
        expect(mostWithin5s(taken)).toBeLessThanOrEqual(limit * 5 + Math.max(BLOCK, limit * 0.1) + 1)
      }),
      { numRuns: 60 },
    )
  })

  it('[LIMIT-1] lets the limit through in the long run, though timers ring up to a tenth of a second late', () => {
    const limit = 2_000_000
    const bucket = new TokenBucket(limit, BLOCK, 0)
    const taken = takeGreedily(bucket, [BLOCK], 600_000, () => 60)
    const bytesPerSecond = taken.reduce((sum, { bytes }) => sum + bytes, 0) / ((taken.at(-1)?.at ?? 0) / 1_000)
    expect(bytesPerSecond / limit).toBeGreaterThan(0.999)
    expect(bytesPerSecond / limit).toBeLessThan(1.001)
  })

  it('[LIMIT-1] says when the bytes will be there: then they are, and a moment before they are not', () => {
    const amounts = fc.integer({ min: 2, max: BLOCK })
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 100_000 }), amounts, amounts, (limit, first, second) => {
        const bucket = new TokenBucket(limit, BLOCK, 0)
        bucket.take(BLOCK, 0)
        const atFirst = bucket.readyAt(first, 0)
        expect(bucket.take(first, atFirst - (2 / limit) * 1_000)).toBe(false)
        expect(bucket.take(first, atFirst)).toBe(true)
        expect(bucket.take(second, bucket.readyAt(second, atFirst))).toBe(true)
      }),
    )
  })

  it('[LIMIT-3] gives on credit what is larger than it can hold, rather than never', () => {
    const bucket = new TokenBucket(10_000, 1_000, 0)
    expect(bucket.take(5_000, 0)).toBe(true)
    expect(bucket.take(1, 0)).toBe(false)
    const at = bucket.readyAt(5_000, 0)
    expect(at).toBe(500)
    expect(bucket.take(5_000, at)).toBe(true)
  })

  it('[LIMIT-2] has no limit where none is set, and lets nothing through under a limit of 0', () => {
    const free = new TokenBucket(undefined, BLOCK, 0)
    for (let i = 0; i < 1_000; i++) expect(free.take(BLOCK, 0)).toBe(true)
    const shut = new TokenBucket(0, BLOCK, 0)
    shut.take(BLOCK, 0)
    expect(shut.take(BLOCK, 1e9)).toBe(false)
    expect(shut.readyAt(BLOCK, 1e9)).toBe(Infinity)
  })

  it('[LIMIT-2] keeps to a new limit at once, in either direction', () => {
    const bucket = new TokenBucket(10_000_000, BLOCK, 0)
    bucket.setLimit(1_000, 0)
    bucket.take(BLOCK, 0)
    expect(bucket.take(BLOCK, 5_000)).toBe(false)
    bucket.setLimit(undefined, 5_000)
    expect(bucket.take(BLOCK, 5_000)).toBe(true)
  })
})
