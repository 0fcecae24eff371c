import { JoinReply, MoreReply } from '@swarmdrop/core'
import { describe, expect, it } from 'vitest'
import { Registry, type RegistryOptions } from './registry'
import { swarmId } from './testing/peers'
import { seededRandom, testSeed } from './testing/seeded-random'

const NOW = 1_700_000_000_000

function openRegistry(options: Partial<RegistryOptions> = {}) {
  let ids = 0
  const registry = new Registry({
    random: seededRandom(1),
    newPeerId: () => String(ids++).padStart(22, 'p'),
    iceServers: () => [],
    ...options,
  })
  const handle = (socket: string, message: Parameters<Registry['handle']>[1]) => {
    const { reply, ...rest } = registry.handle(socket, message, NOW)
    return { reply: JSON.parse(reply) as unknown, ...rest }
  }
  const ask = (...asked: Parameters<typeof handle>) => handle(...asked).reply
  return {
    registry,
    ask,
    join: (socket: string, swarm: string, wants?: number) =>
      JoinReply.parse(ask(socket, { type: 'join', swarmId: swarm, wants })),
    more: (socket: string, swarm: string, wants?: number) =>
      MoreReply.parse(ask(socket, { type: 'more', swarmId: swarm, wants })),
    leave: (socket: string, swarm: string) => ask(socket, { type: 'leave', swarmId: swarm }),
    signal: (socket: string, swarm: string, to: string) =>
      handle(socket, { type: 'signal', swarmId: swarm, to, sealed: 'c2VhbGVk' }),
  }
}

const swarm = swarmId(1)
const otherSwarm = swarmId(2)

describe('joining', () => {
  it('gives the newcomer an id of its own, the others, and the size with the newcomer', () => {
    const { join } = openRegistry()
    const first = join('a', swarm)
    expect(first).toMatchObject({ peers: [], size: 1 })
    const second = join('b', swarm)
    expect(second).toMatchObject({ peers: [first.id], size: 2 })
    expect(second.id).not.toBe(first.id)
  })

  it('gives one socket a different id in each swarm, so that swarms cannot be linked', () => {
    const { join } = openRegistry()
    expect(join('a', swarm).id).not.toBe(join('a', otherSwarm).id)
  })

  it('gives 30 others when the newcomer does not say how many, and none when it wants none', () => {
    const { join, more } = openRegistry()
    for (let i = 0; i < 60; i++) join(`s${i}`, swarm)
    expect(more('s0', swarm).peers).toHaveLength(30)
    expect(more('s0', swarm, 0).peers).toEqual([])
  })

  it('makes the ICE servers for this peer at this time', () => {
    const { join } = openRegistry({ iceServers: (id, now) => [{ urls: [`turn:${id}.${now}`] }] })
    const { id, iceServers } = join('a', swarm)
    expect(iceServers).toEqual([{ urls: [`turn:${id}.${NOW}`] }])
  })

  it('refuses a second join of the same swarm and keeps the first', () => {
    const { join, more, ask } = openRegistry()
    join('a', swarm)
    expect(ask('a', { type: 'join', swarmId: swarm })).toEqual({ refused: 'already-joined' })
    expect(more('a', swarm).size).toBe(1)
  })

  it('lets one socket into eight swarms, and into another once it has left one', () => {
    const { join, ask, leave } = openRegistry()
    for (let i = 0; i < 8; i++) join('a', swarmId(i))
    expect(ask('a', { type: 'join', swarmId: swarmId(8) })).toEqual({ refused: 'too-many-swarms' })
    leave('a', swarmId(3))
    expect(join('a', swarmId(8)).size).toBe(1)
  })

  it('refuses a newcomer when the members of all swarms reach the bound, and holds nothing of it', () => {
    const { join, ask, registry } = openRegistry({ maxMembers: 2 })
    join('a', swarm)
    join('b', otherSwarm)
    expect(ask('c', { type: 'join', swarmId: swarmId(3) })).toEqual({ refused: 'too-many-swarms' })
    expect(registry.counts).toEqual({ swarms: 2, members: 2, sockets: 2 })
  })
})

