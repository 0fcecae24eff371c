// A Redis that cannot be used as it is, and what nobody of ours has written into it: a node serves on, and says why.
import { type Logger, pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { afterTest, closeAll } from '../testing/cleanup'
import { openPeer, openTracker, type Peer, swarmId } from '../testing/peers'
import { hasRedis, NO_REDIS, RedisServer } from '../testing/redis-server'

beforeEach(({ skip }) => {
  if (!hasRedis) skip(NO_REDIS)
})
afterEach(closeAll)

const swarm = swarmId(1)
const until = (isSo: () => unknown) => vi.waitFor(isSo, { timeout: 10_000, interval: 50 })

function openLog(): { log: Logger; lines: string[] } {
  const lines: string[] = []
  return { lines, log: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }) }
}

function askerOf(redis: RedisServer) {
  const asker = redis.asker()
  afterTest(() => asker.disconnect())
  return asker
}

const redisAt = async ({ port }: { port: number }) =>
  ((await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()) as { redis: string }).redis
const sizeSeenBy = async (peer: Peer) => (await peer.more(swarm)).size

describe('a node', () => {
  it('whose Redis wants another password, is older than 7, or is another’s, says which it is, once, and serves', async () => {
    const [locked, old, foreign] = await Promise.all([
      RedisServer.open(),
      RedisServer.open({ 'rename-command': 'SSUBSCRIBE ""' }),
      RedisServer.open(),
    ])
    await askerOf(locked).config('SET', 'requirepass', 'secret')
    await askerOf(foreign).set('swarmdrop:{nodes}', 'of somebody else')
    const wanted: [string, string][] = [
      [locked.url.replace('//', '//:guessed@'), 'WRONGPASS'],
      [old.url, 'from version 7 on'],
      [foreign.url, 'WRONGTYPE'],
    ]
    await Promise.all(
      wanted.map(async ([redisUrl, reason]) => {
        const { log, lines } = openLog()
        const node = await openTracker({ redisUrl, log })
        expect((await (await openPeer(node)).join(swarm)).size).toBe(1)
        expect(await redisAt(node)).toBe('away')
        expect(lines.filter((line) => line.includes('cannot be used'))).toEqual([expect.stringContaining(reason)])
      }),
    )
  })

  it('whose Redis is full serves its own, says so once, and puts all back when there is room', async () => {
    const redis = await RedisServer.open()
    const asker = askerOf(redis)
    const { log, lines } = openLog()
    const nodes = [await openTracker({ redisUrl: redis.url, log }), await openTracker({ redisUrl: redis.url })] as const
    const [a, b] = [await openPeer(nodes[0]), await openPeer(nodes[1])]
    await a.join(swarm)
    await b.join(swarm)
    await asker.config('SET', 'maxmemory', '1')
    await until(async () => expect(await redisAt(nodes[0])).toBe('away'))
    const late = await openPeer(nodes[0])
    expect((await late.join(swarm)).size).toBe(2)
    await asker.config('SET', 'maxmemory', '0')
    for (const node of nodes) await until(async () => expect(await redisAt(node)).toBe('here'))
    for (const peer of [a, b, late]) await until(async () => expect(await sizeSeenBy(peer)).toBe(3))
    expect(lines.filter((line) => line.includes('OOM'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('Redis is away'))).toHaveLength(1)
  })

  it('whose Redis is a replica now looks for the new one by new connections', async () => {
    const redis = await RedisServer.open()
    const asker = askerOf(redis)
    const connections = async () => Number(/total_connections_received:(\d+)/.exec(await asker.info('stats'))?.[1])
    const node = await openTracker({ redisUrl: redis.url })
    await asker.replicaof('127.0.0.1', 1)
    await until(async () => expect(await redisAt(node)).toBe('away'))
    const before = await connections()
    await until(async () => expect(await connections()).toBeGreaterThan(before + 1))
    await asker.call('replicaof', 'no', 'one')
    await until(async () => expect(await redisAt(node)).toBe('here'))
  })

  it('whose Redis has hung for a while and goes on is with the others again', async () => {
    const redis = await RedisServer.open()
    const nodes = [await openTracker({ redisUrl: redis.url }), await openTracker({ redisUrl: redis.url })] as const
    const [a, b] = [await openPeer(nodes[0]), await openPeer(nodes[1])]
    await a.join(swarm)
    await b.join(swarm)
    redis.stop()
    for (const node of nodes) await until(async () => expect(await redisAt(node)).toBe('away'))
    await b.ask('leave', { swarmId: swarm })
    const late = await openPeer(nodes[1])
    await late.join(swarm)
    redis.resume()
    for (const node of nodes) await until(async () => expect(await redisAt(node)).toBe('here'))
    for (const peer of [a, late]) await until(async () => expect(await sizeSeenBy(peer)).toBe(2))
  })
})

describe('one Redis', () => {
  it('keeps apart those who name another of its databases', async () => {
    const redis = await RedisServer.open()
    const nodes = [await openTracker({ redisUrl: `${redis.url}/1` }), await openTracker({ redisUrl: `${redis.url}/2` })]
    for (const node of nodes) expect((await (await openPeer(node)).join(swarm)).size).toBe(1)
  })
})

describe('what no node has said', () => {
  it('ends none, whatever its form, and lets nobody do more than before', async () => {
    const redis = await RedisServer.open()
    const asker = askerOf(redis)
    const { log, lines } = openLog()
    const limits = { address: { capacity: 100, perSecond: 0.001 } }
    const node = await openTracker({ redisUrl: redis.url, log, limits })
    const peer = await openPeer(node)
    const { id } = await peer.join(swarm)
    const [channel = ''] = (await asker.call('pubsub', 'shardchannels')) as string[]
    const said = [
      'signal',
      'is-member',
      'emit',
      'cut',
      'spent',
      'rooms',
      'rooms-gone',
      'codes',
      'relay',
      'relay-take',
      'poll',
    ]
    const contents = [null, 7, 'x', [], {}, { socket: null, event: 'disconnect', content: null }]
    const messages: unknown[] = [null, 7, [], ['abcd'], ['abcd', null], ['abcd', [null]], ['abcd', [[null]]], [7, []]]
    for (const what of said) for (const content of contents) messages.push(['abcd', [[what, content, 1]]])
    messages.push([
      'abcd',
      [
        [
          'spent',
          {
            name: 'addresses',
            spent: [
              ['127.0.0.1', 'much'],
              ['127.0.0.1', -1e9],
            ],
          },
        ],
      ],
    ])
    for (const message of ['{', '', ...messages.map((message) => JSON.stringify(message))])
      await asker.spublish(channel, message)
    expect(await peer.ask('more', { swarmId: swarm })).toEqual({ peers: [], size: 1 })
    await until(() => expect(lines.filter((line) => line.includes('no message of a node')).length).toBeGreaterThan(5))
    // All but the last ten or so of its hundred is spent here, and no more than a hundred.
    const answers = await Promise.all(
      Array.from({ length: 120 }, () => peer.ask('signal', { swarmId: swarm, to: id, sealed: 'x' })),
    )
    expect(answers).toContainEqual({ refused: 'rate-limited' })
  })
})
