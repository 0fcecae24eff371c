import { describe, expect, it } from 'vitest'
import { defaultLimits, HANDSHAKE_COST, messageCost } from './limits'
import { KeyedBuckets, TokenBucket } from './rate-limit'

describe('a token bucket', () => {
  it('gives its capacity at once and then what flows back', () => {
    const bucket = new TokenBucket({ capacity: 3, perSecond: 2 }, 0)
    expect([1, 2, 3, 4].map(() => bucket.take(1, 0))).toEqual([true, true, true, false])
    expect(bucket.take(1, 499)).toBe(false)
    expect(bucket.take(1, 500)).toBe(true)
  })

  it('never holds more than its capacity', () => {
    const bucket = new TokenBucket({ capacity: 3, perSecond: 2 }, 0)
    expect(bucket.take(4, 1_000_000)).toBe(false)
    expect(bucket.take(3, 1_000_000)).toBe(true)
  })

  it('takes nothing for what it refuses', () => {
    const bucket = new TokenBucket({ capacity: 3, perSecond: 0 }, 0)
    expect(bucket.take(5, 0)).toBe(false)
    expect(bucket.take(3, 0)).toBe(true)
  })

  it('loses nothing when the clock is set back, and goes on from there', () => {
    const bucket = new TokenBucket({ capacity: 2, perSecond: 1 }, 1_000_000)
    expect(bucket.take(1, 0)).toBe(true)
    expect(bucket.take(2, 1000)).toBe(true)
  })
})

describe('buckets by key', () => {
  it('keeps each key to its own limit', () => {
    const buckets = new KeyedBuckets({ capacity: 1, perSecond: 0 }, 10)
    expect([buckets.take('a', 1, 0), buckets.take('b', 1, 0), buckets.take('a', 1, 0)]).toEqual([true, true, false])
  })

  it('forgets the keys that are idle', () => {
    const buckets = new KeyedBuckets({ capacity: 1, perSecond: 1 }, 1000)
    for (let i = 0; i < 100; i++) buckets.take(`old ${i}`, 1, 0)
    expect(buckets.size).toBe(100)
    for (let i = 0; i < 100; i++) buckets.take('busy', 1, 10_000 + i)
    expect(buckets.size).toBe(1)
  })

  it('never remembers more keys than it may, and forgets the one longest unused', () => {
    const buckets = new KeyedBuckets({ capacity: 1, perSecond: 0 }, 3)
    for (let i = 0; i < 1000; i++) {
      buckets.take(`${i}`, 1, 0)
      expect(buckets.size).toBeLessThanOrEqual(3)
    }
    expect(buckets.take('998', 1, 0)).toBe(false)
    expect(buckets.take('1', 1, 0)).toBe(true)
  })
})

describe('the default limits', () => {
  const offer = { sealed: 'x'.repeat(8192) }
  const candidate = { sealed: 'x'.repeat(400) }

  it('let a class of 100 behind one address each meet 50 others within the same instant', () => {
    const addresses = new KeyedBuckets(defaultLimits.address, defaultLimits.addresses)
    let refused = 0
    for (let student = 0; student < 100; student++) {
      const socket = new TokenBucket(defaultLimits.socket, 0)
      const send = (message: unknown) => {
        const cost = messageCost(message)
        if (!socket.take(cost, 0) || !addresses.take('school', cost, 0)) refused += 1
      }
      if (!addresses.take('school', HANDSHAKE_COST, 0)) refused += 1
      send({ swarmId: 'join' })
      for (let neighbour = 0; neighbour < 50; neighbour++) {
        send(offer)
        for (let i = 0; i < 20; i++) send(candidate)
      }
    }
    expect(refused).toBe(0)
  })

  it('count a large message as many small ones', () => {
    expect(messageCost({ sealed: 'x'.repeat(65_536) })).toBe(17)
    expect(messageCost(candidate)).toBe(1)
    expect([undefined, null, 'text', 7, [], { sealed: 9 }].map(messageCost)).toEqual([1, 1, 1, 1, 1, 1])
  })
})
