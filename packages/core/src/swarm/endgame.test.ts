// The last chunks: nobody waits for a slow neighbour while a quick one stands idle.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'

const source = testContent(12, 8_192)
const everyChunk = [...source.chunks.keys()]

/** `slow` owes the first chunks. Each quick one has just sent a chunk quickly, which leaves none to begin. */
function lastChunk(policy = {}, quickOnes = ['quick'], slowOnes = 1): LoneSwarm {
  const swarm = new LoneSwarm(source, {
    held: everyChunk.slice(slowOnes + quickOnes.length),
    policy: { minWindowBlocks: 4, maxWindowBytes: 8_192, randomFirstChunks: 0, picker: 'sequential', ...policy },
  })
  swarm.join('slow', 'all')
  swarm.receive('slow', { type: 'unchoke' })
  swarm.advanceTo(2_000)
  for (const peer of quickOnes) {
    swarm.join(peer, 'all')
    swarm.receive(peer, { type: 'unchoke' })
  }
  for (let block = 0; block < 4; block++)
    for (const peer of quickOnes) {
      swarm.advanceTo(swarm.now + 5)
      const [request] = swarm.openRequests(peer)
      if (request) swarm.receive(peer, swarm.block(request))
    }
  return swarm
}

const askedOf = (swarm: LoneSwarm, peer: string) => swarm.sent('request', peer).map(({ chunk }) => chunk)

describe('endgame', () => {
  it('[ENDGAME-1] asks a quicker neighbour for the chunk that is longest in coming, once nothing is left to begin', () => {
    const swarm = lastChunk()
    expect(new Set(askedOf(swarm, 'slow'))).toEqual(new Set([0]))
    expect(askedOf(swarm, 'quick')).toEqual([1, 1, 1, 1, 0, 0, 0, 0])
  })

  it('[ENDGAME-1] leaves to a slow neighbour what it will send next, and asks another for what would come last', () => {
    const swarm = lastChunk({ maxWindowBytes: 16_384, minWindowBlocks: 8 }, ['quick'], 2)
    expect(askedOf(swarm, 'slow')).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
    expect(askedOf(swarm, 'quick').slice(4, 8)).toEqual([1, 1, 1, 1])
  })

  it('[ENDGAME-2] takes the first to be whole, and takes back what is still asked of the other', () => {
    const swarm = lastChunk()
    swarm.answerRequests('quick')
    expect(swarm.swarm.snapshot(swarm.now).chunksHeld).toBe(12)
    expect(swarm.sent('cancel', 'slow').map(({ chunk, offset }) => [chunk, offset])).toEqual([
      [0, 0],
      [0, 2_048],
      [0, 4_096],
      [0, 6_144],
    ])
    expect(swarm.sent('have', 'slow').filter(({ chunk }) => chunk === 0)).toHaveLength(1)
  })

  it('[ENDGAME-2] is harmed by neither answer that the other may still give', () => {
    const swarm = lastChunk()
    swarm.answerRequests('quick')
    const [first, ...others] = swarm.sent('request', 'slow')
    if (first) swarm.receive('slow', swarm.block(first))
    for (const { chunk, offset } of others) swarm.receive('slow', { type: 'reject', chunk, offset })
    expect(swarm.emitted('drop-peer')).toEqual([])
    expect(swarm.swarm.snapshot(swarm.now).neighbours).toHaveLength(2)
  })

  it('[ENDGAME-2] has no chunk under way more than twice', () => {
    const swarm = lastChunk({}, ['quick', 'as quick'])
    expect(askedOf(swarm, 'quick')).toEqual([1, 1, 1, 1, 0, 0, 0, 0])
    expect(askedOf(swarm, 'as quick')).toEqual([2, 2, 2, 2])
  })

  it('[ENDGAME-1] asks nobody twice while a chunk is left to begin, or if it is switched off', () => {
    const swarm = new LoneSwarm(source, {
      held: everyChunk.slice(3),
      policy: { minWindowBlocks: 4, maxWindowBytes: 8_192 },
    })
    for (const peer of ['a', 'b', 'c']) {
      swarm.join(peer, 'all')
      swarm.receive(peer, { type: 'unchoke' })
    }
    expect(
      new Set(askedOf(swarm, 'a')).size + new Set(askedOf(swarm, 'b')).size + new Set(askedOf(swarm, 'c')).size,
    ).toBe(3)
    expect(askedOf(lastChunk({ endgame: false }), 'quick')).toEqual([1, 1, 1, 1])
  })

  it('[ENDGAME-1] ends a transfer that a slow neighbour would hold up', () => {
    const timeWith = (endgame: boolean) => {
      const swarm = new VirtualSwarm(source, 5)
      swarm.add('slow', { seed: true, uploadBytesPerSecond: 400 })
      swarm.add('quick', { seed: true, uploadBytesPerSecond: 20_000 })
      swarm.add('leecher', { policy: { endgame } })
      swarm.connectAll()
      expect(swarm.run(300_000, () => swarm.allComplete('leecher'))).toBe(true)
      return swarm.now
    }
    expect(timeWith(true)).toBeLessThan(7_000)
    expect(timeWith(false)).toBeGreaterThan(10_000)
  })
})
