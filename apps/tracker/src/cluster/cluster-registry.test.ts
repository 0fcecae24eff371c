// The registry's contract on three nodes over one Redis: a socket is always at the same node, and its members may be at
// any.
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Message, type Outgoing, Registry } from '../registry'
import { afterTest, closeAll } from '../testing/cleanup'
import { swarmId } from '../testing/peers'
import { hasRedis, NO_REDIS, RedisServer } from '../testing/redis-server'
import { NOW, type OpenRegistryOptions, registryContract } from '../testing/registry-contract'
import { seededRandom } from '../testing/seeded-random'
import { Cluster } from './cluster'
import { ClusterRegistry } from './cluster-registry'
import { BUCKETS, idFrom } from './keys'

const NODES = 3

let redis: RedisServer | undefined
beforeAll(async () => {
  if (hasRedis) redis = await RedisServer.launch()
})
beforeEach(({ skip }) => {
  if (!hasRedis) skip(NO_REDIS)
})
afterEach(closeAll)
afterAll(() => redis?.kill())

async function openNode({ random, ...options }: OpenRegistryOptions) {
  const cluster = new Cluster({ redisUrl: redis?.url ?? '', random, now: Date.now, log: pino({ level: 'silent' }) })
  const newPeerId = () => idFrom(cluster.tag)
  const registry = new Registry({ random, newPeerId, iceServers: () => [], ...options })
  const node = { cluster, registry: new ClusterRegistry(registry, cluster) }
  await cluster.start(registry)
  afterTest(() => cluster.close())
  return node
}

async function openNodes(options: OpenRegistryOptions) {
  const nodes: Awaited<ReturnType<typeof openNode>>[] = []
  for (let i = 0; i < NODES; i++) nodes.push(await openNode(options))
  const nodeOf = new Map<string, number>()
  const registryOf = (socket: string) => {
    const number = nodeOf.get(socket) ?? nodeOf.size
    nodeOf.set(socket, number)
    return (nodes[number % NODES] as (typeof nodes)[number]).registry
  }
  let delivery: Outgoing['delivery']
  for (const { registry } of nodes)
    registry.passOnBy((passedOn) => {
      delivery = passedOn
      return undefined
    })
  const handle = async (socket: string, message: Message): Promise<Outgoing> => {
    delivery = undefined
    const outgoing = await registryOf(socket).handle(socket, message, NOW)
    return delivery === undefined ? outgoing : { ...outgoing, delivery }
  }
  const counts = async () => {
    const all = nodes.map(({ registry }) => registry.counts)
    const asker = (redis as RedisServer).asker()
    const swarms = await asker.keys('swarmdrop:*:swarm:*')
    asker.disconnect()
    const sum = (of: 'members' | 'sockets') => all.reduce((total, one) => total + one[of], 0)
    return { swarms: swarms.length, members: sum('members'), sockets: sum('sockets') }
  }
  return { nodes, handle, counts }
}

describe('on three nodes over one Redis', () => {
  registryContract(openNodes, 0.2)

  it('what Redis has lost is put back, all of a large swarm, and so is a part of it', async () => {
    const { nodes, handle } = await openNodes({ random: seededRandom(1) })
    const ask = async (socket: string, type: 'join' | 'more') =>
      (JSON.parse((await handle(socket, { type, swarmId: swarmId(1), wants: 0 })).reply) as { size: number }).size
    await Promise.all(Array.from({ length: 1_800 }, (_, number) => ask(`s${number}`, 'join')))
    const asker = (redis as RedisServer).asker()
    const lose = [
      () => asker.flushall(),
      // As a sweep that went on while its node woke: all of one node, and nobody is told.
      async () => {
        const [key = ''] = await asker.keys('swarmdrop:*:swarm:*')
        // The node that is asked: its answer puts one member back, and the others are missed all the same.
        const { tag } = (nodes[0] as (typeof nodes)[number]).cluster
        await asker.zremrangebylex(key, `[${tag}`, `(${tag}~`)
        await asker.del((await asker.keys(`swarmdrop:*:swarms-of:${tag}`))[0] ?? '')
      },
    ]
    for (const loss of lose) {
      expect(await ask('s0', 'more')).toBe(1_800)
      await loss()
      // Else it takes its turn once in sixteen seconds.
      for (let bucket = 0; bucket < BUCKETS; bucket++) await nodes[0]?.cluster.compare()
      await vi.waitFor(async () => expect(await ask('s0', 'more')).toBe(1_800), { timeout: 5_000, interval: 50 })
    }
    asker.disconnect()
  })

  it('a signal costs one message there and one back, and is heard by no third node', async () => {
    const { nodes, handle } = await openNodes({ random: seededRandom(1) })
    const ids: string[] = []
    for (const socket of ['a', 'b', 'c'])
      ids.push(JSON.parse((await handle(socket, { type: 'join', swarmId: swarmId(1) })).reply).id)
    await handle('a', { type: 'signal', swarmId: swarmId(1), to: ids[1] ?? '', sealed: 'x' })
    expect(nodes.map(({ cluster }) => cluster.bus.published)).toEqual([1, 1, 0])
  })
})
