// Who is served, and when that changes: seen in the chokes and unchokes that go out.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'

const source = testContent(120, 1_024)
const everyChunk = [...source.chunks.keys()]
const names = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`)

const unchoked = (swarm: LoneSwarm) =>
  swarm.swarm
    .snapshot(swarm.now)
    .neighbours.filter((neighbour) => !neighbour.amChoking)
    .map(({ id }) => id)
const optimistic = (swarm: LoneSwarm) =>
  swarm.swarm
    .snapshot(swarm.now)
    .neighbours.filter((neighbour) => neighbour.optimistic)
    .map(({ id }) => id)

/** Neighbours that want what we hold; each also holds what we may lack. */
function withInterested(count: number, options: ConstructorParameters<typeof LoneSwarm>[1] = {}): LoneSwarm {
  // They ask for nothing: what comes of that is in slot-use.test.ts.
  const policy = { minWindowBlocks: 4, maxWindowBytes: 1_024, judgesSlots: false, ...options.policy }
  const swarm = new LoneSwarm(source, { held: [0], ...options, policy })
  for (const peer of names(count)) {
    swarm.join(peer, everyChunk.slice(1))
    swarm.receive(peer, { type: 'interested' })
  }
  return swarm
}

/** A neighbour sends us one chunk, and refuses what we ask beyond it. */
function sendChunk(swarm: LoneSwarm, peer: string): void {
  swarm.receive(peer, { type: 'unchoke' })
  swarm.answerRequests(peer)
  swarm.receive(peer, { type: 'choke' })
  for (const { chunk, offset } of swarm.openRequests(peer)) swarm.receive(peer, { type: 'reject', chunk, offset })
}

describe('choking', () => {
  it('[CHOKE-1] serves four regular neighbours and one optimistic, and only those that are interested', () => {
    const swarm = withInterested(4)
    swarm.join('indifferent', 'all')
    expect(unchoked(swarm)).toEqual(names(4))
    expect(optimistic(swarm)).toEqual([])
    swarm.join('p4')
    swarm.receive('p4', { type: 'interested' })
    expect(unchoked(swarm)).toEqual(names(5))
    expect(optimistic(swarm)).toEqual(['p4'])
    swarm.join('p5')
    swarm.receive('p5', { type: 'interested' })
    expect(unchoked(swarm)).toEqual(names(5))
  })

  it('[CHOKE-3] fills a free slot at once as interest arrives', () => {
    const swarm = withInterested(0)
    swarm.advanceTo(3_210)
    swarm.join('p0')
    expect(swarm.sent('unchoke')).toEqual([])
    swarm.receive('p0', { type: 'interested' })
    expect(swarm.sent('unchoke')).toEqual([{ type: 'unchoke', to: 'p0', at: 3_210 }])
  })

  it('[CHOKE-3] waits for the round if it is told not to fill slots at once', () => {
    const swarm = withInterested(1, { policy: { immediateUnchoke: false } })
    expect(swarm.sent('unchoke')).toEqual([])
    swarm.advanceTo(10_000)
    expect(swarm.sent('unchoke').map(({ at }) => at)).toEqual([10_000])
  })

  it('[CHOKE-2] keeps equals in their places for 30 s, and draws again then', () => {
    const swarm = withInterested(30)
    const first = unchoked(swarm).filter((id) => !optimistic(swarm).includes(id))
    swarm.advanceTo(29_999)
    expect(unchoked(swarm)).toEqual(expect.arrayContaining(first))
    swarm.advanceTo(30_000)
    expect(unchoked(swarm)).not.toEqual(expect.arrayContaining(first))
  })

  it('[CHOKE-2] draws among equals in every round if it is told to', () => {
    const swarm = withInterested(30, { policy: { settleMs: 0 } })
    const first = unchoked(swarm).filter((id) => !optimistic(swarm).includes(id))
    swarm.advanceTo(10_000)
    expect(unchoked(swarm)).not.toEqual(expect.arrayContaining(first))
  })

  it('[CHOKE-2] every 10 s gives the regular slots to those that sent most in the last 20 s', () => {
    const swarm = withInterested(8)
    const before = unchoked(swarm)
    swarm.advanceTo(5_000)
    for (const peer of ['p4', 'p5', 'p6', 'p7']) sendChunk(swarm, peer)
    swarm.advanceTo(9_999)
    expect(unchoked(swarm)).toEqual(before)
    swarm.advanceTo(10_000)
    expect(unchoked(swarm)).toEqual(expect.arrayContaining(['p4', 'p5', 'p6', 'p7']))
    expect(unchoked(swarm)).toHaveLength(5)
    // Now others send. What those four sent counts no more once it is 20 s old.
    for (const at of [12_000, 22_000]) {
      swarm.advanceTo(at)
      for (const peer of names(4)) sendChunk(swarm, peer)
    }
    swarm.advanceTo(30_000)
    expect(unchoked(swarm)).toEqual(expect.arrayContaining(names(4)))
    const changes = [...swarm.sent('choke'), ...swarm.sent('unchoke')].filter(({ at }) => at > 0)
    expect(changes.every(({ at }) => at % 10_000 === 0)).toBe(true)
  })

  it('[CHOKE-4] gives the optimistic slot to another every 30 s', () => {
    const swarm = withInterested(12)
    sendChunk(swarm, 'p0')
    for (const peer of ['p1', 'p2', 'p3']) sendChunk(swarm, peer)
    const lots: string[] = []
    for (let now = 1_000; now < 300_000; now += 1_000) {
      swarm.advanceTo(now)
      if (now % 15_000 === 0) for (const peer of names(4)) sendChunk(swarm, peer)
      const [lot] = optimistic(swarm)
      if (lot !== lots.at(-1)) lots.push(lot ?? 'nobody')
    }
    expect(lots).toHaveLength(10)
    // The first was drawn when it alone waited; then eight wait, and each is drawn once before any is drawn twice.
    expect(lots[0]).toBe('p4')
    expect(new Set(lots.slice(1, 9))).toEqual(new Set(names(12).slice(4)))
  })

  it('[CHOKE-4] counts the 30 s from when the slot was given, not in rounds', () => {
    const swarm = new LoneSwarm(source, { held: [0], policy: { regularSlots: 0, judgesSlots: false } })
    swarm.advanceTo(3_456)
    for (const peer of ['a', 'b']) {
      swarm.join(peer)
      swarm.receive(peer, { type: 'interested' })
    }
    swarm.advanceTo(33_455)
    expect(unchoked(swarm)).toEqual(['a'])
    swarm.advanceTo(33_456)
    expect(unchoked(swarm)).toHaveLength(1)
    expect(swarm.sent('choke', 'a').map(({ at }) => at)).toEqual([33_456])
  })

  it('[CHOKE-5] gives a slot away at once when its owner leaves', () => {
    const swarm = withInterested(7)
    const [waiting] = names(7).filter((peer) => !unchoked(swarm).includes(peer))
    swarm.advanceTo(4_000)
    swarm.handle({ type: 'peer-left', peer: 'p1' })
    expect(unchoked(swarm)).toHaveLength(5)
    expect(swarm.sent('unchoke').filter(({ at }) => at === 4_000)).toHaveLength(1)
    expect(waiting).toBeDefined()
  })

  it('[CHOKE-5] chokes one that has lost interest, and gives its slot away at once', () => {
    const swarm = withInterested(6)
    swarm.advanceTo(4_000)
    swarm.receive('p1', { type: 'not-interested' })
    expect(swarm.sent('choke')).toEqual([{ type: 'choke', to: 'p1', at: 4_000 }])
    expect(unchoked(swarm)).toHaveLength(5)
    expect(unchoked(swarm)).not.toContain('p1')
  })

  it('[CHOKE-6] as a seed serves by turn, whatever anybody sent', () => {
    const swarm = withInterested(12, { held: 'all', policy: { optimisticSlots: 0 } })
    const servedAt = new Map(names(12).map((peer) => [peer, 0]))
    for (let now = 5_000; now < 120_000; now += 10_000) {
      swarm.advanceTo(now)
      const served = unchoked(swarm)
      expect(served).toHaveLength(4)
      for (const peer of served) servedAt.set(peer, (servedAt.get(peer) ?? 0) + 1)
    }
    expect([...servedAt.values()]).toEqual(new Array(12).fill(4))
  })

  it('[CHOKE-7] serves everyone under that policy, with no optimistic slot', () => {
    const swarm = withInterested(9, { policy: { choker: 'everyone' } })
    swarm.advanceTo(60_000)
    expect(unchoked(swarm)).toEqual(names(9))
    expect(optimistic(swarm)).toEqual([])
    expect(swarm.sent('choke')).toEqual([])
  })

  it('[CHOKE-4] starves nobody: each of 20 has the one optimistic slot for its fair 90 s of 1,800', () => {
    const policy = { regularSlots: 0, optimisticSlots: 1, immediateUnchoke: false }
    const swarm = withInterested(20, { held: 'all', policy })
    const [begin, end] = [10_000, 1_810_000]
    swarm.advanceTo(end - 1)
    const servedMs = new Map(names(20).map((peer) => [peer, 0]))
    const add = (peer: string, ms: number) => servedMs.set(peer, (servedMs.get(peer) ?? 0) + ms)
    for (const { to, at } of swarm.sent('unchoke')) add(to, end - at)
    for (const { to, at } of swarm.sent('choke')) add(to, at - end)
    expect([...servedMs.values()].reduce((sum, ms) => sum + ms, 0)).toBe(end - begin)
    for (const [peer, ms] of servedMs) expect(Math.abs(ms - 90_000), `${peer}: ${ms} ms`).toBeLessThan(10_000)
  })
})
