// Nodes over a Redis Cluster: what one script touches is on one of its servers, and each node hears what is said to it.
import { LabHostReply } from '@swarmdrop/core/signaling'
import { afterEach, expect, it } from 'vitest'
import { closeAll } from '../testing/cleanup'
import { openPeer, openTracker, swarmId } from '../testing/peers'
import { openRedisCluster } from '../testing/redis-cluster'
import { hasRedis, NO_REDIS } from '../testing/redis-server'

afterEach(closeAll)

it('over a Redis Cluster two nodes share swarms, signals, rooms and codes', async ({ skip }) => {
  if (!hasRedis) skip(NO_REDIS)
  const urls = await openRedisCluster()
  // These two name the third.
  const options = { redisUrl: urls.split(',').slice(0, 2).join() }
  const nodes = [await openTracker(options), await openTracker(options)] as const
  const [a, b] = [await openPeer(nodes[0]), await openPeer(nodes[1])]
  // On all of its servers.
  for (let number = 0; number < 8; number++) {
    const swarm = swarmId(number)
    expect((await a.join(swarm)).size).toBe(1)
    const { id, peers } = await b.join(swarm)
    expect(peers).toHaveLength(1)
    const heard = a.next('signal')
    expect(await b.ask('signal', { swarmId: swarm, to: peers[0], sealed: 'x' })).toEqual({})
    expect(await heard).toEqual({ swarmId: swarm, from: id, sealed: 'x' })
  }
  const { code } = LabHostReply.parse(await a.ask('lab-create', {}))
  expect(await b.ask('lab-join', { code, name: 'Ada' })).toHaveProperty('token')
  const { nameplate } = (await a.ask('code-open', { token: 't'.repeat(22) })) as { nameplate: number }
  expect(await b.ask('code-knock', { nameplate, body: 'x' })).toHaveProperty('exchange')
})
