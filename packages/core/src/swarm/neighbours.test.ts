// How many neighbours there are, and which are let go.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'

const source = testContent(8)
const lone = (options: ConstructorParameters<typeof LoneSwarm>[1] = {}) =>
  new LoneSwarm(source, { held: [0, 1, 2, 3], ...options })
const ids = (swarm: LoneSwarm) => swarm.swarm.snapshot(swarm.now).neighbours.map(({ id }) => id)
const dropped = (swarm: LoneSwarm) => swarm.emitted('drop-peer').map(({ peer, at }) => [peer, at])

function joinMany(swarm: LoneSwarm, count: number, holds: number[], prefix = 'p'): void {
  for (let i = 0; i < count; i++) swarm.join(`${prefix}${i}`, holds)
}

describe('neighbours', () => {
  it('[NEIGHBOURS-1] has 50 at most: one more is turned away', () => {
    const swarm = lone()
    joinMany(swarm, 50, [4])
    swarm.handle({ type: 'peer-joined', peer: 'late', dialled: false })
    expect(ids(swarm)).toHaveLength(50)
    expect(swarm.emitted('drop-peer').map(({ peer, ban }) => [peer, ban])).toEqual([['late', false]])
  })

  it('[NEIGHBOURS-1] gives the place of one that is of no use to another that may be', () => {
    const swarm = lone()
    joinMany(swarm, 20, [4])
    swarm.join('useless', [0])
    joinMany(swarm, 29, [5], 'q')
    swarm.advanceTo(10_000)
    swarm.handle({ type: 'peer-joined', peer: 'late', dialled: false })
    expect(dropped(swarm)).toEqual([['useless', 10_000]])
    expect(ids(swarm)).toHaveLength(50)
    expect(ids(swarm)).toContain('late')
  })

  it('[NEIGHBOURS-1] gives each its 10 s before another may have its place: it may still come to be of use', () => {
    const swarm = lone()
    joinMany(swarm, 49, [4])
    swarm.advanceTo(2_500)
    swarm.join('useless', [0])
    swarm.advanceTo(12_499)
    swarm.handle({ type: 'peer-joined', peer: 'early', dialled: false })
    expect(dropped(swarm)).toEqual([['early', 12_499]])
    swarm.advanceTo(12_500)
    swarm.handle({ type: 'peer-joined', peer: 'late', dialled: false })
    expect(dropped(swarm).slice(1)).toEqual([['useless', 12_500]])
    expect(ids(swarm)).toContain('late')
  })

  it('[NEIGHBOURS-1] keeps the first 50 of a class that joins at once, and turns the others away', () => {
    const swarm = lone()
    joinMany(swarm, 100, [0])
    expect(ids(swarm)).toEqual(Array.from({ length: 50 }, (_, i) => `p${i}`))
    expect(dropped(swarm)).toEqual(Array.from({ length: 50 }, (_, i) => [`p${50 + i}`, 0]))
  })

  it('[NEIGHBOURS-2] beyond 30, lets go those that neither side has wanted for a minute', () => {
    const swarm = lone()
    joinMany(swarm, 28, [4])
    joinMany(swarm, 5, [0], 'useless')
    swarm.advanceTo(59_999)
    expect(dropped(swarm)).toEqual([])
    swarm.advanceTo(60_000)
    expect(dropped(swarm)).toHaveLength(3)
    expect(ids(swarm).filter((id) => id.startsWith('p'))).toHaveLength(28)
    swarm.advanceTo(300_000)
    expect(ids(swarm)).toHaveLength(30)
  })

  it('[NEIGHBOURS-2] keeps one that wants something of us', () => {
    const swarm = lone()
    joinMany(swarm, 30, [4])
    joinMany(swarm, 3, [0], 'hungry')
    for (const id of ['hungry0', 'hungry1', 'hungry2']) swarm.receive(id, { type: 'interested' })
    swarm.advanceTo(200_000)
    expect(dropped(swarm)).toEqual([])
  })

  it('[NEIGHBOURS-3] asks the tracker for more under 15, once in 20 s', () => {
    const swarm = lone()
    joinMany(swarm, 14, [4])
    swarm.advanceTo(100_000)
    expect(swarm.emitted('find-peers').map(({ at }) => at)).toEqual([20_000, 40_000, 60_000, 80_000, 100_000])
    swarm.join('fifteenth', [4])
    swarm.handle({ type: 'activity-changed', downloading: false, uploading: true })
    swarm.advanceTo(200_000)
    expect(swarm.emitted('find-peers')).toHaveLength(5)
    swarm.handle({ type: 'peer-left', peer: 'p0' })
    swarm.advanceTo(210_000)
    expect(swarm.emitted('find-peers')).toHaveLength(6)
  })

  it('[NEIGHBOURS-4] lets go one of whom nothing was heard for 15 s', () => {
    const swarm = lone({ policy: { silenceMs: 15_000 } })
    swarm.join('silent', [4])
    swarm.join('alive', [4])
    for (let now = 5_000; now <= 15_000; now += 5_000) {
      swarm.advanceTo(now - 1)
      expect(dropped(swarm)).toEqual([])
      swarm.receive('alive', { type: 'keep-alive' })
      swarm.advanceTo(now)
    }
    expect(dropped(swarm)).toEqual([['silent', 15_000]])
    expect(ids(swarm)).toEqual(['alive'])
  })

  it('[NEIGHBOURS-4] says that it lives after 5 s in which it said nothing else, and not more often', () => {
    const swarm = lone()
    swarm.join('a', [0])
    swarm.advanceTo(16_000)
    expect(swarm.sent('keep-alive').map(({ at }) => at)).toEqual([5_000, 10_000, 15_000])
    swarm.receive('a', { type: 'have', chunk: 4 })
    expect(swarm.sent('interested').map(({ at }) => at)).toEqual([16_000])
    swarm.advanceTo(25_000)
    expect(swarm.sent('keep-alive').map(({ at }) => at)).toEqual([5_000, 10_000, 15_000, 25_000])
  })

  it('[NEIGHBOURS-5] is interested in a neighbour exactly while it holds a chunk that we lack', () => {
    const swarm = lone({ held: [0, 1, 2] })
    swarm.join('a', [0, 1])
    expect(swarm.sent('interested')).toEqual([])
    swarm.receive('a', { type: 'have', chunk: 3 }, { type: 'unchoke' })
    expect(swarm.sent('interested')).toHaveLength(1)
    swarm.answerAll('a')
    expect(swarm.sent('have', 'a').map(({ chunk }) => chunk)).toEqual([3])
    expect(swarm.sent('not-interested')).toHaveLength(1)
  })

  it('[NEIGHBOURS-5] counts the copies among its neighbours as they come and go', () => {
    const swarm = lone()
    swarm.join('a', [4, 5])
    swarm.join('b', [5])
    swarm.receive('b', { type: 'have', chunk: 6 })
    expect([...(swarm.swarm.chunkMap()?.copies ?? [])]).toEqual([0, 0, 0, 0, 1, 2, 1, 0])
    swarm.handle({ type: 'peer-left', peer: 'b' })
    swarm.handle({ type: 'peer-left', peer: 'b' })
    expect([...(swarm.swarm.chunkMap()?.copies ?? [])]).toEqual([0, 0, 0, 0, 1, 1, 0, 0])
  })
})
