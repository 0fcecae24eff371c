// Nodes that die or hang, and a Redis that does: three trackers, two of them processes of their own, and people at
// each.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { LabHostReply, LabJoinReply } from '@swarmdrop/core/signaling'
import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { afterTest, closeAll } from '../testing/cleanup'
import { openPeer, openTracker, type Peer, swarmId } from '../testing/peers'
import { hasRedis, NO_REDIS, RedisServer } from '../testing/redis-server'

afterEach(closeAll)

const swarm = swarmId(1)
/** The time from the death of a node until nobody sees what it has left. */
const GONE_WITHIN_MS = 10_000
const until = (isSo: () => unknown, timeout = GONE_WITHIN_MS) => vi.waitFor(isSo, { timeout, interval: 50 })

async function forkNode(redis: RedisServer): Promise<{ process: ChildProcess; port: number }> {
  const file = fileURLToPath(new URL('../soak/tracker-process.ts', import.meta.url))
  const options = JSON.stringify({ webRoot: 'no-such-folder', redisUrl: redis.url })
  const child = fork(file, [options], { execArgv: ['--import', 'tsx'] })
  afterTest(() => child.kill('SIGKILL'))
  const [port] = (await once(child, 'message')) as [number]
  return { process: child, port }
}

const sizeSeenBy = async (peer: Peer) => (await peer.more(swarm, 50)).size

describe('of three nodes', () => {
  it('one dies and one hangs: both have gone for everybody within ten seconds, their people too, and one is back', async ({
    skip,
  }) => {
    if (!hasRedis) skip(NO_REDIS)
    const redis = await RedisServer.open()
    const living = await openTracker({ redisUrl: redis.url })
    const [dying, hanging] = await Promise.all([forkNode(redis), forkNode(redis)])
    const peers = await Promise.all([living, dying, hanging, living].map((node) => openPeer(node)))
    const [a, onDying, onHanging, b] = peers as [Peer, Peer, Peer, Peer]
    const ids: string[] = []
    for (const peer of peers) ids.push((await peer.join(swarm)).id)
    const host = await openPeer(dying)
    const student = await openPeer(living)
    const { code, token } = LabHostReply.parse(await host.ask('lab-create', {}))
    const seat = LabJoinReply.parse(await student.ask('lab-join', { code, name: 'Ada' }))
    expect(await sizeSeenBy(a)).toBe(4)

    const gone = [onDying, onHanging, host, student].map((peer) => peer.next('disconnect'))
    dying.process.kill('SIGKILL')
    hanging.process.kill('SIGSTOP')
    const startMs = performance.now()
    await until(async () => expect((await a.more(swarm, 50)).peers).toEqual([ids[3]]))
    // A student of the dead node's room is sent off, to come again; who hangs with a node hears nothing, and goes by
    // itself.
    await Promise.all(gone)
    expect(performance.now() - startMs).toBeLessThan(GONE_WITHIN_MS)
    const sealed = 'c2VhbGVk'
    for (const to of ids.slice(1, 3))
      expect(await a.ask('signal', { swarmId: swarm, to, sealed })).toEqual({ refused: 'unknown-peer' })
    const heard = b.next('signal')
    expect(await a.ask('signal', { swarmId: swarm, to: ids[3], sealed })).toEqual({})
    await heard

    // The teacher's page comes to another node, and brings the room along.
    const hostBack = await openPeer(living)
    const seats = [{ id: seat.id, name: 'Ada', mark: seat.room }]
    expect(await hostBack.ask('lab-host', { code, token, seats })).toMatchObject({ code, participants: [{ id: 1 }] })

    hanging.process.kill('SIGCONT')
    const visitor = await openPeer(hanging)
    await until(async () =>
      expect((await visitor.ask('lab-join', { code, name: 'Bob' })) as object).toHaveProperty('token'),
    )
    await visitor.join(swarm)
    await until(async () => expect(await sizeSeenBy(a)).toBe(3))
  }, 60_000)
})

describe('a Redis', () => {
  it('that dies leaves each node its own people, and finds all of them again when it is back empty', async ({
    skip,
  }) => {
    if (!hasRedis) skip(NO_REDIS)
    const redis = await RedisServer.open()
    const nodes = [await openTracker({ redisUrl: redis.url }), await openTracker({ redisUrl: redis.url })] as const
    const redisAt = async ({ port }: { port: number }) =>
      ((await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()) as { redis: string }).redis
    const [a, b, c] = [await openPeer(nodes[0]), await openPeer(nodes[0]), await openPeer(nodes[1])]
    await a.join(swarm)
    const { id: idOfB } = await b.join(swarm)
    await c.join(swarm)
    const { code } = LabHostReply.parse(await a.ask('lab-create', {}))
    const { nameplate } = (await a.ask('code-open', { token: 't'.repeat(22) })) as { nameplate: number }
    expect([await sizeSeenBy(a), await redisAt(nodes[0])]).toEqual([3, 'here'])

    await redis.kill()
    await until(async () => expect(await redisAt(nodes[0])).toBe('away'))
    expect((await a.more(swarm)).peers).toEqual([idOfB])
    expect(await a.ask('signal', { swarmId: swarm, to: idOfB, sealed: 'x' })).toEqual({})
    // Some come and go meanwhile.
    const late = await openPeer(nodes[1])
    expect((await late.join(swarm)).size).toBe(2)
    await b.ask('leave', { swarmId: swarm })

    await redis.start()
    for (const node of nodes) await until(async () => expect(await redisAt(node)).toBe('here'))
    for (const peer of [a, late]) await until(async () => expect(await sizeSeenBy(peer)).toBe(3))
    expect((await a.more(swarm)).peers).not.toContain(idOfB)
    await until(async () => expect(await late.ask('lab-join', { code, name: 'Ada' })).toHaveProperty('token'))
    await until(async () => expect(await late.ask('code-knock', { nameplate, body: 'x' })).toHaveProperty('exchange'))
  }, 60_000)

  it('that is not there, or refuses, keeps no node from beginning, and the log says why, once', async ({ skip }) => {
    if (!hasRedis) skip(NO_REDIS)
    const redis = await RedisServer.open()
    const asker = redis.asker()
    await asker.call('config', 'set', 'requirepass', 'secret')
    asker.disconnect()
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line) => void lines.push(line) })
    const node = await openTracker({ redisUrl: redis.url, log })
    const peer = await openPeer(node)
    expect((await peer.join(swarm)).size).toBe(1)
    expect(lines.filter((line) => line.includes('NOAUTH'))).toHaveLength(1)
    expect(lines.join('')).toContain('serves only its own members')
  })

  it('that hangs is away, and what it does not answer is answered without it', async ({ skip }) => {
    if (!hasRedis) skip(NO_REDIS)
    const redis = await RedisServer.open()
    const node = await openTracker({ redisUrl: redis.url })
    const peer = await openPeer(node)
    await peer.join(swarm)
    redis.stop()
    const answers = await Promise.all(Array.from({ length: 200 }, () => sizeSeenBy(peer)))
    expect(new Set(answers)).toEqual(new Set([1]))
  }, 60_000)
})
