// A Redis of a test's own, on a free port of this machine, which keeps nothing. Knows nothing of who asks it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterTest } from './cleanup'

const PROGRAM = '/usr/bin/redis-server'
export const NO_REDIS = 'There is no redis-server here.'
export const hasRedis = existsSync(PROGRAM)

export class RedisServer {
  readonly #settings: Record<string, string>
  #child: ChildProcess | undefined

  private constructor(
    readonly port: number,
    settings: Record<string, string>,
  ) {
    this.#settings = settings
  }

  /** Opens a Redis that ends with the test. `settings`: of its own configuration. */
  static async open(settings?: Record<string, string>): Promise<RedisServer> {
    const server = await RedisServer.launch(settings)
    afterTest(() => server.kill())
    return server
  }

  /** Launches a Redis; the one who launches it ends it. */
  static async launch(settings: Record<string, string> = {}): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), settings)
    await server.start()
    return server
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Empty. Resolves when it answers. */
  async start(): Promise<void> {
    const settings = { port: this.port, bind: '127.0.0.1', save: '""', appendonly: 'no', ...this.#settings }
    const child = spawn(PROGRAM, ['-'], { stdio: ['pipe', 'ignore', 'inherit'] })
    child.stdin.end(
      Object.entries(settings)
        .map((setting) => `${setting.join(' ')}\n`)
        .join(''),
    )
    this.#child = child
    const asker = this.asker()
    while (asker.status !== 'ready') {
      if (child.exitCode !== null) throw new Error('redis-server ended before it was ready.')
      await after(5)
    }
    asker.disconnect()
  }

  /** Kills it at once, with all that it held. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** Halts it: its connections stand, and nothing is answered. */
  stop(): void {
    this.#child?.kill('SIGSTOP')
  }

  /** Lets it go on. */
  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  /** A connection for anyone who looks at what stands in it. */
  asker(): Redis {
    return redisAsker(this.url)
  }
}

export function redisAsker(url: string): Redis {
  const asker = new Redis(url, { retryStrategy: () => 10 })
  asker.on('error', () => {})
  return asker
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return port
}
