// The two connections to Redis: one asks, one listens. Knows whether they stand, and nothing of what is said on them.
import { ReplyError } from 'ioredis'
import type { Logger } from 'pino'
import { type Connection, openConnections } from './redis-connections'

export type RedisLineHandlers = {
  /** Both connections stand, and this channel is listened to. */
  up: () => void
  /** One of them has ended. */
  lost: () => void
  heard: (message: string) => void
}

export class RedisLine {
  readonly redis: Connection
  readonly #listener: Connection
  readonly #channel: string
  readonly #handlers: RedisLineHandlers
  readonly #log: Logger
  #isUp = false
  #isListening = false
  /** Each attempt fails again: it is said once, until Redis has answered. */
  #hasComplained = false

  /** `urls`: of a Redis, or several of a Redis Cluster. `channel`: the one that is listened to. */
  constructor(urls: string, channel: string, handlers: RedisLineHandlers, log: Logger) {
    this.#channel = channel
    this.#handlers = handlers
    this.#log = log
    const { asks, listens } = openConnections(urls)
    this.redis = asks
    this.#listener = listens
    for (const connection of [this.redis, this.#listener]) {
      connection.on('error', (error) => this.complain(error))
      connection.on('close', () => this.#lost())
    }
    this.redis.on('ready', () => this.#look())
    this.#listener.on('ready', () => void this.#listen())
    this.#listener.on('smessage', (_channel: string, message: string) => handlers.heard(message))
  }

  get isUp(): boolean {
    return this.#isUp
  }

  connect(): void {
    for (const connection of [this.redis, this.#listener]) connection.connect().catch(() => {})
  }

  /** Redis answers no more: makes both connections again, and fails what waits for an answer. */
  renew(): void {
    for (const connection of [this.redis, this.#listener]) connection.disconnect(true)
    this.#lost()
  }

  /** Redis has answered. */
  works(): void {
    this.#hasComplained = false
  }

  /** Says in the log why it cannot be used. */
  complain(error: unknown): void {
    if (this.#hasComplained) return
    this.#hasComplained = true
    // Of a cluster whose members all fail, what one of them said.
    const said = (error as { lastNodeError?: unknown } | undefined)?.lastNodeError ?? error
    this.#log.warn({ reason: String(said) }, 'Redis cannot be used')
  }

  close(): void {
    this.#isUp = false
    for (const connection of [this.redis, this.#listener]) connection.disconnect()
  }

  async #listen(): Promise<void> {
    try {
      await this.#listener.ssubscribe(this.#channel)
      this.#isListening = true
      this.#look()
    } catch (error) {
      const isUnknown = error instanceof ReplyError && /unknown command/i.test(String(error))
      this.complain(isUnknown ? 'it does not know sharded pub/sub, which Redis has from version 7 on' : error)
      if (this.#listener.status === 'ready') this.#listener.disconnect(true)
    }
  }

  #look(): void {
    if (this.#isUp || !this.#isListening || this.redis.status !== 'ready') return
    this.#isUp = true
    this.#handlers.up()
  }

  #lost(): void {
    if (this.#listener.status !== 'ready') this.#isListening = false
    if (!this.#isUp) return
    this.#isUp = false
    this.#handlers.lost()
  }
}
