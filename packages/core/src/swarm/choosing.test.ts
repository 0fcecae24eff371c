// Who fetches a part of the content: what it asks for, what it says, what it serves, and that everybody else is served
// as before.
import { describe, expect, it } from 'vitest'
import { Bitfield, buildContent, CHUNKS_PER_PAGE } from '../content/index'
import { LoneSwarm } from '../testing/lone-swarm'
import { sameBytes, testContent } from '../testing/test-content'
import { bitfieldOf } from '../testing/test-peer'
import { VirtualSwarm } from '../testing/virtual-swarm'
import type { Message } from '../wire/index'
import type { SwarmEvent } from './events'
import { Swarm } from './swarm'

const source = testContent(20)
const PART = [2, 3, 9]
const upload = { uploadBytesPerSecond: 20_000 }

const choosing = (chunks: number[] | 'all', size = 20): SwarmEvent => ({
  type: 'choice-changed',
  chosen: chunks === 'all' ? Bitfield.full(size) : bitfieldOf(size, chunks),
})
const asked = (swarm: LoneSwarm, of?: string) =>
  [...new Set(swarm.sent('request', of).map(({ chunk }) => chunk))].sort((a, b) => a - b)

/** Has chosen PART, of a seed that serves it. */
function partial(options: ConstructorParameters<typeof LoneSwarm>[1] = {}): LoneSwarm {
  const swarm = new LoneSwarm(source, { held: [], chosen: PART, ...options })
  swarm.join('seed', 'all')
  swarm.receive('seed', { type: 'unchoke' })
  return swarm
}

