import { describe, expect, it } from 'vitest'
import { Registry, type RegistryOptions } from './registry'
import { swarmId } from './testing/peers'
import { NOW, registryContract } from './testing/registry-contract'
import { seededRandom } from './testing/seeded-random'

function inMemory(options: Pick<RegistryOptions, 'random'> & Partial<RegistryOptions>): Registry {
  let ids = 0
  return new Registry({ newPeerId: () => String(ids++).padStart(22, 'p'), iceServers: () => [], ...options })
}

describe('in memory', () => {
  registryContract(async (options) => {
    const registry = inMemory(options)
    return {
      handle: async (socket, message) => registry.handle(socket, message, NOW),
      counts: async () => registry.counts,
    }
  })

  it('draws as many random numbers in a swarm of fifty thousand as in one of forty', () => {
    let draws = 0
    const random = seededRandom(7)
    const counted = () => {
      draws += 1
      return random()
    }
    const registry = inMemory({ random: counted })
    const ask = (socket: string, type: 'join' | 'more', swarm: string, wants: number) =>
      JSON.parse(registry.handle(socket, { type, swarmId: swarm, wants }, NOW).reply) as { peers: string[] }
    const drawsFor = (size: number) => {
      for (let i = 0; i < size; i++) ask(`${size}-${i}`, 'join', swarmId(size), 0)
      draws = 0
      expect(ask(`${size}-0`, 'more', swarmId(size), 30).peers).toHaveLength(30)
      return draws
    }
    expect(drawsFor(40)).toBe(30)
    expect(drawsFor(50_000)).toBe(30)
  })
})
