// Answers of the store and words of a neighbour that come when the neighbour has gone: they are normal.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import type { SwarmEvent } from './events'

const source = testContent(4)

/** Everything of chunk 3 came from `a`, and is being checked. */
function checking(): LoneSwarm {
  const swarm = new LoneSwarm(source, { held: [0, 1, 2], storeIsSlow: true })
  swarm.join('a', 'all')
  swarm.join('b', [0])
  swarm.receive('a', { type: 'unchoke' })
  swarm.answerAll('a')
  expect(swarm.emitted('check-chunk').map(({ chunk, from }) => [chunk, from])).toEqual([[3, 'a']])
  return swarm
}

const answer = (type: 'right' | 'wrong' | 'failed'): SwarmEvent =>
  type === 'failed'
    ? { type: 'store-failed', chunk: 3, from: 'a' }
    : { type: 'chunk-checked', chunk: 3, from: 'a', ok: type === 'right' }

const held = (swarm: LoneSwarm) => swarm.swarm.snapshot(swarm.now).chunksHeld

describe('late answers', () => {
  it('[CHECK-2] holds and announces a chunk only when it has been checked and kept', () => {
    const swarm = checking()
    swarm.advanceTo(20_000)
    expect(held(swarm)).toBe(3)
    expect(swarm.sent('have')).toEqual([])
    swarm.handle(answer('right'))
    expect(held(swarm)).toBe(4)
    expect(swarm.sent('have').map(({ to, chunk }) => [to, chunk])).toEqual([
      ['a', 3],
      ['b', 3],
    ])
  })

  it('[CHECK-2] keeps a chunk whose sender has left meanwhile', () => {
    const swarm = checking()
    swarm.handle({ type: 'peer-left', peer: 'a' })
    swarm.handle(answer('right'))
    expect(held(swarm)).toBe(4)
    expect(swarm.sent('have').map(({ to }) => to)).toEqual(['b'])
  })

  it('[CHECK-1] bans a liar that has left meanwhile, and fetches the chunk elsewhere', () => {
    const swarm = checking()
    swarm.handle({ type: 'peer-left', peer: 'a' })
    swarm.receive('b', { type: 'have', chunk: 3 }, { type: 'unchoke' })
    expect(swarm.openRequests('b')).toEqual([])
    swarm.handle(answer('wrong'))
    expect(swarm.emitted('drop-peer').map(({ peer, ban }) => [peer, ban])).toEqual([['a', true]])
    expect(swarm.openRequests('b').map(({ chunk }) => chunk)).toEqual([3, 3, 3])
  })

  it('[CHECK-1] bans a liar that has left and come back', () => {
    const swarm = checking()
    swarm.handle({ type: 'peer-left', peer: 'a' })
    swarm.join('a', 'all')
    swarm.handle(answer('wrong'))
    expect(swarm.emitted('drop-peer').map(({ peer, ban }) => [peer, ban])).toEqual([['a', true]])
    expect(swarm.swarm.snapshot(0).neighbours.map(({ id }) => id)).toEqual(['b'])
  })

  it('[CHECK-3] fetches again what could not be kept, and bans nobody, though the sender has left', () => {
    const swarm = checking()
    swarm.handle({ type: 'peer-left', peer: 'a' })
    swarm.handle(answer('failed'))
    expect(swarm.emitted('drop-peer')).toEqual([])
    swarm.receive('b', { type: 'have', chunk: 3 }, { type: 'unchoke' })
    expect(swarm.openRequests('b').map(({ chunk }) => chunk)).toEqual([3, 3, 3])
  })

  it('[CHECK-2] takes a second answer, or one that nobody waits for, without harm', () => {
    const swarm = checking()
    swarm.handle(answer('right'))
    const before = swarm.log.length
    swarm.handle(answer('right'))
    swarm.handle(answer('failed'))
    expect(swarm.log).toHaveLength(before)
    expect(held(swarm)).toBe(4)
  })

  it.each<SwarmEvent>([
    { type: 'peer-left', peer: 'gone' },
    { type: 'message-received', peer: 'gone', message: { type: 'have', chunk: 9 } },
    { type: 'frame-refused', peer: 'gone', reason: 'a frame of 0 bytes' },
    { type: 'send-drained', peer: 'gone', bufferedBytes: 7 },
    { type: 'block-loaded', peer: 'gone', chunk: 0, offset: 0, data: new Uint8Array(5) },
  ])('[ORDER-7] does nothing at news of a neighbour that has gone: $type', (event) => {
    const swarm = checking()
    swarm.join('gone', [0])
    swarm.handle({ type: 'peer-left', peer: 'gone' })
    expect(swarm.handle(event)).toEqual([])
  })
})
