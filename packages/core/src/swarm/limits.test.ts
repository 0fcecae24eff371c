// What flows when there are limits.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'

const BLOCK = 1_024
const source = testContent(60)
const totalBytes = source.content.layout.totalBytes

/** The most bytes of blocks that a peer sent within any 5 s. */
function mostSentWithin5s(swarm: VirtualSwarm, from: string): number {
  const blocks = swarm.sent('block', from).map(({ at, message }) => ({ at, bytes: message.data.length }))
  let most = 0
  let bytes = 0
  let oldest = 0
  for (const block of blocks) {
    bytes += block.bytes
    for (; (blocks[oldest]?.at ?? 0) <= block.at - 5_000; oldest++) bytes -= blocks[oldest]?.bytes ?? 0
    most = Math.max(most, bytes)
  }
  return most
}

// Whole transfers take a while on a busy machine.
describe('limits', { timeout: 30_000 }, () => {
  it('[LIMIT-1] holds the upload limit over any 5 s, whatever the number of neighbours, and uses it up', () => {
    const limit = 10_000
    const swarm = new VirtualSwarm(source, 2)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: limit })
    for (const id of ['a', 'b', 'c']) swarm.add(id)
    for (const id of ['a', 'b', 'c']) swarm.connect('seed', id)
    expect(swarm.run(200_000, () => swarm.allComplete())).toBe(true)
    // The store answers within 5 ms: blocks may crowd by as much.
    expect(mostSentWithin5s(swarm, 'seed')).toBeLessThanOrEqual(5 * limit + BLOCK + limit * 0.01)
    expect(swarm.snapshot('seed').uploadedBytes / (swarm.now / 1_000)).toBeGreaterThan(0.95 * limit)
  })

  it('[LIMIT-1] holds the download limit over any 5 s, whatever the number of neighbours, and uses it up', () => {
    const limit = 10_000
    const swarm = new VirtualSwarm(source, 2)
    for (const id of ['a', 'b', 'c']) swarm.add(id, { seed: true })
    swarm.add('leecher', { downloadBytesPerSecond: limit })
    for (const id of ['a', 'b', 'c']) swarm.connect('leecher', id)
    const arrived: { at: number; bytes: number }[] = []
    for (let bytes = 0; !swarm.allComplete('leecher'); ) {
      swarm.run(swarm.now + 100)
      const now = swarm.snapshot('leecher').downloadedBytes
      arrived.push({ at: swarm.now, bytes: now - bytes })
      bytes = now
      if (swarm.now > 200_000) break
    }
    expect(swarm.holdsOriginal('leecher')).toBe(true)
    for (const { at: end } of arrived) {
      const bytes = arrived.filter(({ at }) => at > end - 5_000 && at <= end).reduce((sum, a) => sum + a.bytes, 0)
      expect(bytes).toBeLessThanOrEqual(5 * limit + BLOCK + limit * 0.1)
    }
    expect(swarm.now).toBeLessThan((totalBytes / limit) * 1_000 * 1.05)
  })

  it('[LIMIT-1] counts nothing that was asked for and refused', () => {
    const limit = 10_000
    const swarm = new LoneSwarm(source, { held: [], downloadBytesPerSecond: limit })
    for (const peer of ['refuses', 'gives']) {
      swarm.join(peer, 'all')
      swarm.receive(peer, { type: 'unchoke' })
    }
    for (let at = 0; at < 20_000; at += 50) {
      swarm.advanceTo(at)
      for (const { chunk, offset } of swarm.openRequests('refuses'))
        swarm.receive('refuses', { type: 'reject', chunk, offset })
      swarm.answerRequests('gives')
    }
    expect(swarm.swarm.snapshot(swarm.now).downloadedBytes).toBeGreaterThan(0.95 * 20 * limit)
  })

  it('[LIMIT-4] tells for how long blocks have waited for the limit: nearly always under a low one, and not behind a slow link', () => {
    const limitedShare = (uploadBytesPerSecond: number, network: { linkBytesPerSecond?: number }) => {
      const swarm = new VirtualSwarm(source, 2, network)
      swarm.add('seed', { seed: true, uploadBytesPerSecond })
      swarm.add('leecher')
      swarm.connect('seed', 'leecher')
      expect(swarm.run(200_000, () => swarm.allComplete())).toBe(true)
      const whenDone = swarm.snapshot('seed').uploadLimitedMs
      const seconds = swarm.now / 1_000
      swarm.run(swarm.now + 10_000)
      // Nobody waits any more.
      expect(swarm.snapshot('seed').uploadLimitedMs).toBe(whenDone)
      return whenDone / 1_000 / seconds
    }
    expect(limitedShare(10_000, {})).toBeGreaterThan(0.9)
    expect(limitedShare(100_000, { linkBytesPerSecond: 10_000 })).toBeLessThan(0.2)
  })

  it('[LIMIT-2] follows a limit that is changed while it runs', () => {
    const swarm = new VirtualSwarm(source, 2)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: 1_000 })
    swarm.add('leecher')
    swarm.connectAll()
    swarm.run(20_000)
    const before = swarm.snapshot('leecher').downloadedBytes
    expect(before).toBeLessThan(22_000)
    const change = (uploadBytesPerSecond: number | undefined) =>
      swarm.dispatch('seed', { type: 'limits-changed', uploadBytesPerSecond, downloadBytesPerSecond: undefined })
    change(0)
    swarm.run(40_000)
    expect(swarm.snapshot('leecher').downloadedBytes).toBeLessThanOrEqual(before + BLOCK)
    change(undefined)
    expect(swarm.run(45_000, () => swarm.allComplete())).toBe(true)
  })

  it('[LIMIT-2] follows a download limit that is changed while it runs', () => {
    const swarm = new VirtualSwarm(source, 2)
    swarm.add('seed', { seed: true })
    swarm.add('leecher', { downloadBytesPerSecond: 0 })
    swarm.connectAll()
    swarm.run(20_000)
    expect(swarm.snapshot('leecher').downloadedBytes).toBeLessThanOrEqual(BLOCK)
    swarm.dispatch('leecher', {
      type: 'limits-changed',
      uploadBytesPerSecond: undefined,
      downloadBytesPerSecond: undefined,
    })
    expect(swarm.run(30_000, () => swarm.allComplete())).toBe(true)
  })

  it('[LIMIT-3] is not stopped by a neighbour that asks for a block larger than it may save up', () => {
    const swarm = new LoneSwarm(source, { held: 'all', uploadBytesPerSecond: 1_000 })
    for (const peer of ['greedy', 'modest']) {
      swarm.join(peer)
      swarm.receive(peer, { type: 'interested' })
    }
    swarm.receive('greedy', { type: 'request', chunk: 0, offset: 0, length: 4_096 })
    swarm.receive('modest', { type: 'request', chunk: 1, offset: 0, length: BLOCK })
    swarm.advanceTo(4_200)
    expect(swarm.sent('block').map(({ to, data }) => [to, data.length])).toEqual([
      ['greedy', 4_096],
      ['modest', BLOCK],
    ])
  })
})
