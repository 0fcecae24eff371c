// A neighbour that owes blocks and sends none: others finish, and it is given another chance in small.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'

const source = testContent(6)

/** Lacks chunks 4 and 5. `mute` has sent one block of 4, and owes the others. */
function muted(): LoneSwarm {
  const swarm = new LoneSwarm(source, {
    held: [0, 1, 2, 3],
    policy: { minWindowBlocks: 4, maxWindowBytes: 4_096, picker: 'sequential', endgame: false },
  })
  swarm.join('mute', [4, 5])
  swarm.receive('mute', { type: 'unchoke' })
  const [first] = swarm.openRequests('mute')
  if (first) swarm.receive('mute', swarm.block(first))
  return swarm
}

// Whole transfers take a while on a busy machine.
describe('snubbing', { timeout: 30_000 }, () => {
  it('[SNUB-1] takes a neighbour for snubbed after 60 s without a due block, and then asks it for one block at a time', () => {
    const swarm = muted()
    expect(swarm.openRequests('mute')).toHaveLength(4)
    swarm.advanceTo(59_999)
    expect(swarm.neighbour('mute').snubbed).toBe(false)
    swarm.advanceTo(60_000)
    expect(swarm.neighbour('mute').snubbed).toBe(true)
    for (const { chunk, offset } of swarm.openRequests('mute')) swarm.receive('mute', { type: 'reject', chunk, offset })
    swarm.advanceTo(62_000)
    expect(swarm.neighbour('mute').snubbed).toBe(true)
    expect(swarm.openRequests('mute')).toHaveLength(1)
  })

  it('[SNUB-1] trusts it again with the first block', () => {
    const swarm = muted()
    swarm.advanceTo(61_000)
    expect(swarm.neighbour('mute').snubbed).toBe(true)
    swarm.answerRequests('mute')
    expect(swarm.neighbour('mute').snubbed).toBe(false)
    swarm.answerAll('mute')
    expect(swarm.swarm.snapshot(swarm.now).chunksHeld).toBe(6)
  })

  it('[SNUB-1] takes nobody for snubbed of whom nothing is due', () => {
    const swarm = muted()
    swarm.receive('mute', { type: 'choke' })
    for (const { chunk, offset } of swarm.openRequests('mute')) swarm.receive('mute', { type: 'reject', chunk, offset })
    swarm.advanceTo(240_000)
    expect(swarm.neighbour('mute').snubbed).toBe(false)
  })

  it('[SNUB-2] lets others fetch what it has begun; the first to be whole wins', () => {
    const swarm = muted()
    swarm.join('other', [4])
    swarm.receive('other', { type: 'unchoke' })
    swarm.advanceTo(59_999)
    expect(swarm.openRequests('other')).toEqual([])
    swarm.advanceTo(60_000)
    expect(swarm.openRequests('other').map(({ chunk }) => chunk)).toEqual([4, 4, 4, 4])
    swarm.answerAll('other')
    expect(swarm.sent('have', 'mute').map(({ chunk }) => chunk)).toEqual([4])
    expect(swarm.sent('cancel', 'mute').map(({ offset }) => offset)).toEqual([1_024, 2_048, 3_072])
  })

  it('[SNUB-3] gives up after 120 s what another has begun, and waits on for what nobody else can send', () => {
    const swarm = muted()
    swarm.join('other', [4])
    swarm.receive('other', { type: 'unchoke' })
    swarm.advanceTo(119_000)
    const [first] = swarm.openRequests('other')
    if (first) swarm.receive('other', swarm.block(first))
    expect(swarm.sent('cancel')).toEqual([])
    swarm.advanceTo(120_000)
    expect(swarm.sent('cancel').map(({ to, chunk }) => [to, chunk])).toEqual(new Array(3).fill(['mute', 4]))
    swarm.answerAll('mute') // Late: of chunk 5 they are of use, of chunk 4 they are harmless.
    expect(swarm.emitted('drop-peer')).toEqual([])
    expect(swarm.sent('have', 'mute').map(({ chunk }) => chunk)).toEqual([5])
  })

  it('[SNUB-2] is no obstacle: a transfer ends though one of its neighbours falls silent for good', () => {
    const swarm = new VirtualSwarm(testContent(40), 3)
    for (const id of ['seed1', 'seed2']) swarm.add(id, { seed: true, uploadBytesPerSecond: 8_000 })
    swarm.add('leecher')
    swarm.connectAll()
    let blocks = 0
    swarm.tamper = (from, _to, message) =>
      from === 'seed1' && message.type === 'block' && ++blocks > 10 ? undefined : message
    expect(swarm.run(120_000, () => swarm.allComplete('leecher'))).toBe(true)
    expect(swarm.holdsOriginal('leecher')).toBe(true)
    expect(swarm.sent('block', 'seed1').length).toBeLessThan(120)
  })

  it('[SNUB-3] regression: a seed whose uplink needs 160 s for a block still brings everybody everything', () => {
    const swarm = new VirtualSwarm(testContent(8, 16_384), 1)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: 25.6 })
    for (let i = 0; i < 5; i++) swarm.add(`p${i}`, { uploadBytesPerSecond: 256 })
    swarm.connectAll()
    const oneCopyMs = (swarm.source.content.layout.totalBytes / 25.6) * 1_000
    expect(swarm.run(2 * oneCopyMs, () => swarm.allComplete())).toBe(true)
  })
})
