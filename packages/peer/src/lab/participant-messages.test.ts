// What a participant makes of each message of its host, which says only what the test lets it say. In virtual time.
import { describe, expect, it } from 'vitest'
import { virtualHost } from '../testing/virtual-host'
import { stageOf } from '../testing/virtual-lab'
import type { ParticipantPorts } from './lab-ports'
import type { LabParticipant } from './participant'

const completedAfterMs = (participant: LabParticipant) => participant.getSnapshot().run?.completedAfterMs

async function oneIn(openRunChunks?: ParticipantPorts['openRunChunks']) {
  const host = await virtualHost()
  const ada = host.lab.participant('Ada', host.code, openRunChunks)
  await host.time.run(2_000)
  const reports = () => host.heard.filter(({ type }) => type === 'status').length
  return { ...host, ada, reports }
}

describe('a participant whose storage does not answer', () => {
  it.each([
    ['opening', () => new Promise<never>(() => {})],
    ['loading', async () => ({ load: () => new Promise<never>(() => {}), put() {}, close() {}, remove() {} })],
  ])('(%s) comes into the run all the same, without what it had kept', async (_, openRunChunks) => {
    const { lab, time, tell, openMessage, reports } = await oneIn(openRunChunks)
    const lines = lab.world.tracker.lines.size
    tell(openMessage('one'))
    await time.run(8_000)
    expect(lab.world.tracker.lines.size).toBe(lines + 1)
    expect(reports()).toBeGreaterThan(0)
  })

  it('lets go of what comes late', async () => {
    let closed = 0
    let open = () => {}
    const opening = new Promise<void>((resolve) => {
      open = resolve
    })
    const { time, tell, openMessage } = await oneIn(async () => {
      await opening
      return { load: async () => new Map(), put: () => {}, close: () => closed++, remove: () => {} }
    })
    tell(openMessage('one'))
    await time.run(5_000)
    open()
    await time.run(1_000)
    expect(closed).toBe(1)
  })
})

describe('a participant that was sent away', () => {
  it('does not begin when the start comes that it had been told of', async () => {
    const { ada, time, tell, openMessage, roomTime } = await oneIn()
    tell(openMessage('one'))
    await time.run(1_000)
    tell({ type: 'start', run: 'one', atMs: roomTime(5_000) })
    await time.run(1_000)
    tell({ type: 'close', run: 'one' })
    await time.run(10_000)
    expect(stageOf(ada)).toBe('away')
  })

  it('does not begin when it is told to start only then', async () => {
    const { ada, time, tell, openMessage, roomTime } = await oneIn()
    tell(openMessage('one'))
    await time.run(1_000)
    tell({ type: 'close', run: 'one' })
    await time.run(1_000)
    tell({ type: 'start', run: 'one', atMs: roomTime(1_000) })
    await time.run(10_000)
    expect(stageOf(ada)).toBe('away')
  })

  it('while its place opens never comes into the swarm, and lets go of the place', async () => {
    let open = () => {}
    let closed = 0
    const opening = new Promise<void>((resolve) => {
      open = resolve
    })
    const { lab, ada, time, tell, openMessage, reports } = await oneIn(async () => {
      await opening
      return { load: async () => new Map(), put: () => {}, close: () => closed++, remove: () => {} }
    })
    const lines = lab.world.tracker.lines.size
    tell(openMessage('one'))
    await time.run(1_000)
    tell({ type: 'close', run: 'one' })
    await time.run(1_000)
    open()
    await time.run(5_000)
    expect([stageOf(ada), closed, reports()]).toEqual(['away', 1, 0])
    expect(lab.world.tracker.lines.size).toBe(lines)
  })
})

describe('the last report of a participant', () => {
  it.each([
    { type: 'close', run: 'one' },
    { type: 'over', run: 'one', seconds: 1, reason: '' },
  ] as const)('says what has come since the one before, and is the last: $type', async (message) => {
    const { time, tell, openMessage, reports } = await oneIn()
    tell(openMessage('one'))
    await time.run(3_000)
    const before = reports()
    // It reports four times a second: the next one is up to a quarter of a second away.
    await time.run(1_000, () => reports() > before)
    const sampled = reports()
    tell(message)
    await time.run(100)
    expect(reports()).toBe(sampled + 1)
    await time.run(5_000)
    expect(reports()).toBe(sampled + 1)
  })
})

describe('a message of another run', () => {
  it('changes nothing in the one that it is in', async () => {
    const { ada, time, tell, openMessage, roomTime } = await oneIn()
    tell(openMessage('one'))
    await time.run(1_000)
    tell({ type: 'start', run: 'another', atMs: roomTime(0) })
    tell({ type: 'summary', run: 'another', chunkCount: 1, members: [] })
    tell({ type: 'close', run: 'another' })
    tell({ type: 'over', run: 'another', seconds: 1, reason: '' })
    await time.run(1_000)
    expect(ada.getSnapshot().run).toMatchObject({ stage: 'connecting', seconds: undefined })
  })
})

describe('a participant that has the whole file', () => {
  it('keeps its time where it is sent away and asked into the same run again, and has none in the next', async () => {
    const { lab, ada, data, time, tell, openMessage, roomTime } = await oneIn(async (_owner, run) => {
      const chunk = (i: number) => data.bytes.slice(i * data.chunkBytes, (i + 1) * data.chunkBytes)
      const all = Array.from({ length: data.bytes.length / data.chunkBytes }, (_, i) => [i, chunk(i)] as const)
      return {
        load: async () => new Map(run === 'one' ? all : []),
        put: () => {},
        close: () => {},
        remove: () => {},
      }
    })
    expect(lab.shown.phase).not.toBe('running')
    tell({ ...openMessage('one'), startedAtMs: roomTime(-2_000) })
    await time.run(1_000)
    const tookMs = completedAfterMs(ada)
    expect(tookMs).toBeGreaterThan(1_900)
    tell({ type: 'close', run: 'one' })
    await time.run(5_000)
    tell({ ...openMessage('one'), startedAtMs: roomTime(-8_000) })
    await time.run(1_000)
    expect([stageOf(ada), completedAfterMs(ada)]).toEqual(['running', tookMs])
    tell({ ...openMessage('two'), startedAtMs: roomTime(0) })
    await time.run(1_000)
    expect([stageOf(ada), completedAfterMs(ada)]).toEqual(['running', undefined])
  })
})
