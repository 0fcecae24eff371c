// How much is asked of a neighbour at a time.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'
import { MAX_OPEN_REQUESTS } from '../wire/index'
import { defaultPolicy } from './policy'

type Request = ReturnType<LoneSwarm['openRequests']>[number]

const BLOCK = 1_024
const source = testContent(400)

const openBytes = (swarm: LoneSwarm, peer: string) =>
  swarm.openRequests(peer).reduce((sum, { length }) => sum + length, 0)

/** A neighbour that sends a block each `everyMs`, for `forMs`. */
function flow(swarm: LoneSwarm, peer: string, everyMs: number, forMs: number): void {
  for (const end = swarm.now + forMs; swarm.now < end; ) {
    swarm.advanceTo(swarm.now + everyMs)
    const [first] = swarm.openRequests(peer)
    if (first) swarm.receive(peer, swarm.block(first))
  }
}

function fetching(policy = {}): LoneSwarm {
  const swarm = new LoneSwarm(source, { held: [], policy })
  swarm.join('a', 'all')
  swarm.receive('a', { type: 'unchoke' })
  return swarm
}

// Whole transfers take a while on a busy machine.
describe('request window', { timeout: 30_000 }, () => {
  it('[WINDOW-1] begins with four blocks', () => {
    expect(openBytes(fetching(), 'a')).toBe(4 * BLOCK)
  })

  it.each([4, 10, 20])(
    '[WINDOW-1] grows to what the path holds, what it brings in 25 ms, and an equal share of 75 ms (a block each %i ms)',
    (everyMs) => {
      const swarm = fetching()
      flow(swarm, 'a', everyMs, 6_000)
      const { queuedAheadMs } = defaultPolicy
      const inWindow = ((queuedAheadMs + 75 + everyMs) / everyMs) * BLOCK
      expect(openBytes(swarm, 'a')).toBeGreaterThan(0.75 * inWindow)
      expect(openBytes(swarm, 'a')).toBeLessThan(1.25 * inWindow + BLOCK)
    },
  )

  it('[WINDOW-1] fills a long path, however quick the neighbour', () => {
    const swarm = fetching()
    const roundTripMs = 400
    const asked: { at: number; request: Request }[] = []
    for (const end = swarm.now + 8_000; swarm.now < end; ) {
      for (const request of swarm.openRequests('a'))
        if (!asked.some((earlier) => earlier.request === request)) asked.push({ at: swarm.now, request })
      swarm.advanceTo(swarm.now + 20)
      // Whatever was asked a round trip ago comes now, at any rate.
      while (asked[0] && swarm.now - asked[0].at >= roundTripMs) {
        const due = asked.shift()
        if (due) swarm.receive('a', swarm.block(due.request))
      }
    }
    expect(openBytes(swarm, 'a')).toBeGreaterThan(64 * BLOCK)
  })

  it('[WINDOW-1] takes an answer of more than 1 s for a neighbour with other things to do, not for a long path', () => {
    const swarm = fetching()
    swarm.advanceTo(swarm.now + 5_000)
    flow(swarm, 'a', 10, 3_000)
    expect(openBytes(swarm, 'a')).toBeLessThan((1.25 * 1_100 * BLOCK) / 10)
  })

  it('[WINDOW-1] shrinks as the neighbour slows down, to no less than four blocks', () => {
    const swarm = fetching()
    flow(swarm, 'a', 4, 4_000)
    expect(openBytes(swarm, 'a')).toBeGreaterThan(16 * BLOCK)
    flow(swarm, 'a', 1_000, 100_000)
    expect(openBytes(swarm, 'a')).toBe(4 * BLOCK)
  })

  it('[WINDOW-1] never passes its upper bound', () => {
    const swarm = fetching({ maxWindowBytes: 8 * BLOCK })
    flow(swarm, 'a', 10, 3_000)
    expect(openBytes(swarm, 'a')).toBe(8 * BLOCK)
  })

  it('[WINDOW-2] never holds more requests than a neighbour takes, however small the blocks', () => {
    const tiny = new VirtualSwarm(testContent(400, 512), 1, { linkBytesPerSecond: 2_000_000 })
    tiny.add('seed', { seed: true })
    tiny.add('leecher', { policy: { blockBytes: 64, minWindowBlocks: 3_000 } })
    tiny.connectAll()
    let open = 0
    let most = 0
    tiny.tamper = (from, _to, message) => {
      if (message.type === 'request') most = Math.max(most, ++open)
      if (from === 'seed' && (message.type === 'block' || message.type === 'reject')) open--
      return message
    }
    expect(tiny.run(60_000, () => tiny.allComplete('leecher'))).toBe(true)
    expect(tiny.get('seed').dropped).toEqual([])
    expect(most).toBe(MAX_OPEN_REQUESTS)
  })
})
