import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'

const source = testContent(40)
const paused = { type: 'activity-changed', downloading: false, uploading: false } as const
const running = { type: 'activity-changed', downloading: true, uploading: true } as const

/** `a` sends to us and fetches from us. */
function exchanging(): LoneSwarm {
  const swarm = new LoneSwarm(source, { held: [0, 1, 2, 3] })
  swarm.join('a', [4, 5, 6, 7, 8])
  swarm.receive('a', { type: 'interested' }, { type: 'unchoke' })
  return swarm
}

describe('pausing', () => {
  it('[PAUSE-1] takes back what was asked, loses interest, and asks for nothing more', () => {
    const swarm = exchanging()
    const open = swarm.openRequests('a')
    swarm.handle(paused)
    expect(swarm.sent('cancel').map(({ chunk, offset }) => [chunk, offset])).toEqual(
      open.map((r) => [r.chunk, r.offset]),
    )
    expect(swarm.sent('not-interested')).toHaveLength(1)
    for (const { chunk, offset } of open) swarm.receive('a', { type: 'reject', chunk, offset })
    swarm.receive('a', { type: 'have', chunk: 9 })
    swarm.advanceTo(120_000)
    expect(swarm.sent('request')).toHaveLength(open.length)
  })

  it('[PAUSE-1] takes a block that was under way all the same', () => {
    const swarm = exchanging()
    swarm.handle(paused)
    swarm.answerRequests('a')
    expect(swarm.emitted('drop-peer')).toEqual([])
  })

  it('[PAUSE-2] chokes everybody and unchokes nobody', () => {
    const swarm = exchanging()
    swarm.handle(paused)
    expect(swarm.sent('choke').map(({ to }) => to)).toEqual(['a'])
    swarm.join('b')
    swarm.receive('b', { type: 'interested' })
    swarm.advanceTo(120_000)
    expect(swarm.sent('unchoke').map(({ to }) => to)).toEqual(['a'])
    swarm.receive('b', { type: 'request', chunk: 0, offset: 0, length: 100 })
    expect(swarm.sent('reject', 'b')).toHaveLength(1)
  })

  it('[PAUSE-2] sends no more of a chunk that is partly out, and refuses its rest', () => {
    const swarm = new LoneSwarm(source, { held: [0, 1, 2, 3], uploadBytesPerSecond: 1 })
    swarm.join('a')
    swarm.receive('a', { type: 'interested' })
    const length = Math.ceil(source.content.layout.chunkBytes / 4)
    for (const block of [0, 1, 2]) swarm.receive('a', { type: 'request', chunk: 0, offset: block * length, length })
    expect(swarm.sent('block', 'a')).toHaveLength(1)
    swarm.handle(paused)
    swarm.receive('a', { type: 'request', chunk: 0, offset: 3 * length, length })
    swarm.advanceTo(10_000_000)
    expect(swarm.sent('block', 'a')).toHaveLength(1)
    expect(swarm.sent('reject', 'a').map(({ offset }) => offset / length)).toEqual([1, 2, 3])
  })

  it('[PAUSE-3] stops a transfer both ways, and goes on where it stopped', () => {
    const swarm = new VirtualSwarm(source, 1)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: 10_000 })
    for (const id of ['a', 'b']) swarm.add(id)
    swarm.connectAll()
    swarm.run(5_000)
    swarm.dispatch('a', paused)
    swarm.run(6_000)
    const before = swarm.snapshot('a')
    expect(before.chunksHeld).toBeGreaterThan(3)
    expect(swarm.run(60_000, () => swarm.allComplete('b'))).toBe(true)
    const after = swarm.snapshot('a')
    expect([after.uploadedBytes, after.downloadedBytes]).toEqual([before.uploadedBytes, before.downloadedBytes])
    swarm.dispatch('a', running)
    expect(swarm.run(120_000, () => swarm.allComplete('a'))).toBe(true)
    expect(swarm.holdsOriginal('a')).toBe(true)
    expect(swarm.snapshot('a').downloadedBytes).toBeLessThan(1.1 * source.content.layout.totalBytes)
  })

  it('[PAUSE-3] can stop one way only', () => {
    const swarm = new VirtualSwarm(source, 1)
    swarm.add('seed', { seed: true })
    swarm.add('a')
    swarm.add('b')
    swarm.connect('seed', 'a')
    swarm.connect('a', 'b')
    swarm.dispatch('a', { type: 'activity-changed', downloading: true, uploading: false })
    expect(swarm.run(60_000, () => swarm.allComplete('a'))).toBe(true)
    expect(swarm.snapshot('a').uploadedBytes).toBe(0)
    swarm.dispatch('a', { type: 'activity-changed', downloading: false, uploading: true })
    expect(swarm.run(120_000, () => swarm.allComplete('b'))).toBe(true)
  })
})
