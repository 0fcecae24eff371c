// What no honest neighbour sends costs it the connection, and nothing else.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import type { Message } from '../wire/index'

const source = testContent(8)
const hello: Message = { type: 'hello', version: 1 }

/** Holds chunks 0–3. Its neighbour `other` holds all, and is interested and served. */
function swarmWithOther(options: ConstructorParameters<typeof LoneSwarm>[1] = {}): LoneSwarm {
  const swarm = new LoneSwarm(source, { held: [0, 1, 2, 3], ...options })
  swarm.join('other', 'all')
  swarm.receive('other', { type: 'interested' }, { type: 'unchoke' })
  return swarm
}

const droppedFor = (swarm: LoneSwarm) =>
  swarm.emitted('drop-peer').map(({ peer, reason, ban }) => `${peer}${ban ? ', banned' : ''}: ${reason}`)

describe('a neighbour out of order', () => {
  it('[ORDER-1] is greeted as it joins: hello, and what we hold', () => {
    const swarm = new LoneSwarm(source, { held: [0, 7] })
    const sent = swarm.handle({ type: 'peer-joined', peer: 'a', dialled: false })
    const bitfield = { ...swarm.bitfieldMessage([0, 7]) }
    expect(sent).toEqual([hello, bitfield].map((message) => ({ type: 'send', peer: 'a', message, lane: 0 })))
  })

  it.each<[string, Message[]]>([
    ['interested before hello', [{ type: 'interested' }]],
    ['protocol version 2', [{ type: 'hello', version: 2 }]],
    ['a second hello', [hello, hello]],
    ['have before bitfield', [hello, { type: 'have', chunk: 0 }]],
  ])('[ORDER-1] is dropped for %s', (reason, messages) => {
    const swarm = swarmWithOther()
    swarm.handle({ type: 'peer-joined', peer: 'bad', dialled: false })
    swarm.receive('bad', ...messages)
    expect(droppedFor(swarm)).toEqual([`bad: ${reason}`])
  })

  it.each(['not-interested', 'choke'] as const)(
    '[ORDER-3] is dropped for %s at first, as that is no change',
    (type) => {
      const swarm = swarmWithOther()
      swarm.join('bad', [0, 1])
      swarm.receive('bad', { type })
      expect(droppedFor(swarm)).toEqual([`bad: ${type} twice`])
    },
  )

  const bitfield = swarmWithOther().bitfieldMessage([0, 1])
  const request = (chunk: number, offset = 0, length = 1_024): Message => ({ type: 'request', chunk, offset, length })
  it.each<[string, string, Message[]]>([
    ['ORDER-2', 'a second bitfield', [bitfield]],
    ['ORDER-2', 'have outside the content', [{ type: 'have', chunk: 8 }]],
    ['ORDER-2', 'have twice', [{ type: 'have', chunk: 1 }]],
    [
      'ORDER-2',
      'have twice',
      [
        { type: 'have', chunk: 5 },
        { type: 'have', chunk: 5 },
      ],
    ],
    ['ORDER-3', 'interested twice', [{ type: 'interested' }, { type: 'interested' }]],
    ['ORDER-3', 'unchoke twice', [{ type: 'unchoke' }, { type: 'unchoke' }]],
    ['ORDER-4', 'a request outside the content', [request(8)]],
    ['ORDER-4', 'a request outside the content', [request(0, 3_073)]],
    ['ORDER-4', 'a request outside the content', [request(7, 2_048, 1_024)]],
    ['ORDER-4', 'a request for a chunk that we do not hold', [request(4)]],
    [
      'ORDER-5',
      'a block that was not asked for',
      [{ type: 'block', chunk: 4, offset: 0, data: new Uint8Array(1_024) }],
    ],
    ['ORDER-5', 'a reject of no request', [{ type: 'reject', chunk: 4, offset: 0 }]],
  ])('[%s] is dropped for %s', (_rule, reason, messages) => {
    const swarm = swarmWithOther()
    swarm.join('bad', [0, 1])
    swarm.receive('bad', ...messages)
    expect(droppedFor(swarm)).toEqual([`bad: ${reason}`])
    expect(swarm.swarm.snapshot(0).neighbours.map(({ id }) => id)).toEqual(['other'])
  })

  it.each<[string, (swarm: LoneSwarm) => Message]>([
    ['of another size', (swarm) => ({ ...swarm.bitfieldMessage(), chunkCount: 9, bits: new Uint8Array(2) })],
    ['of another manifest', (swarm) => ({ ...swarm.bitfieldMessage(), manifestBytes: 7 })],
  ])('[ORDER-2] is dropped for a bitfield %s', (_what, message) => {
    const swarm = swarmWithOther()
    swarm.handle({ type: 'peer-joined', peer: 'bad', dialled: false })
    swarm.receive('bad', hello, message(swarm))
    expect(droppedFor(swarm)).toEqual(['bad: a bitfield of another content'])
    expect(swarm.swarm.chunkMap()?.copies).toEqual(new Uint16Array(8).fill(1))
  })

  it('[ORDER-2] is dropped for a bitfield with bits beyond its end', () => {
    const swarm = new LoneSwarm(testContent(9), { held: [] })
    swarm.handle({ type: 'peer-joined', peer: 'bad', dialled: false })
    swarm.receive('bad', hello, { ...swarm.bitfieldMessage(), bits: Uint8Array.of(0, 1) })
    expect(droppedFor(swarm)).toEqual(['bad: a bitfield with bits beyond its end'])
  })

  it('[ORDER-5] is dropped for a block of another length than was asked for', () => {
    const swarm = swarmWithOther()
    const [open] = swarm.openRequests('other')
    if (!open) throw new Error('nothing was asked')
    swarm.receive('other', {
      type: 'block',
      chunk: open.chunk,
      offset: open.offset,
      data: new Uint8Array(open.length - 1),
    })
    expect(droppedFor(swarm)).toEqual(['other: a block that was not asked for'])
  })

  it('[ORDER-4] is dropped for a request for content that we do not know yet', () => {
    const swarm = new LoneSwarm(source)
    swarm.join('bad', [0])
    swarm.receive('bad', request(0))
    expect(droppedFor(swarm)).toEqual(['bad: a request for content that we do not know'])
  })

  it('[ORDER-4] is dropped at its 1,025th open request, not before', () => {
    const swarm = swarmWithOther({ uploadBytesPerSecond: 0 })
    // The first is answered at once: a block's worth may go.
    swarm.receive('other', request(0))
    const byte = (i: number): Message => ({ type: 'request', chunk: 1 + (i % 3), offset: Math.floor(i / 3), length: 2 })
    for (let i = 0; i < 1_024; i++) swarm.receive('other', byte(i))
    expect(droppedFor(swarm)).toEqual([])
    swarm.receive('other', byte(1_024))
    expect(droppedFor(swarm)).toEqual(['other: requests without end'])
  })

  it('[ORDER-4] is dropped when it asks for a block again before it has its answer', () => {
    const swarm = swarmWithOther({ uploadBytesPerSecond: 0 })
    swarm.receive('other', request(0), request(1))
    expect(droppedFor(swarm)).toEqual([])
    swarm.receive('other', request(1))
    expect(droppedFor(swarm)).toEqual(['other: the same block asked for twice at once'])
  })

  it('[ORDER-4] is dropped at its 2,049th request in vain within 5 s, not before', () => {
    const swarm = swarmWithOther()
    swarm.join('bad')
    for (let i = 0; i < 2_048; i++) swarm.receive('bad', request(0))
    swarm.advanceTo(5_000)
    for (let i = 0; i < 2_048; i++) swarm.receive('bad', request(0))
    expect(droppedFor(swarm)).toEqual([])
    swarm.receive('bad', request(0))
    expect(droppedFor(swarm)).toEqual(['bad: requests without end while choked'])
  })

  it.each<[string, number, (i: number) => Message]>([
    ['change of mind', 2_048, (i) => ({ type: i % 2 === 0 ? 'interested' : 'not-interested' })],
    ['change of whether it serves', 2_048, (i) => ({ type: i % 2 === 0 ? 'unchoke' : 'choke' })],
    // Of small blocks, the requests of sixteen chunks are so many: two of each may be refused within a watch.
    ['cancel', 16_384, () => ({ type: 'cancel', chunk: 0, offset: 0 })],
    ['sign of life', 2_048, () => ({ type: 'keep-alive' })],
  ])('[ORDER-8] is dropped for one %s more than %i within 5 s, not before', (_what, most, message) => {
    const swarm = swarmWithOther()
    swarm.join('bad', [0])
    const say = (count: number) => {
      for (let i = 0; i < count; i++) swarm.receive('bad', message(i))
    }
    say(most)
    swarm.advanceTo(5_000)
    say(most)
    expect(droppedFor(swarm)).toEqual([])
    say(1)
    expect(droppedFor(swarm)).toEqual(['bad: chatter without end'])
  })

  it('[ORDER-6] is dropped for a frame that is no message, and not listened to any more', () => {
    const swarm = swarmWithOther()
    swarm.handle({ type: 'frame-refused', peer: 'other', reason: 'a frame of unknown kind 99' })
    expect(droppedFor(swarm)).toEqual(['other: a frame of unknown kind 99'])
    expect(swarm.receive('other', { type: 'have', chunk: 99 }, request(0))).toEqual([])
  })
})
