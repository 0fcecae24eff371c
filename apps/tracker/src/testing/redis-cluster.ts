// A Redis Cluster of a test's own: three servers that share the slots between them, without replicas. Knows nothing of
// who asks it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterTest } from './cleanup'
import { freePort, RedisServer } from './redis-server'

const SERVERS = 3
const SLOTS = 16_384

/** Resolves with their URLs, comma-separated, when all slots are served; ends with the test. */
export async function openRedisCluster(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'swarmdrop-redis-'))
  afterTest(() => rmSync(folder, { recursive: true, force: true }))
  const servers: RedisServer[] = []
  while (servers.length < SERVERS) {
    const busPort = await freePort()
    servers.push(
      await RedisServer.open({
        'cluster-enabled': 'yes',
        'cluster-config-file': `nodes-${busPort}.conf`,
        'cluster-port': String(busPort),
        'cluster-node-timeout': '2000',
        dir: folder,
      }),
    )
  }
  const askers = servers.map((server) => server.asker())
  const [first] = servers as [RedisServer]
  for (const [number, asker] of askers.entries()) {
    const share = Math.ceil(SLOTS / SERVERS)
    const last = Math.min((number + 1) * share, SLOTS) - 1
    await asker.call('cluster', 'addslotsrange', number * share, last)
    await asker.call('cluster', 'set-config-epoch', number + 1)
  }
  for (const [number, asker] of askers.entries())
    if (number > 0) await asker.call('cluster', 'meet', '127.0.0.1', first.port, await busPortOf(askers[0]))
  for (const asker of askers)
    while (!/cluster_state:ok.*cluster_known_nodes:3/s.test(String(await asker.call('cluster', 'info'))))
      await after(20)
  for (const asker of askers) asker.disconnect()
  return servers.map(({ url }) => url).join()
}

const busPortOf = async (asker: ReturnType<RedisServer['asker']> | undefined): Promise<number> =>
  Number(((await asker?.config('GET', 'cluster-port')) as string[] | undefined)?.[1])
