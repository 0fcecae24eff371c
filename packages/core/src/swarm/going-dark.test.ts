// A neighbour that has gone dark is noticed within 20 s, and one that is only slow is kept.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'

const NOTICED_MS = 20_000
const CHUNK = 262_144

/**
 * A seed and a leecher that exchange chunks with `dark`, from which nothing comes and to which nothing goes after
 * `darkAt`.
 */
function withOneThatGoesDark(darkAt: number): VirtualSwarm {
  const swarm = new VirtualSwarm(testContent(400, 8_192), darkAt, { linkBytesPerSecond: 40_000 })
  swarm.add('seed', { seed: true })
  swarm.add('leecher')
  swarm.add('dark')
  swarm.connectAll()
  swarm.tamper = (from, to, message) =>
    (from === 'dark' || to === 'dark') && swarm.now >= darkAt ? undefined : message
  return swarm
}

const droppedBy = (swarm: VirtualSwarm, id: string) => swarm.get(id).dropped.map(({ peer, reason }) => [peer, reason])

// Whole transfers take a while on a busy machine.
describe('going dark', { timeout: 60_000 }, () => {
  it.each([1, 2_500, 4_999, 7_003, 10_000])(
    '[NEIGHBOURS-4] is noticed by everybody within 20 s (dark at %i ms)',
    (darkAt) => {
      const swarm = withOneThatGoesDark(darkAt)
      expect(swarm.run(darkAt, () => false)).toBe(false)
      // What was on its way still arrives.
      swarm.run(darkAt + NOTICED_MS + 1_700)
      for (const id of ['seed', 'leecher']) expect(droppedBy(swarm, id)).toEqual([['dark', 'silent for too long']])
      expect(swarm.run(300_000, () => swarm.allComplete('leecher'))).toBe(true)
      expect(swarm.holdsOriginal('leecher')).toBe(true)
    },
  )

  it('[NEIGHBOURS-4] is noticed within 20 s of the last word by one that waits for nothing of it', () => {
    const swarm = new LoneSwarm(testContent(8), { held: 'all', policy: { silenceMs: 15_000 } })
    for (const lastWord of [0, 1, 2_500, 4_999]) {
      swarm.advanceTo(lastWord)
      swarm.join(`dark${lastWord}`)
    }
    swarm.advanceTo(30_000)
    const dropped = swarm.emitted('drop-peer').map(({ peer, at }) => [peer, at])
    expect(dropped).toEqual([
      ['dark0', 15_000],
      ['dark1', 20_000],
      ['dark2500', 20_000],
      ['dark4999', 20_000],
    ])
  })

  it.each([
    [30_000, 5],
    [10_000, 5],
    [2_000, 1],
  ])('[NEIGHBOURS-4] drops nobody behind an uplink of %i bytes a second that serves %i', (uplink, count) => {
    const swarm = new VirtualSwarm(testContent(3, CHUNK), 1, { linkBytesPerSecond: uplink / count })
    swarm.add('seed', { seed: true, policy: { handOutOnce: false } })
    const leechers = Array.from({ length: count }, (_, i) => `leecher${i}`)
    for (const id of leechers) {
      swarm.add(id)
      swarm.connect('seed', id)
    }
    expect(swarm.run(1_000_000, () => swarm.allComplete(...leechers))).toBe(true)
    for (const peer of swarm.peers.values()) expect(peer.dropped).toEqual([])
  })

  it('[NEIGHBOURS-4] anyone who slept hears what came meanwhile before it takes anybody for gone', () => {
    const swarm = new LoneSwarm(testContent(8), { held: 'all', policy: { silenceMs: 15_000 } })
    for (const peer of ['alive', 'gone']) swarm.join(peer)
    swarm.now = 60_000
    swarm.handle({ type: 'wake' })
    expect(swarm.emitted('drop-peer')).toEqual([])
    swarm.receive('alive', { type: 'keep-alive' })
    swarm.advanceTo(65_000)
    expect(swarm.emitted('drop-peer').map(({ peer }) => peer)).toEqual(['gone'])
  })
})

describe('what waits before a word', { timeout: 30_000 }, () => {
  /** The longest that a word of the seed to a leecher would have waited behind blocks after 15 s, in ms. */
  function longestWait(linkBytesPerSecond: number, untilMs: number): number {
    const swarm = new VirtualSwarm(testContent(12, CHUNK), 1, { linkBytesPerSecond })
    swarm.add('seed', { seed: true })
    swarm.add('leecher')
    swarm.connectAll()
    let longest = 0
    for (let at = 15_000; at < untilMs; at += 100) {
      if (swarm.run(at, () => swarm.allComplete('leecher'))) break
      longest = Math.max(longest, swarm.queueMs('seed', 'leecher'))
    }
    return longest
  }

  it.each([10_000, 30_000, 60_000, 120_000])(
    '[SERVE-5] is at most about 1 s on a link of %i bytes a second',
    (rate) => {
      const longest = longestWait(rate, 60_000)
      expect(longest).toBeGreaterThan(50)
      expect(longest).toBeLessThan(rate < 30_000 ? 1_200 : 600)
    },
  )

  it('[WINDOW-3] is asked for in small blocks of one that is new or slow, and in large ones of one that is quick', () => {
    const lengths = (linkBytesPerSecond: number) => {
      const swarm = new VirtualSwarm(testContent(6, CHUNK), 1, { linkBytesPerSecond })
      swarm.add('seed', { seed: true })
      swarm.add('leecher')
      swarm.connectAll()
      expect(swarm.run(600_000, () => swarm.allComplete('leecher'))).toBe(true)
      return swarm.sent('request', 'leecher').map(({ message }) => message.length)
    }
    const slow = lengths(20_000)
    expect(Math.max(...slow)).toBe(6_144)
    expect(slow.slice(-100).every((length) => length === 2_048)).toBe(true)
    const quick = lengths(1_000_000)
    expect(Math.max(...quick.slice(0, 4))).toBe(6_144)
    expect(quick.filter((length) => length >= 8_192).length).toBeGreaterThan(60)
  })
})