describe('choosing', { timeout: 30_000 }, () => {
  it('[CHOICE-2] asks for what is chosen, and for nothing else', () => {
    const swarm = partial()
    swarm.answerAll('seed')
    expect(asked(swarm)).toEqual(PART)
    expect(swarm.swarm.isDone).toBe(true)
    expect(swarm.swarm.isComplete).toBe(false)
    expect(swarm.swarm.snapshot(0)).toMatchObject({ chunksHeld: 3, chunksChosen: 3 })
  })

  it('[CHOICE-2] is interested only in those who have something of it', () => {
    const swarm = new LoneSwarm(source, { held: [], chosen: PART })
    swarm.join('other', [0, 1, 4])
    expect(swarm.neighbour('other').amInterested).toBe(false)
    swarm.receive('other', { type: 'have', chunk: 5 })
    expect(swarm.neighbour('other').amInterested).toBe(false)
    swarm.receive('other', { type: 'have', chunk: 9 })
    expect(swarm.neighbour('other').amInterested).toBe(true)
  })

  it('[CHOICE-2] asks nobody else for a chunk that it has not chosen, late and in the endgame either', () => {
    const swarm = partial()
    swarm.join('quick', 'all')
    swarm.receive('quick', { type: 'unchoke' })
    for (let at = 1; at < 60; at++) {
      swarm.advanceTo(at * 1_000)
      swarm.answerRequests('quick')
    }
    expect(asked(swarm)).toEqual(PART)
    expect(swarm.swarm.isDone).toBe(true)
  })

  it('[CHOICE-2] fetches the pages of what is chosen alone', () => {
    const chunkCount = 2 * CHUNKS_PER_PAGE + 5
    const { content } = buildContent([{ path: 'a', bytes: chunkCount }], new Uint8Array(chunkCount * 32), 1)
    const chosen = bitfieldOf(chunkCount, [CHUNKS_PER_PAGE])
    const pages = new Array(3).fill(undefined)
    const held = new Bitfield(chunkCount)
    const swarm = new Swarm(
      { contentId: content.id, start: { content, pages, held, chosen }, downloading: true, uploading: true, now: 0 },
      () => 0.5,
    )
    const bits = Bitfield.full(chunkCount).toBytes()
    const manifestBytes = content.manifestBytes.length
    const messages: Message[] = [
      { type: 'hello', version: 1 },
      { type: 'bitfield', manifestBytes, chunkCount, bits },
    ]
    swarm.handle({ type: 'peer-joined', peer: 'a', dialled: false }, 0)
    const parts = (actions: ReturnType<typeof swarm.handle>) =>
      actions.flatMap((action) =>
        action.type === 'send' && action.message.type === 'metadata-request' ? [action.message.part] : [],
      )
    const first = messages.flatMap((message) =>
      parts(swarm.handle({ type: 'message-received', peer: 'a', message }, 0)),
    )
    expect(new Set(first)).toEqual(new Set([2]))
    const more = parts(swarm.handle({ type: 'choice-changed', chosen: Bitfield.full(chunkCount) }, 0))
    expect(more).toContain(1)
    const unchoke: Message = { type: 'unchoke' }
    const asked = swarm.handle({ type: 'message-received', peer: 'a', message: unchoke }, 0)
    expect(asked.filter((action) => action.type === 'send' && action.message.type === 'request')).toEqual([])
  })

  it('[CHOICE-3] takes back what was asked of a chunk that is chosen no longer, and asks for what is', () => {
    const swarm = partial()
    const [begun] = asked(swarm)
    const others = PART.filter((chunk) => chunk !== begun).slice(0, 1)
    swarm.handle(choosing([...others, 12]))
    expect(new Set(swarm.sent('cancel').map(({ chunk }) => chunk))).toEqual(new Set([begun]))
    for (const { chunk, offset } of swarm.sent('cancel')) swarm.receive('seed', { type: 'reject', chunk, offset })
    swarm.advanceTo(2_000)
    swarm.answerAll('seed')
    expect(swarm.swarm.snapshot(0)).toMatchObject({ chunksHeld: 2, chunksChosen: 2 })
    swarm.handle(choosing(PART))
    swarm.answerAll('seed')
    expect(swarm.swarm.snapshot(0)).toMatchObject({ chunksHeld: 4, chunksChosen: 4 })
    expect(swarm.emitted('drop-peer')).toEqual([])
  })

  it('[CHOICE-3] keeps and announces a chunk that was whole before it was chosen no longer', () => {
    const swarm = partial({ storeIsSlow: true })
    for (const request of swarm.openRequests('seed'))
      if (request.chunk === 2) swarm.receive('seed', swarm.block(request))
    while (swarm.emitted('check-chunk').length === 0) swarm.answerRequests('seed')
    const [check] = swarm.emitted('check-chunk')
    swarm.handle(choosing([]))
    swarm.handle({ type: 'chunk-checked', chunk: check?.chunk ?? -1, from: 'seed', ok: true })
    expect(swarm.sent('have').map(({ chunk }) => chunk)).toEqual([check?.chunk])
    expect(swarm.swarm.snapshot(0)).toMatchObject({ chunksHeld: 1, chunksChosen: 1 })
    expect(swarm.neighbour('seed').amInterested).toBe(false)
  })

  it('[CHOICE-3] wants what is chosen now, though a chunk of the choice before still comes in', () => {
    const swarm = partial({ chosen: [9], storeIsSlow: true })
    swarm.answerAll('seed')
    swarm.handle(choosing([2]))
    swarm.handle({ type: 'chunk-checked', chunk: 9, from: 'seed', ok: true })
    expect(swarm.neighbour('seed').amInterested).toBe(true)
  })

  it('[CHOICE-4] wants nothing once it is done, serves what it holds, and is interested again when more is chosen', () => {
    const swarm = partial()
    swarm.answerAll('seed')
    expect(swarm.neighbour('seed').amInterested).toBe(false)
    swarm.join('newcomer')
    swarm.receive('newcomer', { type: 'interested' }, { type: 'request', chunk: 9, offset: 0, length: 1_024 })
    expect(swarm.sent('block', 'newcomer').map(({ chunk }) => chunk)).toEqual([9])
    swarm.advanceTo(100_000)
    expect(swarm.emitted('drop-peer')).toEqual([])
    swarm.handle(choosing('all'))
    expect(swarm.neighbour('seed').amInterested).toBe(true)
    swarm.answerAll('seed')
    expect(swarm.swarm.isComplete).toBe(true)
    expect(swarm.swarm.snapshot(0).chunksHeld).toBe(20)
  })

  it('[CHOICE-4] [CHOKE-6] serves by turn once it is done, though it holds a part, and not the one who sent it most', () => {
    const swarm = partial({ policy: { regularSlots: 1, optimisticSlots: 0, judgesSlots: false } })
    swarm.answerAll('seed')
    swarm.join('other')
    for (const id of ['seed', 'other']) swarm.receive(id, { type: 'interested' })
    expect(swarm.neighbour('seed').amChoking).toBe(false)
    swarm.advanceTo(10_001)
    expect(swarm.neighbour('other').amChoking).toBe(false)
  })

  it('[CHOICE-4] [CHOKE-6] takes nobody for a hoarder of what it does not hold itself', () => {
    const policy = { regularSlots: 1, optimisticSlots: 0, judgesSlots: false }
    const swarm = new LoneSwarm(source, { held: PART, chosen: PART, policy })
    swarm.join('empty')
    swarm.join('from elsewhere', [15])
    for (const id of ['empty', 'from elsewhere']) swarm.receive(id, { type: 'interested' })
    swarm.advanceTo(10_001)
    expect(swarm.neighbour('from elsewhere').amChoking).toBe(false)
  })

  it('[CHOICE-4] looks for nobody else where nothing moves, as nothing need', () => {
    const policy = { minNeighbours: 0 }
    const swarm = partial({ held: PART, policy })
    swarm.advanceTo(200_000)
    expect(swarm.emitted('find-peers')).toEqual([])
    swarm.handle(choosing('all'))
    swarm.advanceTo(400_000)
    expect(swarm.emitted('find-peers').length).toBeGreaterThan(0)
  })

  it('[CHOICE-5] says how many chunks it will hold: after its bitfield, and whenever that changes', () => {
    const swarm = partial({ held: [0, 2] })
    expect(swarm.sent('choice').map(({ chunks }) => chunks)).toEqual([4]) // 0, and 2, 3, 9.
    const kinds = swarm.log.flatMap(({ action }) => (action.type === 'send' ? [action.message.type] : []))
    expect(kinds.indexOf('choice')).toBe(kinds.indexOf('bitfield') + 1)
    swarm.answerAll('seed')
    expect(swarm.sent('choice')).toHaveLength(1)
    swarm.handle(choosing([...PART, 10]))
    swarm.handle(choosing('all'))
    swarm.advanceTo(swarm.now + 1_000)
    expect(swarm.sent('choice').map(({ chunks }) => chunks)).toEqual([4, 5, 20])
    swarm.join('late')
    expect(swarm.sent('choice', 'late')).toEqual([])
  })

  it('[CHOICE-5] says it once for many chunks that turn up at a time', () => {
    const swarm = partial({ held: [0] })
    for (const chunk of [4, 5, 6, 7, 8]) swarm.handle({ type: 'chunk-restored', chunk })
    expect(swarm.sent('choice').map(({ chunks }) => chunks)).toEqual([4, 5])
    swarm.advanceTo(swarm.now + 1_000)
    expect(swarm.sent('choice').map(({ chunks }) => chunks)).toEqual([4, 5, 9])
    swarm.advanceTo(swarm.now + 10_000)
    expect(swarm.sent('choice')).toHaveLength(3)
  })

  it('[CHOICE-5] believes a neighbour, and changes nothing for it; refuses what cannot be', () => {
    const swarm = new LoneSwarm(source, { held: 'all' })
    swarm.join('a', [1])
    expect(swarm.neighbour('a')).toMatchObject({ chunksHeld: 1, chunksChosen: 20 })
    swarm.receive('a', { type: 'choice', chunks: 1 })
    expect(swarm.neighbour('a')).toMatchObject({ complete: false, chunksHeld: 1, chunksChosen: 1 })
    swarm.receive('a', { type: 'choice', chunks: 21 })
    expect(swarm.emitted('drop-peer')).toMatchObject([{ peer: 'a', ban: false }])
    swarm.handle({ type: 'peer-joined', peer: 'b', dialled: false })
    swarm.receive('b', { type: 'hello', version: 1 }, { type: 'choice', chunks: 1 })
    expect(swarm.emitted('drop-peer')).toMatchObject([{ peer: 'a' }, { peer: 'b' }])
  })

  it('[CHOICE-5] [ORDER-8] takes a flood of choices for one', () => {
    const swarm = new LoneSwarm(source, { held: 'all' })
    swarm.join('a')
    for (let i = 0; i < 3_000; i++) swarm.receive('a', { type: 'choice', chunks: i % 20 })
    expect(swarm.emitted('drop-peer')).toHaveLength(1)
  })

  it('[CHOICE-1] does nothing before the manifest is known', () => {
    const swarm = new LoneSwarm(source)
    swarm.handle(choosing(PART))
    swarm.join('seed', 'all')
    expect(swarm.sent('choice')).toEqual([])
  })

  it('[HANDOUT-4] gives one that wants nothing else what is out, after a while', () => {
    const swarm = new LoneSwarm(source, { held: 'all' })
    for (const id of ['a', 'part']) {
      swarm.join(id)
      swarm.receive(id, { type: 'interested' })
    }
    const request = { type: 'request', chunk: 3, offset: 0, length: 1_024 } as const
    swarm.receive('a', request)
    for (const at of [0, 1_500, 2_900]) {
      swarm.advanceTo(at)
      swarm.receive('part', request)
    }
    expect(swarm.sent('block', 'part')).toEqual([])
    swarm.advanceTo(3_000)
    swarm.receive('part', request)
    expect(swarm.sent('block', 'part').map(({ chunk }) => chunk)).toEqual([3])
    // Who asks for what is not out wants that as well.
    swarm.receive('a', { ...request, chunk: 4 })
    swarm.receive('part', { ...request, chunk: 5 }, { ...request, chunk: 4 })
    expect(swarm.sent('block', 'part').map(({ chunk }) => chunk)).toEqual([3, 5])
  })

  it('[REPORT-6] leaves out who fetches a part, and counts it once it fetches the whole', () => {
    const swarm = new VirtualSwarm(source, 1)
    swarm.add('seed', { seed: true, reporting: true, ...upload })
    swarm.add('part', { held: [], chosen: PART, reporting: true, ...upload })
    swarm.connectAll()
    swarm.run(5_000)
    const stages = (id: string) =>
      swarm
        .get(id)
        .swarm.reports()
        .map(({ progress }) => progress.stage)
    expect(stages('seed')).toEqual(['server'])
    expect(stages('part')).toEqual(['server'])
    swarm.dispatch('part', choosing('all'))
    swarm.run(60_000, () => swarm.allComplete())
    swarm.run(swarm.now + 2_000)
    expect(stages('seed')).toEqual(['server', 'complete'])
    expect(stages('part').sort()).toEqual(['complete', 'server'])
  })

  it.each([1, 2, 3])(
    '[DONE-3] 5 of 100 files for one, all for another, and the sender leaves once they hold all: both get theirs (seed %i)',
    (seed) => {
      const files = testContent(100)
      const chosen = [7, 23, 24, 58, 91]
      const swarm = new VirtualSwarm(files, seed)
      swarm.add('sender', { seed: true, ...upload })
      swarm.add('part', { held: [], chosen, ...upload })
      swarm.add('whole', upload)
      swarm.connectAll()
      // The sender goes as soon as the two hold everything between them.
      const holdAll = () =>
        files.chunks.every((_, chunk) => ['part', 'whole'].some((id) => swarm.get(id).stored.has(chunk)))
      expect(swarm.run(120_000, holdAll)).toBe(true)
      swarm.remove('sender')
      expect(swarm.run(swarm.now + 60_000, () => swarm.get('part').swarm.isDone && swarm.allComplete('whole'))).toBe(
        true,
      )
      expect(swarm.holdsOriginal('whole')).toBe(true)
      const { stored } = swarm.get('part')
      expect([...stored.keys()].sort((a, b) => a - b)).toEqual(chosen)
      for (const chunk of chosen) expect(sameBytes(stored.get(chunk), files.chunks[chunk])).toBe(true)
      expect(swarm.sent('block', 'part', 'whole').length + swarm.sent('block', 'whole', 'part').length).toBeGreaterThan(
        0,
      )
    },
  )

  it('[DONE-3] has what the sender has left with one that fetches a part alone', () => {
    const swarm = new VirtualSwarm(source, 1)
    swarm.add('part', { held: [4, 5, 6], chosen: [4, 5, 6], ...upload })
    swarm.add('whole', { held: [...source.chunks.keys()].filter((chunk) => chunk < 4 || chunk > 6), ...upload })
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.allComplete('whole'))).toBe(true)
    expect(swarm.holdsOriginal('whole')).toBe(true)
    expect([...swarm.get('part').stored.keys()]).toEqual([4, 5, 6])
  })

  it('[DONE-3] costs those who want all next to nothing', () => {
    const timeOf = (chosen: number[] | undefined) => {
      const files = testContent(100)
      const swarm = new VirtualSwarm(files, 5)
      swarm.add('sender', { seed: true, ...upload })
      const whole = ['a', 'b', 'c', 'd']
      for (const id of whole) swarm.add(id, upload)
      if (chosen) swarm.add('part', { held: [], chosen, ...upload })
      swarm.connectAll()
      expect(swarm.run(300_000, () => swarm.allComplete(...whole))).toBe(true)
      return swarm.now
    }
    expect(timeOf([7, 23, 24, 58, 91])).toBeLessThan(1.15 * timeOf(undefined))
  })
})
