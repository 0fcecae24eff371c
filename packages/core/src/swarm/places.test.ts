// Who has a place among the neighbours while somebody besieges them, and who gives it up first.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import type { Message } from '../wire/index'
import { firstToGo, mayBeGiven, type Occupant } from './places'

const source = testContent(8)
const ids = (swarm: LoneSwarm) => swarm.swarm.snapshot(swarm.now).neighbours.map(({ id }) => id)
const has = (swarm: LoneSwarm, id: string) => ids(swarm).includes(id)
const occupant = (values: Partial<Occupant> = {}): Occupant => ({
  dialled: false,
  hasBrought: false,
  uselessMs: 0,
  idleMs: 0,
  bytesPerSecond: 0,
  ageMs: 600_000,
  draw: 0,
  ...values,
})

/** A seed all whose places are taken at the start by such as want to be served. */
function besieged(options: ConstructorParameters<typeof LoneSwarm>[1] = {}, holds: number[] = []): LoneSwarm {
  const swarm = new LoneSwarm(source, { held: 'all', policy: { handOutOnce: false }, ...options })
  for (let i = 0; i < 50; i++) {
    swarm.join(`squatter${i}`, holds)
    swarm.receive(`squatter${i}`, { type: 'interested' })
  }
  return swarm
}

describe('places', () => {
  it('[NEIGHBOURS-6] order: the useless first, then who came by itself, then who has done nothing for longest', () => {
    const useless = occupant({ uselessMs: 20_000 })
    const longUseless = occupant({ uselessMs: 30_000, dialled: true })
    const idle = occupant({ idleMs: 70_000 })
    const longIdle = occupant({ idleMs: 90_000 })
    const brought = occupant({ idleMs: 95_000, hasBrought: true })
    const dialled = occupant({ idleMs: 99_000, dialled: true })
    const shuffled = [dialled, idle, longUseless, brought, longIdle, useless]
    expect(shuffled.sort(firstToGo)).toEqual([longUseless, useless, longIdle, idle, dialled, brought])
  })

  it('[NEIGHBOURS-6] leaves 15 places to those whom we dialled or who brought blocks, by those who come by themselves', () => {
    const places = Array.from({ length: 50 }, (_, i) => occupant({ idleMs: 70_000, dialled: i < 16 }))
    const mayGo = (some: readonly Occupant[], toDialled = false) =>
      some.filter((one) => mayBeGiven(one, some, toDialled))
    expect(mayGo(places)).toHaveLength(50)
    const kept = places.with(0, occupant({ idleMs: 70_000 }))
    expect(mayGo(kept)).toHaveLength(35)
    expect(mayGo(kept, true)).toHaveLength(50)
  })

  it.each<[string, (swarm: LoneSwarm, peer: string, second: number) => void]>([
    ['say that they live', () => {}],
    [
      'lose interest and gain it',
      (swarm, peer, second) => {
        if (second % 7 === 0) swarm.receive(peer, { type: 'not-interested' }, { type: 'interested' })
      },
    ],
    [
      'say that they hold one chunk more now and then',
      (swarm, peer, second) => {
        if (second % 40 === 1 && second < 320) swarm.receive(peer, { type: 'have', chunk: (second - 1) / 40 })
      },
    ],
    [
      'fetch the manifest again and again',
      (swarm, peer, second) => {
        const { length } = source.content.manifestBytes
        if (second % 50 === 1 && second < 150)
          swarm.receive(peer, { type: 'metadata-request', part: 0, offset: 0, length })
      },
    ],
    [
      'ask for a few bytes now and then',
      (swarm, peer, second) => {
        if (swarm.neighbour(peer).amChoking || second % 10 !== 0) return
        swarm.receive(peer, { type: 'request', chunk: second % 8, offset: 0, length: 1 })
      },
    ],
  ])('[NEIGHBOURS-6] 50 that %s lose their places to one who wants something', (_what, tick) => {
    const swarm = besieged()
    let turnedAway = 0
    let servedBytes = 0
    for (let second = 1; second <= 600 && servedBytes === 0; second++) {
      swarm.advanceTo(second * 1_000)
      for (const peer of ids(swarm)) {
        if (peer === 'honest') continue
        swarm.receive(peer, { type: 'keep-alive' })
        if (has(swarm, peer)) tick(swarm, peer, second)
      }
      if (!has(swarm, 'honest')) {
        swarm.join('honest')
        if (has(swarm, 'honest')) swarm.receive('honest', { type: 'interested' })
        else turnedAway++
      } else if (!swarm.neighbour('honest').amChoking) {
        swarm.receive('honest', { type: 'request', chunk: 0, offset: 0, length: 1_024 })
        servedBytes = swarm.sent('block', 'honest').length
      }
    }
    // A minute until their places are free, and a few looks until a slot is.
    expect(turnedAway).toBeLessThanOrEqual(60)
    expect(servedBytes).toBeGreaterThan(0)
    expect(swarm.now).toBeLessThanOrEqual(120_000)
  })

  it('[NEIGHBOURS-6] one that does just enough for its place has it until somebody else comes, once in a minute', () => {
    const swarm = besieged()
    const work = (peer: string) => {
      swarm.receive(peer, { type: 'unchoke' })
      if (!swarm.neighbour(peer).amChoking)
        for (let offset = 0; offset < 4_096; offset += 1_024)
          swarm.receive(peer, { type: 'request', chunk: 0, offset, length: 1_024 })
    }
    swarm.advanceTo(30_000)
    for (const peer of ids(swarm)) if (!swarm.neighbour(peer).amChoking) work(peer)
    // Of those at work, none need give way in the first minute.
    const busy = ids(swarm).filter((peer) => swarm.sent('block', peer).length > 0)
    expect(busy.length).toBeGreaterThan(0)
    swarm.advanceTo(70_000)
    swarm.join('late')
    expect(has(swarm, 'late')).toBe(true)
    expect(busy.every((peer) => has(swarm, peer))).toBe(true)
  })

  it('[NEIGHBOURS-6] whom we dialled gets the place of one that has done nothing for 10 s, up to half of all places', () => {
    const swarm = besieged()
    swarm.advanceTo(9_999)
    swarm.join('early', [], true)
    expect(has(swarm, 'early')).toBe(false)
    swarm.advanceTo(10_000)
    for (let i = 0; i < 30; i++) swarm.join(`dialled${i}`, [], true)
    expect(ids(swarm).filter((id) => id.startsWith('dialled'))).toHaveLength(25)
    expect(ids(swarm)).toHaveLength(50)
  })

  it('[NEIGHBOURS-7] where nothing moves for a minute, one place in a minute changes hands, and the tracker is asked', () => {
    const swarm = new LoneSwarm(source, { held: [0] })
    for (let i = 0; i < 50; i++) {
      swarm.join(`idle${i}`, 'all', true)
      swarm.receive(`idle${i}`, { type: 'interested' })
    }
    swarm.advanceTo(59_999)
    expect(swarm.emitted('drop-peer')).toEqual([])
    for (const minute of [1, 2, 3]) {
      swarm.advanceTo(minute * 60_000 + 1)
      swarm.join(`next${minute}`, 'all', true)
    }
    expect(swarm.emitted('drop-peer').map(({ at, ban }) => [at, ban])).toEqual([
      [60_000, false],
      [120_000, false],
      [180_000, false],
    ])
    expect(swarm.emitted('find-peers').length).toBeGreaterThanOrEqual(5)
  })

  it('[NEIGHBOURS-7] where something moves, nobody goes by chance', () => {
    const swarm = new LoneSwarm(source, { held: [0] })
    for (let i = 0; i < 50; i++) swarm.join(`idle${i}`, 'all', true)
    swarm.receive('idle0', { type: 'unchoke' })
    for (let second = 1; second < 8; second++) {
      swarm.advanceTo(second * 50_000)
      const [first] = swarm.openRequests('idle0')
      if (first) swarm.receive('idle0', swarm.block(first) as Message)
    }
    expect(swarm.emitted('drop-peer')).toEqual([])
  })
})
