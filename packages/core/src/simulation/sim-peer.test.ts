// What a swarm leaves out on the simulated network that it does in a tab: its one neighbour is played by the test.
import { describe, expect, it } from 'vitest'
import { CHUNK_BYTES } from '../content/index'
import { defaultPolicy, FIRST_LOW_MARK_BYTES, type SwarmAction, type SwarmEvent } from '../swarm/index'
import type { Message } from '../wire/index'
import { openAccess } from './access'
import { seededRandom } from './seeded-random'
import { SimPeer } from './sim-peer'
import { simulatedBlock, simulatedContent } from './simulated-content'

const CHUNKS = 8
const { content, pages } = simulatedContent(CHUNKS * CHUNK_BYTES, CHUNK_BYTES)

/** A peer that has met a neighbour, which holds all chunks or none, at time 0. */
function meet(behaviour: 'server' | 'normal', network?: 'paths', uploadBytesPerSecond = 1_000_000) {
  const rates = { uploadBytesPerSecond, downloadBytesPerSecond: 1_000_000, latencyMs: 50 }
  const access = network && openAccess(rates, seededRandom(1))
  const peer = new SimPeer({ id: 'it', ...rates, behaviour, content, pages, policy: {}, access })
  const swarm = peer.join(0, seededRandom(1))
  const actions: SwarmAction[] = []
  const handle = (event: SwarmEvent, now = 0) => actions.push(...swarm.handle(event, now))
  const receive = (message: Message) => handle({ type: 'message-received', peer: 'other', message })
  handle({ type: 'peer-joined', peer: 'other', dialled: false })
  receive({ type: 'hello', version: 1 })
  const bits = Uint8Array.of(behaviour === 'server' ? 0 : 0xff)
  receive({ type: 'bitfield', manifestBytes: content.manifestBytes.length, chunkCount: CHUNKS, bits })
  return { swarm, actions, handle, receive }
}

const sentIn = (actions: readonly SwarmAction[]) =>
  actions.flatMap((action) => (action.type === 'send' ? [action.message] : []))

describe('a simulated peer', () => {
  it('[SIM-15] drops nobody who is silent, and says nothing to show that it lives', () => {
    const { swarm, actions, handle } = meet('normal')
    for (let now = swarm.wakeAt; now < 120_000; now = swarm.wakeAt) handle({ type: 'wake' }, now)
    expect(actions.filter(({ type }) => type === 'drop-peer')).toEqual([])
    expect(sentIn(actions).filter(({ type }) => type === 'keep-alive')).toEqual([])
  })

  it('[SIM-15] asks a new neighbour for blocks of the usual size', () => {
    const { actions, receive } = meet('normal')
    receive({ type: 'unchoke' })
    const lengths = sentIn(actions).flatMap((message) => (message.type === 'request' ? [message.length] : []))
    expect(new Set(lengths)).toEqual(new Set([defaultPolicy.blockBytes]))
  })

  it('[SIM-18] asks a new neighbour for small blocks on a network of paths, as in a tab', () => {
    const { actions, receive } = meet('normal', 'paths')
    receive({ type: 'unchoke' })
    const lengths = sentIn(actions).flatMap((message) => (message.type === 'request' ? [message.length] : []))
    expect(Math.max(...lengths)).toBeLessThan(defaultPolicy.blockBytes / 4)
  })

  it.each([
    ['[SIM-3] has its uplink’s rate as its limit', undefined, 4],
    ['[SIM-18] has no limit on a network of paths: its uplink’s queue is what tells', 'paths' as const, 12],
  ])('%s', (_what, network, blocks) => {
    const { actions, handle, receive } = meet('server', network, 1_000)
    receive({ type: 'interested' })
    const length = 16_384
    for (let offset = 0; offset < 12 * length; offset += length) receive({ type: 'request', chunk: 0, offset, length })
    // Whatever is loaded is sent at once.
    const loads = () => actions.filter((action) => action.type === 'load-block')
    for (let sent = 0; sent < loads().length; sent++) {
      const { chunk, offset } = loads()[sent] as ReturnType<typeof loads>[number]
      handle({ type: 'block-loaded', peer: 'other', chunk, offset, data: simulatedBlock(length, true) })
      handle({ type: 'send-drained', peer: 'other', bufferedBytes: 0 })
    }
    expect(loads()).toHaveLength(blocks)
  })

  it('[SIM-15] lets no less wait on a link because it drains slowly', () => {
    const { actions, handle, receive } = meet('server')
    receive({ type: 'interested' })
    receive({ type: 'request', chunk: 0, offset: 0, length: defaultPolicy.blockBytes })
    const data = simulatedBlock(defaultPolicy.blockBytes, true)
    handle({ type: 'block-loaded', peer: 'other', chunk: 0, offset: 0, data })
    handle({ type: 'send-drained', peer: 'other', bufferedBytes: data.length })
    handle({ type: 'send-drained', peer: 'other', bufferedBytes: 0 }, 60_000)
    const marks = actions.flatMap((action) => (action.type === 'set-low-mark' ? [action.bytes] : []))
    expect(marks).toHaveLength(1)
    expect(marks[0]).toBeGreaterThan(FIRST_LOW_MARK_BYTES)
  })

  it('[SIM-15] looks its neighbours over every 10 s', () => {
    const { swarm, handle } = meet('server')
    const looks: number[] = []
    for (let { at, why } = swarm.nextWake; at < 40_000; { at, why } = swarm.nextWake) {
      if (why === 'look neighbours over') looks.push(at)
      handle({ type: 'wake' }, at)
    }
    expect(looks).toEqual([10_000, 20_000, 30_000])
  })
})