describe('leaving', () => {
  it('holds nothing when everybody has left, by word or by disconnecting', () => {
    const { join, leave, ask, registry } = openRegistry()
    for (const socket of ['a', 'b', 'c']) for (const number of [1, 2, 3]) join(socket, swarmId(number))
    expect(registry.counts).toEqual({ swarms: 3, members: 9, sockets: 3 })
    for (const number of [1, 2, 3]) leave('a', swarmId(number))
    ask('b', { type: 'disconnect' })
    ask('c', { type: 'disconnect' })
    expect(registry.counts).toEqual({ swarms: 0, members: 0, sockets: 0 })
  })

  it('takes the leaver, and nobody else, from what the others are given', () => {
    const { join, more, leave } = openRegistry()
    const ids = ['a', 'b', 'c', 'd', 'e'].map((socket) => join(socket, swarm).id)
    leave('b', swarm)
    expect(more('a', swarm).size).toBe(4)
    expect(more('a', swarm).peers.toSorted()).toEqual([ids[2], ids[3], ids[4]].toSorted())
    expect(more('e', swarm).peers.toSorted()).toEqual([ids[0], ids[2], ids[3]].toSorted())
  })

  it('answers not-joined to who is not in the swarm, whatever it asks', () => {
    const { join, ask, leave, signal } = openRegistry()
    const { id } = join('a', swarm)
    expect(ask('b', { type: 'more', swarmId: swarm })).toEqual({ refused: 'not-joined' })
    expect(leave('b', swarm)).toEqual({ refused: 'not-joined' })
    expect(signal('b', swarm, id)).toEqual({ reply: { refused: 'not-joined' } })
  })
})

describe('signalling', () => {
  it("delivers to the receiver's socket in the name of the sender's own id", () => {
    const { join, signal } = openRegistry()
    const a = join('a', swarm)
    const b = join('b', swarm)
    expect(signal('a', swarm, b.id)).toEqual({
      reply: {},
      delivery: { socket: 'b', signal: { swarmId: swarm, from: a.id, sealed: 'c2VhbGVk' } },
    })
  })

  it('delivers nothing to a peer of another swarm, to one that left, or to oneself', () => {
    const { join, signal, leave } = openRegistry()
    const a = join('a', swarm)
    const b = join('b', swarm)
    const elsewhere = join('b', otherSwarm)
    leave('b', swarm)
    for (const to of [elsewhere.id, b.id, a.id]) {
      expect(signal('a', swarm, to)).toEqual({ reply: { refused: 'unknown-peer' } })
    }
  })
})

describe('the random subset', () => {
  // Chance of a false alarm: one in a million runs, for each of the two tests.
  const seed = testSeed()

  it(`holds every member equally often, whatever left before (SEED=${seed})`, () => {
    const { join, more, leave, ask } = openRegistry({ random: seededRandom(seed) })
    for (let i = 0; i < 70; i++) join(`s${i}`, swarm)
    for (let i = 0; i < 20; i++) leave(`s${i * 3}`, swarm)
    const { id } = JoinReply.parse(ask('asker', { type: 'join', swarmId: swarm }))
    leave('s68', swarm)

    const others = 49
    const wants = 10
    const rounds = 20_000
    const seen = new Map<string, number>()
    for (let round = 0; round < rounds; round++) {
      const { peers } = more('asker', swarm, wants)
      expect(new Set(peers).size).toBe(wants)
      for (const peer of peers) seen.set(peer, (seen.get(peer) ?? 0) + 1)
    }
    expect(seen.has(id)).toBe(false)
    expect(seen.size).toBe(others)
    // Drawn without replacement, a member's count has this variance (with all counts summing to rounds · wants).
    const share = wants / others
    const variance = (rounds * share * (1 - share) * others) / (others - 1)
    const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - rounds * share) ** 2 / variance, 0)
    expect(chiSquare).toBeLessThan(110) // 48 degrees of freedom
  })

  it(`is every subset equally often, in every order (SEED=${seed})`, () => {
    const { join, more } = openRegistry({ random: seededRandom(seed) })
    for (const socket of ['a', 'b', 'asker', 'c', 'd', 'e']) join(socket, swarm)
    const rounds = 30_000
    const seen = new Map<string, number>()
    for (let round = 0; round < rounds; round++) {
      const drawn = more('asker', swarm, 3).peers.join()
      seen.set(drawn, (seen.get(drawn) ?? 0) + 1)
    }
    const ordered = 5 * 4 * 3
    expect(seen.size).toBe(ordered)
    const expected = rounds / ordered
    const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(chiSquare).toBeLessThan(126) // 59 degrees of freedom
  })

  it('draws as many random numbers in a swarm of fifty thousand as in one of forty', () => {
    let draws = 0
    const random = seededRandom(7)
    const counted = () => {
      draws += 1
      return random()
    }
    const { join, more } = openRegistry({ random: counted })
    const drawsFor = (size: number) => {
      for (let i = 0; i < size; i++) join(`${size}-${i}`, swarmId(size), 0)
      draws = 0
      expect(more(`${size}-0`, swarmId(size), 30).peers).toHaveLength(30)
      return draws
    }
    expect(drawsFor(40)).toBe(30)
    expect(drawsFor(50_000)).toBe(30)
  })
})
