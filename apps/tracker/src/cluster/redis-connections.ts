// The two connections of a node: to one Redis, or to a Redis Cluster where several are named. Each asks or listens,
// comes back by itself, and keeps nothing for later. Knows nothing of what is asked.
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { redisUrls } from './redis-urls'

/** An answer that has not come by then will not: Redis hangs, or the way to it. */
const ANSWER_WITHIN_MS = 2_000
const TRY_AGAIN_MS = 250
const LOOK_AGAIN_MS = 5_000

export type Connection = Redis | Cluster

/** Nothing waits in it for a Redis that is away: what cannot be sent at once fails at once. */
const patience = {
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  commandTimeout: ANSWER_WITHIN_MS,
  connectTimeout: ANSWER_WITHIN_MS,
  keepAlive: 1_000,
} satisfies RedisOptions

/** `urls`: one of a Redis, or several of one Redis Cluster, comma-separated. Connects when it is told to. */
export function openConnections(urls: string): { asks: Connection; listens: Connection } {
  const [first = '', ...others] = redisUrls(urls)
  if (others.length > 0)
    return { asks: openCluster([first, ...others], false), listens: openCluster([first, ...others], true) }
  const open = () =>
    new Redis(first, { ...patience, lazyConnect: true, enableOfflineQueue: false, retryStrategy: () => TRY_AGAIN_MS })
  return { asks: open(), listens: open() }
}

function openCluster(urls: string[], listens: boolean): Cluster {
  const [{ protocol, username, password }] = urls.map((url) => new URL(url)) as [URL]
  return new Cluster(urls, {
    lazyConnect: true,
    enableOfflineQueue: false,
    shardedSubscribers: listens,
    clusterRetryStrategy: () => TRY_AGAIN_MS,
    slotsRefreshTimeout: ANSWER_WITHIN_MS,
    // One that hangs says nothing that would make it look for who has taken over.
    slotsRefreshInterval: LOOK_AGAIN_MS,
    // By its name, which is in its certificate.
    dnsLookup: (host, done) => done(null, host),
    // Those that the named ones name want the same.
    redisOptions: {
      ...patience,
      ...(username !== '' && { username: decodeURIComponent(username) }),
      ...(password !== '' && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  })
}
