// What an address spends at one node counts at the others too.
import { LabHostReply } from '@swarmdrop/core/signaling'
import { afterEach, expect, it, vi } from 'vitest'
import { closeAll } from '../testing/cleanup'
import { openPeer, openTracker, swarmId } from '../testing/peers'
import { hasRedis, NO_REDIS, RedisServer } from '../testing/redis-server'

afterEach(closeAll)

const leave = { swarmId: swarmId(1) }

it('an address that has spent its share at one node is refused at another, and others are not', async ({ skip }) => {
  if (!hasRedis) skip(NO_REDIS)
  const redis = await RedisServer.open()
  const limits = { address: { capacity: 100, perSecond: 0.001 } }
  const options = { redisUrl: redis.url, trustedProxies: 1, limits }
  const nodes = [await openTracker(options), await openTracker(options)] as const
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const spender = await openPeer(nodes[0], from('203.0.113.1'))
  // To find a room that is held there, the node gets to know the other at once.
  const { code } = LabHostReply.parse(await (await openPeer(nodes[1], from('192.0.2.1'))).ask('lab-create', {}))
  expect(await spender.ask('lab-join', { code, name: 'Ada' })).toHaveProperty('token')
  // Of its hundred, a handshake took ten.
  for (let i = 0; i < 79; i++) expect(await spender.ask('leave', leave)).toEqual({ refused: 'not-joined' })
  const [same, other] = [await openPeer(nodes[1], from('203.0.113.1')), await openPeer(nodes[1], from('198.51.100.7'))]
  let asked = 0
  const ask = () => {
    asked += 1
    return same.ask('leave', leave)
  }
  const isRefused = async () => expect(await ask()).toEqual({ refused: 'rate-limited' })
  await vi.waitFor(isRefused, { timeout: 5_000, interval: 100 })
  // By itself it had ninety.
  expect(asked).toBeLessThan(40)
  expect(await other.ask('leave', leave)).toEqual({ refused: 'not-joined' })
  expect(same.socket.connected).toBe(true)
})
