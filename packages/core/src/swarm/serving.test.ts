// Requests and their answers, from the side that serves.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import type { Message } from '../wire/index'

const source = testContent(8)
const request = (chunk: number, block = 0): Message => ({
  type: 'request',
  chunk,
  offset: block * 1_024,
  length: 1_024,
})
const answers = (swarm: LoneSwarm, to?: string) =>
  [...swarm.sent('block', to), ...swarm.sent('reject', to)].map(
    ({ type, chunk, offset }) => `${type} ${chunk}.${offset / 1_024}`,
  )

/** Serves `a`; its store answers only when the test says so. */
function serving(options: ConstructorParameters<typeof LoneSwarm>[1] = {}): LoneSwarm {
  const swarm = new LoneSwarm(source, { held: 'all', policy: { handOutOnce: false }, ...options })
  swarm.join('a')
  swarm.receive('a', { type: 'interested' })
  return swarm
}

function loaded(swarm: LoneSwarm, peer: string, chunk: number, block = 0): void {
  const offset = block * 1_024
  const data = source.chunks[chunk]?.subarray(offset, offset + 1_024)
  swarm.handle({ type: 'block-loaded', peer, chunk, offset, data })
}

describe('serving', () => {
  it('[SERVE-1] answers a request with its block', () => {
    const swarm = serving()
    swarm.receive('a', request(3, 1))
    expect(swarm.sent('block')).toEqual([
      { type: 'block', to: 'a', at: 0, chunk: 3, offset: 1_024, data: source.chunks[3]?.subarray(1_024, 2_048) },
    ])
  })

  it('[SERVE-1] rejects the request of one that is choked', () => {
    const swarm = serving()
    swarm.join('choked')
    swarm.receive('choked', request(3))
    expect(answers(swarm, 'choked')).toEqual(['reject 3.0'])
    expect(swarm.emitted('load-block')).toEqual([])
  })

  it('[SERVE-1] rejects a request whose block cannot be read', () => {
    const swarm = serving({ storeIsSlow: true })
    swarm.receive('a', request(3))
    swarm.handle({ type: 'block-loaded', peer: 'a', chunk: 3, offset: 0, data: undefined })
    expect(answers(swarm)).toEqual(['reject 3.0'])
  })

  it('[SERVE-2] answers a cancel by a reject, unless the block is already being read: then by the block alone', () => {
    const swarm = serving({ storeIsSlow: true, uploadBytesPerSecond: 1_024 })
    swarm.receive('a', request(3, 0), request(3, 1))
    expect(swarm.emitted('load-block').map(({ offset }) => offset)).toEqual([0])
    swarm.receive('a', { type: 'cancel', chunk: 3, offset: 0 }, { type: 'cancel', chunk: 3, offset: 1_024 })
    expect(answers(swarm)).toEqual(['reject 3.1'])
    loaded(swarm, 'a', 3)
    swarm.advanceTo(10_000)
    expect(answers(swarm)).toEqual(['block 3.0', 'reject 3.1'])
  })

  it('[SERVE-2] answers a cancel of nothing by nothing', () => {
    const swarm = serving()
    swarm.receive('a', { type: 'cancel', chunk: 3, offset: 0 })
    expect(answers(swarm)).toEqual([])
  })

  it('[SERVE-3] rejects what a neighbour has asked for when it chokes it, except for the rest of the chunk it was getting', () => {
    const swarm = serving({ uploadBytesPerSecond: 1_024 })
    swarm.receive('a', request(3, 0), request(3, 1), request(4, 0), request(5, 0))
    swarm.receive('a', { type: 'not-interested' })
    expect(swarm.sent('choke', 'a')).toHaveLength(1)
    expect(answers(swarm)).toEqual(['block 3.0', 'reject 4.0', 'reject 5.0'])
    swarm.receive('a', request(3, 2), request(4, 0))
    swarm.advanceTo(5_000)
    expect(answers(swarm)).toEqual(['block 3.0', 'block 3.1', 'block 3.2', 'reject 4.0', 'reject 5.0', 'reject 4.0'])
  })

  it('[SERVE-3] lets a neighbour finish a chunk that it had begun before it was choked, unchoked and choked again', () => {
    const swarm = serving()
    swarm.receive('a', request(3, 0), { type: 'not-interested' }, { type: 'interested' }, { type: 'not-interested' })
    expect([swarm.sent('choke', 'a').length, swarm.sent('unchoke', 'a').length]).toEqual([2, 2])
    swarm.receive('a', request(3, 1), request(4, 0))
    expect(answers(swarm)).toEqual(['block 3.0', 'block 3.1', 'reject 4.0'])
  })

  it('[SERVE-3] lets a choked neighbour have one chunk at most beyond its turn', () => {
    const bytes = 262_144
    const large = testContent(2, bytes)
    const swarm = new LoneSwarm(large, { held: 'all', policy: { handOutOnce: false } })
    swarm.join('a')
    const ask: Message = { type: 'request', chunk: 0, offset: 0, length: 65_536 }
    swarm.receive('a', { type: 'interested' }, ask, { type: 'not-interested' })
    for (let i = 0; i < 10; i++) swarm.receive('a', ask)
    expect(swarm.sent('block')).toHaveLength(1 + bytes / 65_536)
    expect(swarm.sent('reject')).toHaveLength(10 - bytes / 65_536)
  })

  /** `a`, `b` and `c` are served, a block a second between them. */
  function servingThree(): LoneSwarm {
    const swarm = serving({ uploadBytesPerSecond: 1_024 })
    for (const peer of ['b', 'c']) {
      swarm.join(peer)
      swarm.receive(peer, { type: 'interested' })
    }
    return swarm
  }
  const wholeChunk = (chunk: number) => [0, 1, 2, 3].map((block) => request(chunk, block))
  const order = (swarm: LoneSwarm) => swarm.sent('block').map(({ to, chunk }) => `${to}${chunk}`)

  it('[SERVE-4] serves its neighbours in turn, a whole chunk each', () => {
    const swarm = servingThree()
    for (const peer of ['a', 'b', 'c']) swarm.receive(peer, ...wholeChunk(0), ...wholeChunk(1))
    swarm.advanceTo(24_000)
    const turns = ['a0', 'b0', 'c0', 'a1', 'b1', 'c1']
    expect(order(swarm)).toEqual(turns.flatMap((turn) => [turn, turn, turn, turn]))
  })

  it('[SERVE-4] serves one that comes back for the rest of its chunk before one that has waited longer', () => {
    const swarm = servingThree()
    swarm.receive('a', request(0))
    swarm.receive('b', ...wholeChunk(1))
    swarm.receive('c', ...wholeChunk(2))
    swarm.receive('a', request(0, 1))
    swarm.advanceTo(2_000)
    expect(order(swarm)).toEqual(['a0', 'a0', 'b1'])
  })

  it('[SERVE-4] serves those that have part of a chunk in turn, a block each', () => {
    const swarm = servingThree()
    swarm.receive('a', request(0))
    swarm.receive('b', request(1))
    swarm.advanceTo(1_000)
    swarm.receive('a', request(0, 1), request(0, 2))
    swarm.receive('b', request(1, 1), request(1, 2))
    swarm.receive('c', request(2))
    swarm.advanceTo(6_000)
    expect(order(swarm)).toEqual(['a0', 'b1', 'a0', 'b1', 'a0', 'b1', 'c2'])
  })

  it('[SERVE-4] gives nobody more than a chunk a turn, however often it asks for the same one', () => {
    const swarm = servingThree()
    swarm.receive('a', ...wholeChunk(0))
    swarm.receive('b', ...wholeChunk(1))
    for (let at = 0, repeated = 0; at <= 11_000; at += 100) {
      swarm.advanceTo(at)
      const sent = swarm.sent('block', 'a')
      // Each block that comes is asked for once more.
      for (const { chunk, offset, data } of sent.slice(repeated))
        swarm.receive('a', { type: 'request', chunk, offset, length: data.length })
      repeated = sent.length
    }
    expect(order(swarm)).toEqual(['a0', 'b1', 'a0'].flatMap((turn) => [turn, turn, turn, turn]))
  })

  it('[SERVE-5] reads no further ahead than a link has shown to take', () => {
    const large = testContent(24, 65_536)
    const swarm = new LoneSwarm(large, {
      held: 'all',
      storeIsSlow: true,
      policy: { blockBytes: 65_536, handOutOnce: false },
    })
    const data = large.chunks[0] as Uint8Array
    const load = (chunk: number) => swarm.handle({ type: 'block-loaded', peer: 'a', chunk, offset: 0, data })
    swarm.join('a')
    swarm.receive('a', { type: 'interested' })
    for (let chunk = 0; chunk < 23; chunk++) swarm.receive('a', { type: 'request', chunk, offset: 0, length: 65_536 })
    // Of a new link nothing is known: one block, and the next when it is on its way.
    expect(swarm.emitted('load-block')).toHaveLength(1)
    load(0)
    expect(swarm.emitted('load-block')).toHaveLength(1)
    swarm.advanceTo(1)
    swarm.handle({ type: 'send-drained', peer: 'a', bufferedBytes: 0 })
    // 64 KiB in a millisecond: now it may hold 256 KiB, and more only later.
    expect(swarm.emitted('set-low-mark').map(({ bytes }) => bytes)).toEqual([196_608])
    expect(swarm.emitted('load-block')).toHaveLength(1 + 4)
    load(1)
    expect(swarm.emitted('load-block')).toHaveLength(1 + 4)
  })

  it('[ORDER-7] sends no block that was read for a connection that has gone', () => {
    const swarm = serving({ storeIsSlow: true })
    swarm.receive('a', request(3))
    swarm.handle({ type: 'peer-left', peer: 'a' })
    loaded(swarm, 'a', 3)
    swarm.join('a')
    loaded(swarm, 'a', 3)
    expect(answers(swarm)).toEqual([])
  })

  it('[SERVE-5] leaves no more on a link that is not read than the upload limit lets through in a second', () => {
    const large = testContent(8, 16_384)
    const swarm = new LoneSwarm(large, { held: 'all', storeIsSlow: true, uploadBytesPerSecond: 6_000 })
    swarm.join('a')
    swarm.receive('a', { type: 'interested' })
    for (let chunk = 0; chunk < 7; chunk++)
      for (let offset = 0; offset < 12_288; offset += 4_096)
        swarm.receive('a', { type: 'request', chunk, offset, length: 4_096 })
    let loaded = 0
    for (let second = 1; second < 50; second++) {
      swarm.advanceTo(second * 1_000)
      const loads = swarm.emitted('load-block')
      for (const { peer, chunk, offset, length } of loads.slice(loaded))
        swarm.handle({ type: 'block-loaded', peer, chunk, offset, data: new Uint8Array(length) })
      loaded = loads.length
    }
    expect(swarm.sent('block').reduce((sum, { data }) => sum + data.length, 0)).toBe(24_576)
  })
})
