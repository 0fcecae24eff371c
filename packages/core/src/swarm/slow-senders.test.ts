// Neighbours that bring what they are asked for, but next to nothing of it: others bring their chunks, and nobody
// honest is worse off.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'

const TICK_MS = 500

type Drip = {
  /** How often it gives one block. */
  everyMs: number
  /** Until when a slow sender is as quick as the honest one. */
  quickUntilMs?: number
  /** Whether it chokes and unchokes with each block. */
  chokes?: boolean
}

/** When the victim is complete, whose honest neighbour gives two blocks a second. */
function completeAtMs(
  count: number,
  { everyMs, quickUntilMs = 0, chokes = false }: Drip,
  seed = 1,
  wanted = false,
): number {
  const source = testContent(36, 4_096)
  const victim = new LoneSwarm(source, { held: [], seed })
  const drips = Array.from({ length: count }, (_, i) => `drip${i}`)
  for (const peer of [...drips, 'honest']) {
    victim.join(peer, 'all')
    victim.receive(peer, { type: 'unchoke' })
  }
  if (wanted) victim.handle({ type: 'wanted-changed', first: 0, end: 8 })
  const give = (peer: string) => {
    const [first] = victim.openRequests(peer)
    if (first) victim.receive(peer, victim.block(first))
  }
  for (let at = TICK_MS; at < 2_000_000; at += TICK_MS) {
    victim.advanceTo(at)
    give('honest')
    for (const [i, peer] of drips.entries()) {
      if (at > quickUntilMs && (at + i * 700) % everyMs >= TICK_MS) continue
      give(peer)
      if (!chokes) continue
      victim.receive(peer, { type: 'choke' })
      for (const { chunk, offset } of victim.openRequests(peer)) victim.receive(peer, { type: 'reject', chunk, offset })
      victim.receive(peer, { type: 'unchoke' })
    }
    expect(victim.emitted('drop-peer').filter(({ peer }) => peer === 'honest')).toEqual([])
    const held = victim.swarm
      .chunkMap()
      ?.state.slice(0, 8)
      .every((state) => state === 2)
    if (wanted ? held : victim.swarm.snapshot(at).chunksHeld === 36) return at
  }
  return Infinity
}

/** 36 chunks of four blocks, two blocks a second. */
const BLOCKS = 144
const ALONE_MS = 72_000

describe('slow senders', { timeout: 60_000 }, () => {
  it.each<[string, Drip]>([
    ['give a block every 58 s', { everyMs: 58_000 }],
    ['give a block every 20 s', { everyMs: 20_000 }],
    ['choke and unchoke with each block', { everyMs: 58_000, chokes: true }],
  ])('[ENDGAME-1] eight that %s hold nothing up', (_what, drip) => {
    const times = [1, 2, 3, 4, 5].map((seed) => completeAtMs(8, drip, seed))
    expect(Math.max(...times), times.join(', ')).toBeLessThan(1.25 * ALONE_MS)
  })

  it.each<[string, Drip]>([
    ['give a block every 58 s', { everyMs: 58_000, quickUntilMs: 4_000 }],
    ['give nothing', { everyMs: Infinity, quickUntilMs: 4_000 }],
  ])(
    '[ENDGAME-1] eight that are quick for 4 s, and owe half of it when they begin to %s, hold up little',
    (_what, drip) => {
      // Nine bring two blocks a second for 4 s, half of all. What is left, the honest one brings alone.
      const aloneFromThenMs = 4_000 + (BLOCKS - 9 * 8) * TICK_MS
      const times = [1, 2, 3, 4, 5].map((seed) => completeAtMs(8, drip, seed))
      expect(Math.min(...times), times.join(', ')).toBeGreaterThan(0.9 * aloneFromThenMs)
      expect(Math.max(...times), times.join(', ')).toBeLessThan(1.25 * aloneFromThenMs)
    },
  )

  it('[PICK-9] a chunk that somebody waits for is asked of another if that one is sooner', () => {
    const times = [1, 2, 3, 4, 5].map((seed) => completeAtMs(8, { everyMs: 58_000 }, seed, true))
    // Eight chunks of four blocks, two blocks a second; and one chunk that was begun before.
    expect(Math.max(...times), times.join(', ')).toBeLessThan(25_000)
  })

  it('[ENDGAME-3] a chunk that is late by all means is fetched by one that has nothing else to bring, before the endgame', () => {
    const source = testContent(6)
    const victim = new LoneSwarm(source, { held: [0, 1, 2, 3], policy: { picker: 'sequential' } })
    victim.join('slow', [4, 5])
    victim.receive('slow', { type: 'unchoke' })
    victim.advanceTo(10_000)
    const [first] = victim.openRequests('slow')
    if (first) victim.receive('slow', victim.block(first))
    victim.handle({ type: 'peer-left', peer: 'nobody' })
    victim.join('quick', [4])
    victim.receive('quick', { type: 'unchoke' })
    victim.advanceTo(60_000)
    expect(new Set(victim.openRequests('quick').map(({ chunk }) => chunk))).toEqual(new Set([4]))
    victim.answerAll('quick')
    expect(victim.sent('have', 'slow').map(({ chunk }) => chunk)).toEqual([4])
  })

  it('[WINDOW-4] asks of a neighbour no more than it brings in a minute, and a block', () => {
    const victim = new LoneSwarm(testContent(36, 4_096), { held: [] })
    victim.join('slow', 'all')
    victim.receive('slow', { type: 'unchoke' })
    const atFirst = victim.openRequests('slow').length
    for (let block = 1; block <= 8; block++) {
      victim.advanceTo(block * 30_000)
      const [first] = victim.openRequests('slow')
      if (first) victim.receive('slow', victim.block(first))
    }
    expect(atFirst).toBe(4)
    // A kilobyte in 30 s.
    expect(victim.openRequests('slow').length).toBe(3)
  })

  it('[ENDGAME-2] a third that would be sooner than both takes the place of the slower', () => {
    const source = testContent(1, 16_384)
    const victim = new LoneSwarm(source, { held: [], policy: { picker: 'sequential', blockBytes: 1_024 } })
    for (const [at, peer] of ['a', 'b', 'c'].entries()) {
      victim.advanceTo(at * 100_000)
      victim.join(peer, 'all')
      victim.receive(peer, { type: 'unchoke' })
      victim.advanceTo(at * 100_000 + 90_000 - at * 40_000)
      const [first] = victim.openRequests(peer)
      if (first) victim.receive(peer, victim.block(first))
    }
    victim.advanceTo(400_000)
    const asked = ['a', 'b', 'c'].filter((peer) => victim.openRequests(peer).length > 0)
    expect(asked.length).toBeGreaterThanOrEqual(1)
    victim.answerAll('c')
    expect(victim.swarm.snapshot(victim.now).chunksHeld).toBe(1)
    expect(victim.emitted('drop-peer')).toEqual([])
  })

  it('[SNUB-5] a seed that has 2 kB/s for each of 50 brings all of it to all, and nobody is dropped', () => {
    const swarm = new VirtualSwarm(testContent(12, 16_384), 4)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: 2_000 })
    for (let i = 0; i < 12; i++) swarm.add(`p${i}`, { uploadBytesPerSecond: 2_000 })
    swarm.connectAll()
    const copyMs = (swarm.source.content.layout.totalBytes / 2_000) * 1_000
    expect(swarm.run(2.5 * copyMs, () => swarm.allComplete())).toBe(true)
    for (const { dropped } of swarm.peers.values()) expect(dropped).toEqual([])
  })
})
