// A fresh seed gives each chunk once before it gives any twice: the quickest way to have a second copy of everything.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'
import type { Message } from '../wire/index'

const source = testContent(240, 1_024)
const { totalBytes } = source.content.layout
const request = (chunk: number, block = 0): Message => ({
  type: 'request',
  chunk,
  offset: block * 1_024,
  length: 1_024,
})

/** A seed that nobody has asked yet, and three that it serves. */
function fresh(policy = {}, count = 8): LoneSwarm {
  const swarm = new LoneSwarm(testContent(count), { held: 'all', policy })
  for (const peer of ['a', 'b', 'c']) {
    swarm.join(peer)
    swarm.receive(peer, { type: 'interested' })
  }
  return swarm
}

const answersTo = (swarm: LoneSwarm, to: string) =>
  [...swarm.sent('block', to), ...swarm.sent('reject', to)].map(({ type, chunk }) => `${type} ${chunk}`)

// Whole transfers take a while on a busy machine.
describe('hand-out', { timeout: 30_000 }, () => {
  it('[HANDOUT-1] gives a chunk to one neighbour only until every chunk is out', () => {
    const swarm = fresh()
    swarm.receive('a', request(0), request(0, 1))
    swarm.receive('b', request(0))
    expect(answersTo(swarm, 'a')).toEqual(['block 0', 'block 0'])
    expect(answersTo(swarm, 'b')).toEqual(['reject 0'])
    for (let chunk = 1; chunk < 8; chunk++) swarm.receive('a', request(chunk))
    swarm.receive('b', request(0))
    expect(answersTo(swarm, 'b')).toEqual(['reject 0', 'block 0'].sort())
  })

  it('[HANDOUT-2] takes for out what a neighbour holds or comes to hold', () => {
    const swarm = fresh({}, 3)
    swarm.join('partial', [0])
    swarm.receive('b', { type: 'have', chunk: 1 })
    swarm.receive('a', request(0), request(1))
    expect(answersTo(swarm, 'a')).toEqual(['reject 0', 'reject 1'])
    swarm.receive('a', request(2), request(0))
    expect(answersTo(swarm, 'a')).toEqual(['block 2', 'block 0', 'reject 0', 'reject 1'])
  })

  it('[HANDOUT-3] gives to another what its first owner lost: by leaving, by a choke, or by a cancel', () => {
    const swarm = fresh({ regularSlots: 3, optimisticSlots: 0 })
    swarm.handle({ type: 'limits-changed', uploadBytesPerSecond: 0, downloadBytesPerSecond: undefined })
    swarm.receive('c', request(7)) // Takes what the bucket has saved up.
    swarm.receive('a', request(0))
    swarm.handle({ type: 'peer-left', peer: 'a' })
    swarm.receive('b', request(1), { type: 'cancel', chunk: 1, offset: 0 }, request(2), { type: 'not-interested' })
    expect(answersTo(swarm, 'b')).toEqual(['reject 1', 'reject 2'])
    swarm.handle({ type: 'limits-changed', uploadBytesPerSecond: undefined, downloadBytesPerSecond: undefined })
    swarm.receive('c', request(0), request(1), request(2))
    expect(answersTo(swarm, 'c')).toEqual(['block 7', 'block 0', 'block 1', 'block 2'])
  })

  it('[HANDOUT-1] takes no honest neighbour for a flood, however often it asks for what is out', () => {
    const swarm = fresh()
    swarm.receive('a', request(0))
    for (let i = 0; i < 10_000; i++) swarm.receive('b', request(0))
    expect(swarm.emitted('drop-peer')).toEqual([])
  })

  it('[HANDOUT-1] is over for a seed that joins with others, and can be switched off', () => {
    const late = fresh()
    late.join('other seed', 'all')
    late.receive('a', request(0))
    late.receive('b', request(0))
    expect(answersTo(late, 'b')).toEqual(['block 0'])
    const generous = fresh({ handOutOnce: false })
    generous.receive('a', request(0))
    generous.receive('b', request(0))
    expect(answersTo(generous, 'b')).toEqual(['block 0'])
  })

  it.each([1, 2])(
    '[HANDOUT-1] uploads at most 1.1 copies until each chunk is out, and 1.3 until all have it (seed %i)',
    (seed) => {
      const swarm = new VirtualSwarm(source, seed)
      swarm.add('seed', { seed: true, uploadBytesPerSecond: 20_000 })
      for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) swarm.add(id, { uploadBytesPerSecond: 20_000 })
      swarm.connectAll()
      expect(swarm.run(120_000, () => swarm.snapshot('seed').othersHoldAll)).toBe(true)
      expect(swarm.snapshot('seed').uploadedBytes).toBeLessThan(1.1 * totalBytes)
      expect(swarm.run(120_000, () => swarm.allComplete())).toBe(true)
      expect(swarm.snapshot('seed').uploadedBytes).toBeLessThan(1.3 * totalBytes)
      for (const id of swarm.peers.keys()) expect(swarm.holdsOriginal(id), id).toBe(true)
    },
  )
})
