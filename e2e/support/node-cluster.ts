// Three trackers over one Redis behind nginx, each a process of its own that can be killed or made to hang. Knows no
// single test.
import { NginxServer } from '../../apps/tracker/src/testing/nginx-server'
import { RedisServer } from '../../apps/tracker/src/testing/redis-server'
import { TrackerProcess } from '../../tooling/tracker-process'

export class NodeCluster {
  readonly #nginx: NginxServer

  private constructor(
    readonly redis: RedisServer,
    readonly nodes: readonly [TrackerProcess, TrackerProcess, TrackerProcess],
    nginx: NginxServer,
  ) {
    this.#nginx = nginx
  }

  static async start(): Promise<NodeCluster> {
    const redis = await RedisServer.launch()
    const settings = { REDIS_URL: redis.url, TRUST_PROXY: '1' }
    const open = () => TrackerProcess.onFreePort(settings)
    const nodes = await Promise.all([open(), open(), open()])
    return new NodeCluster(redis, nodes, await NginxServer.launch(nodes.map(({ port }) => port)))
  }

  /** Where people open the page. */
  get home(): string {
    return `http://127.0.0.1:${this.#nginx.port}/`
  }

  /** How many members all swarms have, as Redis knows them. */
  async members(): Promise<number> {
    const asker = this.redis.asker()
    const swarms = await asker.keys('swarmdrop:{*}:swarm:*')
    const sizes = await Promise.all(swarms.map((swarm) => asker.zcard(swarm)))
    asker.disconnect()
    return sizes.reduce((total, size) => total + size, 0)
  }

  async close(): Promise<void> {
    await this.#nginx.kill()
    await Promise.all(this.nodes.map((node) => node.kill()))
    await this.redis.kill()
  }
}

/** What this node says of Redis. */
export async function redisAt({ url }: TrackerProcess): Promise<unknown> {
  const response = await fetch(`${url}readyz`)
  return ((await response.json()) as { redis: unknown }).redis
}
