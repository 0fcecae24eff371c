// What every registry does, no matter who keeps the swarms: the memory of one process, or several nodes over one Redis.
import { JoinReply, MoreReply } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import type { Message, Outgoing, RegistryOptions } from '../registry'
import { swarmId } from './peers'
import { seededRandom, testSeed } from './seeded-random'

/** One or several registries that hold the same swarms; a socket is always at the same one. */
export type OpenRegistry = {
  /** Handles a message. What was passed on to a socket, wherever that is, stands next to the reply. */
  handle(socket: string, message: Message): Promise<Outgoing>
  /** What all registries hold together; `memberships` also of what they share. */
  counts(): Promise<{ members: number; sockets: number; swarms: number }>
}
export type OpenRegistryOptions = Pick<RegistryOptions, 'random'> & Partial<RegistryOptions>

export const NOW = 1_700_000_000_000
/** The questions under way at once, where a test asks thousands. */
const AT_ONCE = 500

const swarm = swarmId(1)
const otherSwarm = swarmId(2)
const SEALED = 'c2VhbGVk'

/** `draws`: how many, of those that the whole suite makes in memory. Fewer still tell what is off by a twentieth. */
export function registryContract(open: (options: OpenRegistryOptions) => Promise<OpenRegistry>, draws = 1): void {
  const openRegistry = async (options: Partial<RegistryOptions> = {}) => {
    const registry = await open({ random: seededRandom(1), ...options })
    const ask = async (socket: string, message: Message): Promise<unknown> =>
      JSON.parse((await registry.handle(socket, message)).reply)
    return {
      registry,
      ask,
      join: async (socket: string, swarm: string, wants?: number) =>
        JoinReply.parse(await ask(socket, { type: 'join', swarmId: swarm, wants })),
      more: async (socket: string, swarm: string, wants?: number) =>
        MoreReply.parse(await ask(socket, { type: 'more', swarmId: swarm, wants })),
      leave: (socket: string, swarm: string) => ask(socket, { type: 'leave', swarmId: swarm }),
      signal: async (socket: string, swarm: string, to: string) => {
        const { reply, ...rest } = await registry.handle(socket, { type: 'signal', swarmId: swarm, to, sealed: SEALED })
        return { reply: JSON.parse(reply) as unknown, ...rest }
      },
      /** The peers drawn in so many rounds. */
      drawn: async (rounds: number, draw: () => Promise<MoreReply>) => {
        const all: string[][] = []
        while (all.length < rounds) {
          const some = Array.from({ length: Math.min(AT_ONCE, rounds - all.length) }, draw)
          all.push(...(await Promise.all(some)).map(({ peers }) => peers))
        }
        return all
      },
    }
  }

  describe('joining', () => {
    it('gives the newcomer an id of its own, the others, and the size with the newcomer', async () => {
      const { join } = await openRegistry()
      const first = await join('a', swarm)
      expect(first).toMatchObject({ peers: [], size: 1 })
      const second = await join('b', swarm)
      expect(second).toMatchObject({ peers: [first.id], size: 2 })
      expect(second.id).not.toBe(first.id)
    })

    it('gives one socket a different id in each swarm, so that swarms cannot be linked', async () => {
      const { join } = await openRegistry()
      expect((await join('a', swarm)).id).not.toBe((await join('a', otherSwarm)).id)
    })

    it('gives 30 others when the newcomer does not say how many, and none when it wants none', async () => {
      const { join, more } = await openRegistry()
      for (let i = 0; i < 60; i++) await join(`s${i}`, swarm)
      expect((await more('s0', swarm)).peers).toHaveLength(30)
      expect((await more('s0', swarm, 0)).peers).toEqual([])
    })

    it('makes the ICE servers for this peer at this time', async () => {
      const { join } = await openRegistry({ iceServers: (id, now) => [{ urls: [`turn:${id}.${now}`] }] })
      const { id, iceServers } = await join('a', swarm)
      expect(iceServers).toEqual([{ urls: [`turn:${id}.${NOW}`] }])
    })

    it('refuses a second join of the same swarm and keeps the first', async () => {
      const { join, more, ask } = await openRegistry()
      await join('a', swarm)
      expect(await ask('a', { type: 'join', swarmId: swarm })).toEqual({ refused: 'already-joined' })
      expect((await more('a', swarm)).size).toBe(1)
    })

    it('lets one socket into eight swarms, and into another once it has left one', async () => {
      const { join, ask, leave } = await openRegistry()
      for (let i = 0; i < 8; i++) await join('a', swarmId(i))
      expect(await ask('a', { type: 'join', swarmId: swarmId(8) })).toEqual({ refused: 'too-many-swarms' })
      await leave('a', swarmId(3))
      expect((await join('a', swarmId(8))).size).toBe(1)
    })

    it('refuses a newcomer when the members of all swarms reach the bound of a process, and holds nothing of it', async () => {
      const { join, ask, registry } = await openRegistry({ maxMembers: 2 })
      await join('a', swarm)
      await join('a', otherSwarm)
      expect(await ask('a', { type: 'join', swarmId: swarmId(3) })).toEqual({ refused: 'too-many-swarms' })
      expect(await registry.counts()).toEqual({ swarms: 2, members: 2, sockets: 1 })
    })
  })

  describe('leaving', () => {
    it('holds nothing when everybody has left, by word or by disconnecting', async () => {
      const { join, leave, ask, registry } = await openRegistry()
      for (const socket of ['a', 'b', 'c']) for (const number of [1, 2, 3]) await join(socket, swarmId(number))
      expect(await registry.counts()).toEqual({ swarms: 3, members: 9, sockets: 3 })
      for (const number of [1, 2, 3]) await leave('a', swarmId(number))
      await ask('b', { type: 'disconnect' })
      await ask('c', { type: 'disconnect' })
      expect(await registry.counts()).toEqual({ swarms: 0, members: 0, sockets: 0 })
    })

    it('takes the leaver, and nobody else, from what the others are given', async () => {
      const { join, more, leave } = await openRegistry()
      const ids: string[] = []
      for (const socket of ['a', 'b', 'c', 'd', 'e']) ids.push((await join(socket, swarm)).id)
      await leave('b', swarm)
      expect((await more('a', swarm)).size).toBe(4)
      expect((await more('a', swarm)).peers.toSorted()).toEqual([ids[2], ids[3], ids[4]].toSorted())
      expect((await more('e', swarm)).peers.toSorted()).toEqual([ids[0], ids[2], ids[3]].toSorted())
    })

    it('answers not-joined to who is not in the swarm, whatever it asks', async () => {
      const { join, ask, leave, signal } = await openRegistry()
      const { id } = await join('a', swarm)
      expect(await ask('b', { type: 'more', swarmId: swarm })).toEqual({ refused: 'not-joined' })
      expect(await leave('b', swarm)).toEqual({ refused: 'not-joined' })
      expect(await signal('b', swarm, id)).toEqual({ reply: { refused: 'not-joined' } })
    })
  })

  describe('signalling', () => {
    it("delivers to the receiver's socket in the name of the sender's own id", async () => {
      const { join, signal } = await openRegistry()
      const a = await join('a', swarm)
      const b = await join('b', swarm)
      expect(await signal('a', swarm, b.id)).toEqual({
        reply: {},
        delivery: { socket: 'b', signal: { swarmId: swarm, from: a.id, sealed: SEALED } },
      })
    })

    it('delivers nothing to a peer of another swarm, to one that left, or to oneself', async () => {
      const { join, signal, leave } = await openRegistry()
      const a = await join('a', swarm)
      const b = await join('b', swarm)
      const elsewhere = await join('b', otherSwarm)
      await leave('b', swarm)
      for (const to of [elsewhere.id, b.id, a.id]) {
        expect(await signal('a', swarm, to)).toEqual({ reply: { refused: 'unknown-peer' } })
      }
    })
  })

  describe('the random subset', () => {
    // Chance of a false alarm: one in a million runs, for each of the two tests.
    const seed = testSeed()

    it.each([
      [70, 20_000 * draws],
      [220, 5_000 * draws],
    ])(
      `holds every one of %i members equally often, whatever left before, drawn %i times (SEED=${seed})`,
      async (members, rounds) => {
        const { join, more, leave, ask, drawn } = await openRegistry({ random: seededRandom(seed) })
        for (let i = 0; i < members; i++) await join(`s${i}`, swarm, 0)
        for (let i = 0; i < 20; i++) await leave(`s${i * 3}`, swarm)
        const { id } = JoinReply.parse(await ask('asker', { type: 'join', swarmId: swarm }))
        await leave('s68', swarm)

        const others = members - 21
        const wants = 10
        const seen = new Map<string, number>()
        for (const peers of await drawn(rounds, () => more('asker', swarm, wants))) {
          expect(new Set(peers).size).toBe(wants)
          for (const peer of peers) seen.set(peer, (seen.get(peer) ?? 0) + 1)
        }
        expect(seen.has(id)).toBe(false)
        expect(seen.size).toBe(others)
        // Drawn without replacement, a member's count has this variance (with all counts summing to rounds · wants).
        const share = wants / others
        const variance = (rounds * share * (1 - share) * others) / (others - 1)
        const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - rounds * share) ** 2 / variance, 0)
        expect(chiSquare).toBeLessThan(millionthOf(others - 1))
      },
    )

    it(`is every subset equally often, in every order (SEED=${seed})`, async () => {
      const { join, more, drawn } = await openRegistry({ random: seededRandom(seed) })
      for (const socket of ['a', 'b', 'asker', 'c', 'd', 'e']) await join(socket, swarm)
      const rounds = 30_000 * draws
      const seen = new Map<string, number>()
      for (const peers of await drawn(rounds, () => more('asker', swarm, 3)))
        seen.set(peers.join(), (seen.get(peers.join()) ?? 0) + 1)
      const ordered = 5 * 4 * 3
      expect(seen.size).toBe(ordered)
      const expected = rounds / ordered
      const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      expect(chiSquare).toBeLessThan(millionthOf(ordered - 1))
    })
  })
}

/** The value that a chi-square of so many degrees of freedom exceeds once in a million times (Wilson and Hilferty). */
const millionthOf = (degrees: number) => degrees * (1 - 2 / (9 * degrees) + 4.753 * Math.sqrt(2 / (9 * degrees))) ** 3
