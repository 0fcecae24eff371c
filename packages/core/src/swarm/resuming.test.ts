// Who comes back with chunks of an earlier time: what it says, what it asks for, and what it does not.
import { describe, expect, it } from 'vitest'
import { Bitfield } from '../content/index'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'
import { Swarm } from './swarm'

const source = testContent(20)
const KEPT = [0, 3, 4, 19]

describe('resuming', () => {
  it('[RESUME-1] says at once what it holds, and asks for the rest only', () => {
    const swarm = new LoneSwarm(source, { held: KEPT })
    swarm.join('seed', 'all')
    const [bitfield] = swarm.sent('bitfield', 'seed')
    expect(bitfield?.bits).toEqual(swarm.bitfield(KEPT).toBytes())
    swarm.receive('seed', { type: 'unchoke' })
    swarm.answerAll('seed')
    const asked = new Set(swarm.sent('request').map(({ chunk }) => chunk))
    expect(KEPT.filter((chunk) => asked.has(chunk))).toEqual([])
    expect(asked.size).toBe(source.chunks.length - KEPT.length)
    expect(swarm.swarm.snapshot(0).chunksHeld).toBe(source.chunks.length)
  })

  it('[RESUME-1] serves what it holds to others', () => {
    const swarm = new LoneSwarm(source, { held: KEPT })
    swarm.join('newcomer')
    swarm.receive('newcomer', { type: 'interested' }, { type: 'request', chunk: 3, offset: 0, length: 1_024 })
    expect(swarm.sent('block', 'newcomer').map(({ chunk }) => chunk)).toEqual([3])
  })

  it('[RESUME-1] fetches a page that it has not kept, and then its chunks', () => {
    const { content, pages } = source
    const held = new Bitfield(content.layout.chunkCount)
    const swarm = new Swarm(
      {
        contentId: content.id,
        start: { content, pages: pages.map(() => undefined), held },
        downloading: true,
        uploading: true,
        now: 0,
      },
      () => 0.5,
    )
    const receive = (message: Parameters<typeof swarm.handle>[0] & { type: 'message-received' }) =>
      swarm.handle(message, 0)
    swarm.handle({ type: 'peer-joined', peer: 'a', dialled: false }, 0)
    receive({ type: 'message-received', peer: 'a', message: { type: 'hello', version: 1 } })
    const bits = Bitfield.full(content.layout.chunkCount).toBytes()
    const { length } = content.manifestBytes
    const asked = receive({
      type: 'message-received',
      peer: 'a',
      message: { type: 'bitfield', manifestBytes: length, chunkCount: content.layout.chunkCount, bits },
    })
    expect(asked).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ type: 'metadata-request', part: 1 }) }),
    )
    receive({ type: 'message-received', peer: 'a', message: { type: 'unchoke' } })
    const after = receive({
      type: 'message-received',
      peer: 'a',
      message: { type: 'metadata-block', part: 1, offset: 0, data: pages[0] as Uint8Array },
    })
    expect(after).toContainEqual({ type: 'page-known', page: 0, bytes: pages[0] })
    expect(after).toContainEqual(expect.objectContaining({ message: expect.objectContaining({ type: 'request' }) }))
  })

  it('[RESUME-2] tells each page once, when it is proved', () => {
    const swarm = new LoneSwarm(source)
    swarm.join('seed', 'all')
    for (const { part, offset, length } of swarm.sent('metadata-request').slice(0, 1))
      swarm.receive('seed', {
        type: 'metadata-block',
        part,
        offset,
        data: source.content.manifestBytes.slice(offset, offset + length),
      })
    expect(swarm.emitted('page-known')).toEqual([])
    const page = source.pages[0] as Uint8Array
    swarm.receive('seed', { type: 'metadata-block', part: 1, offset: 0, data: page })
    expect(swarm.emitted('page-known').map(({ page, bytes }) => [page, bytes])).toEqual([[0, page]])
  })

  it('[RESUME-3] announces a chunk that turns up later, and takes back what was asked of it', () => {
    const swarm = new LoneSwarm(source, { held: [], storeIsSlow: true })
    swarm.join('seed', 'all')
    swarm.join('other')
    swarm.receive('seed', { type: 'unchoke' })
    const chunk = swarm.openRequests('seed')[0]?.chunk as number
    swarm.handle({ type: 'chunk-restored', chunk })
    expect(swarm.sent('have', 'other').map((have) => have.chunk)).toEqual([chunk])
    expect(swarm.sent('cancel', 'seed').map((cancel) => cancel.chunk)).toContain(chunk)
    expect(swarm.swarm.snapshot(0).chunksHeld).toBe(1)
    swarm.handle({ type: 'chunk-restored', chunk })
    expect(swarm.sent('have', 'other')).toHaveLength(1)
  })

  it('[RESUME-3] does nothing before the manifest is known', () => {
    const swarm = new LoneSwarm(source)
    swarm.handle({ type: 'chunk-restored', chunk: 3 })
    expect(swarm.swarm.snapshot(0).chunksHeld).toBe(0)
  })

  it('[RESUME-1] one that comes back half-way gets the other half, and no more than that', () => {
    const swarm = new VirtualSwarm(source, 1)
    swarm.add('seed', { seed: true })
    const half = Array.from({ length: 10 }, (_, chunk) => chunk)
    swarm.add('back', { held: half })
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.get('back').stored.size === 20)).toBe(true)
    const { layout } = source.content
    expect(swarm.get('back').swarm.snapshot(0).downloadedBytes).toBe(layout.totalBytes - 10 * layout.chunkBytes)
  })
})
