// Which chunk is asked of whom.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import type { Message } from '../wire/index'

const CHUNKS = 40
const source = testContent(CHUNKS)
const everyChunk = [...source.chunks.keys()]
/** Even chunks are rare: one neighbour holds them. Three hold the odd ones. */
const common = everyChunk.filter((chunk) => chunk % 2 === 1)
/** One chunk at a time from each neighbour. */
const narrow = { minWindowBlocks: 4, maxWindowBytes: 4_096 }

const startedChunks = (swarm: LoneSwarm, from?: string) => [...new Set(swarm.sent('request', from).map((r) => r.chunk))]

function swarmWithRareChunks(seed: number, policy = {}): LoneSwarm {
  const swarm = new LoneSwarm(source, { held: [], seed, policy: { ...narrow, ...policy } })
  swarm.join('all', 'all')
  swarm.join('a', common)
  swarm.join('b', common)
  return swarm
}

describe('picking', () => {
  it('[PICK-1] takes chunks at random until it holds four, and then the rarest', () => {
    const firsts: number[] = []
    for (let seed = 1; seed <= 20; seed++) {
      const swarm = swarmWithRareChunks(seed)
      swarm.receive('all', { type: 'unchoke' })
      swarm.answerAll('all')
      const order = startedChunks(swarm)
      expect(order).toHaveLength(CHUNKS)
      // The fifth is asked for while the fourth is being checked.
      firsts.push(...order.slice(0, 4))
      const rareLeft = 20 - order.slice(0, 5).filter((chunk) => chunk % 2 === 0).length
      expect(
        order.slice(5, 5 + rareLeft).every((chunk) => chunk % 2 === 0),
        `seed ${seed}: ${order}`,
      ).toBe(true)
    }
    // At random, about half of 80 are common ones; rarest first, none would be.
    const commonFirsts = firsts.filter((chunk) => chunk % 2 === 1).length
    expect(commonFirsts).toBeGreaterThan(20)
    expect(commonFirsts).toBeLessThan(60)
    expect(new Set(firsts).size).toBeGreaterThan(25)
  })

  it('[PICK-2] asks a neighbour for nothing that it does not hold', () => {
    const swarm = swarmWithRareChunks(1)
    swarm.receive('a', { type: 'unchoke' })
    swarm.answerAll('a')
    expect(new Set(startedChunks(swarm, 'a'))).toEqual(new Set(common))
  })

  it('[PICK-2] turns to a chunk as soon as it has become the rarest', () => {
    const swarm = new LoneSwarm(source, { held: everyChunk.slice(4), policy: narrow })
    for (const peer of ['a', 'b', 'c']) swarm.join(peer, [0, 1, 2])
    swarm.join('d', [0, 1])
    swarm.receive('a', { type: 'unchoke' })
    expect(startedChunks(swarm)).toEqual([2])
    swarm.receive('d', { type: 'have', chunk: 2 }, { type: 'have', chunk: 3 })
    swarm.receive('b', { type: 'have', chunk: 3 }, { type: 'unchoke' })
    swarm.receive('c', { type: 'unchoke' })
    expect(startedChunks(swarm, 'b')).toEqual([3])
  })

  it('[PICK-4] goes from first to last with the sequential picker', () => {
    const swarm = swarmWithRareChunks(1, { picker: 'sequential', randomFirstChunks: 0 })
    swarm.receive('all', { type: 'unchoke' })
    swarm.answerAll('all')
    expect(startedChunks(swarm)).toEqual(everyChunk)
  })

  it('[PICK-5] finishes a chunk that it has begun before it begins another', () => {
    const swarm = new LoneSwarm(source, { held: [], policy: { minWindowBlocks: 6 } })
    swarm.join('a', 'all')
    swarm.receive('a', { type: 'unchoke' })
    swarm.answerAll('a')
    const asked = swarm.sent('request', 'a')
    expect(asked.length).toBe(
      everyChunk.reduce((sum, chunk) => sum + Math.ceil((source.chunks[chunk]?.length ?? 0) / 1_024), 0),
    )
    for (let i = 1; i < asked.length; i++)
      if (asked[i]?.chunk === asked[i - 1]?.chunk) expect(asked[i]?.offset).toBe((asked[i - 1]?.offset ?? 0) + 1_024)
      else expect(asked[i]?.offset).toBe(0)
  })

  it('[PICK-5] asks one neighbour only for each chunk, and for each block once', () => {
    const swarm = new LoneSwarm(source, { held: [], policy: { endgame: false } })
    for (const peer of ['a', 'b', 'c']) swarm.join(peer, 'all')
    for (const peer of ['a', 'b', 'c']) swarm.receive(peer, { type: 'unchoke' })
    for (const peer of ['a', 'b', 'c']) swarm.answerAll(peer)
    const chunksOf = ['a', 'b', 'c'].flatMap((peer) => startedChunks(swarm, peer))
    expect(chunksOf.sort((a, b) => a - b)).toEqual(everyChunk)
    const blocks = swarm.sent('request').map(({ chunk, offset }) => `${chunk}.${offset}`)
    expect(new Set(blocks).size).toBe(blocks.length)
  })

  it('[PICK-6] asks for a chunk that was refused elsewhere at once, and of the same neighbour a second later', () => {
    const swarm = new LoneSwarm(source, { held: everyChunk.slice(1), policy: narrow })
    swarm.join('a', [0])
    swarm.join('b', [0])
    swarm.receive('a', { type: 'unchoke' })
    const reject = ({ offset }: { offset: number }): Message => ({ type: 'reject', chunk: 0, offset })
    swarm.advanceTo(100)
    for (const request of swarm.sent('request', 'a')) swarm.receive('a', reject(request))
    expect(swarm.sent('request')).toHaveLength(4)
    swarm.receive('b', { type: 'unchoke' })
    expect(swarm.sent('request', 'b')).toHaveLength(4)
    for (const request of swarm.sent('request', 'b')) swarm.receive('b', reject(request))
    swarm.advanceTo(1_099)
    expect(swarm.sent('request')).toHaveLength(8)
    swarm.advanceTo(1_100)
    expect(
      swarm
        .sent('request')
        .slice(8)
        .map(({ at }) => at),
    ).toEqual([1_100, 1_100, 1_100, 1_100])
  })

  /** Lacks chunks 0 and 1. `a` has sent a block of 0 and owes the rest, and two blocks of 1; then it chokes us. */
  function chokedHalfWay(): LoneSwarm {
    const swarm = new LoneSwarm(source, {
      held: everyChunk.slice(2),
      policy: { minWindowBlocks: 5, maxWindowBytes: 5_120, picker: 'sequential' },
    })
    swarm.join('a', [0, 1])
    swarm.receive('a', { type: 'unchoke' })
    const [first] = swarm.openRequests('a')
    if (first) swarm.receive('a', swarm.block(first))
    expect(swarm.openRequests('a').map(({ chunk }) => chunk)).toEqual([0, 0, 0, 1, 1])
    swarm.receive('a', { type: 'choke' })
    swarm.join('b', [0, 1])
    swarm.receive('b', { type: 'unchoke' })
    return swarm
  }

  it('[PICK-7] when choked, waits for an answer to each request, and fetches no block twice', () => {
    const swarm = chokedHalfWay()
    expect(swarm.sent('cancel')).toEqual([])
    for (const request of swarm.openRequests('a').slice(0, 3)) swarm.receive('a', swarm.block(request))
    expect(swarm.sent('have', 'a').map(({ chunk }) => chunk)).toEqual([0])
    expect(swarm.openRequests('a').map(({ chunk, offset }) => [chunk, offset])).toEqual([
      [1, 0],
      [1, 1_024],
    ])
    swarm.answerAll('a') // With its first block, chunk 1 too is begun, and the rest of it is asked for.
    expect(swarm.sent('have', 'a').map(({ chunk }) => chunk)).toEqual([0, 1])
    expect(swarm.sent('request', 'a')).toHaveLength(8)
    expect(swarm.sent('request', 'b')).toEqual([])
  })

  it('[PICK-7] when choked, leaves a chunk to others as soon as a request for it is refused', () => {
    const swarm = chokedHalfWay()
    expect(swarm.openRequests('b')).toEqual([])
    swarm.receive('a', { type: 'reject', chunk: 1, offset: 0 })
    expect(swarm.openRequests('b').map(({ chunk }) => chunk)).toEqual([1, 1, 1, 1])
    expect(swarm.sent('cancel')).toEqual([]) // The choke refuses the rest by itself.
    swarm.receive('a', { type: 'reject', chunk: 1, offset: 1_024 })
    swarm.answerAll('a')
    swarm.answerAll('b')
    expect(swarm.sent('have', 'a').map(({ chunk }) => chunk)).toEqual([0, 1])
    expect(swarm.emitted('drop-peer')).toEqual([])
  })

  it('[PICK-7] when choked, leaves to others a chunk that it was about to ask for when the download limit stopped it', () => {
    const swarm = new LoneSwarm(source, {
      held: everyChunk.slice(2),
      downloadBytesPerSecond: 1_024,
      policy: { minWindowBlocks: 8, picker: 'sequential' },
    })
    swarm.join('a', [0, 1])
    swarm.receive('a', { type: 'unchoke' })
    swarm.advanceTo(3_500)
    expect(swarm.openRequests('a').map(({ chunk }) => chunk)).toEqual([0, 0, 0, 0])
    swarm.receive('a', { type: 'choke' })
    swarm.answerAll('a')
    swarm.join('b', [1])
    swarm.receive('b', { type: 'unchoke' })
    swarm.advanceTo(10_000)
    expect(swarm.openRequests('b').map(({ chunk }) => chunk)).toEqual([1, 1, 1, 1])
  })

  it('[PICK-7] when choked, asks for the rest of the chunk that it has begun, until that is refused', () => {
    const swarm = new LoneSwarm(source, {
      held: everyChunk.slice(1),
      policy: { minWindowBlocks: 2, maxWindowBytes: 2_048 },
    })
    swarm.join('a', [0])
    swarm.receive('a', { type: 'unchoke' })
    const [first, second] = swarm.openRequests('a')
    if (first) swarm.receive('a', swarm.block(first))
    swarm.receive('a', { type: 'choke' })
    if (second) swarm.receive('a', swarm.block(second))
    expect(swarm.openRequests('a').map(({ offset }) => offset)).toEqual([2_048, 3_072])
    for (const { chunk, offset } of swarm.openRequests('a')) swarm.receive('a', { type: 'reject', chunk, offset })
    swarm.advanceTo(60_000)
    expect(swarm.sent('request')).toHaveLength(4)
  })

  it('[PICK-8] begins chunks that somebody waits for before all others, in their order, from the first', () => {
    const swarm = swarmWithRareChunks(3)
    swarm.handle({ type: 'wanted-changed', first: 10, end: 18 })
    swarm.receive('all', { type: 'unchoke' })
    swarm.answerAll('all')
    expect(startedChunks(swarm).slice(0, 8)).toEqual([10, 11, 12, 13, 14, 15, 16, 17])
  })

  it('[PICK-8] turns to others where the neighbour lacks what is waited for, and back to its rule when nothing is', () => {
    const swarm = swarmWithRareChunks(3)
    swarm.handle({ type: 'wanted-changed', first: 10, end: 14 })
    swarm.receive('a', { type: 'unchoke' })
    swarm.answerRequests('a')
    expect(startedChunks(swarm, 'a').slice(0, 2)).toEqual([11, 13])

    swarm.handle({ type: 'wanted-changed', first: 0, end: 0 })
    swarm.answerAll('a')
    expect(startedChunks(swarm, 'a')).toHaveLength(common.length)
    expect(startedChunks(swarm, 'a').slice(2)).not.toEqual(common.filter((chunk) => chunk !== 11 && chunk !== 13))
  })
})
