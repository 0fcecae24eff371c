// The two connections to Redis: one asks, one listens. Knows whether they stand, and nothing of what is said on them.
import { Redis, type RedisOptions, ReplyError } from 'ioredis'
import type { Logger } from 'pino'

/** An answer that has not come by then will not: Redis hangs, or the way to it. */
const ANSWER_WITHIN_MS = 2_000
const TRY_AGAIN_MS = 250

/** Nothing waits in it for a Redis that is away: what cannot be sent at once fails at once. */
const options = {
  lazyConnect: true,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  commandTimeout: ANSWER_WITHIN_MS,
  connectTimeout: ANSWER_WITHIN_MS,
  keepAlive: 1_000,
  retryStrategy: () => TRY_AGAIN_MS,
} satisfies RedisOptions

export type RedisLineHandlers = {
  /** Both connections stand, and this channel is listened to. */
  up: () => void
  /** One of them has ended. */
  lost: () => void
  heard: (message: string) => void
}

export class RedisLine {
  readonly redis: Redis
  readonly #listener: Redis
  readonly #channel: string
  readonly #handlers: RedisLineHandlers
  readonly #log: Logger
  #isUp = false
  #isListening = false
  /** Each attempt fails anew: it is said once, until Redis has answered. */
  #hasComplained = false

  /** `channel`: the one that is listened to. */
  constructor(url: string, channel: string, handlers: RedisLineHandlers, log: Logger) {
    this.#channel = channel
    this.#handlers = handlers
    this.#log = log
    this.redis = new Redis(url, options)
    this.#listener = new Redis(url, options)
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

  /** It answers no more: both connections are made anew, and what waits for an answer fails. */
  renew(): void {
    for (const connection of [this.redis, this.#listener]) connection.disconnect(true)
    this.#lost()
  }

  /** It has answered. */
  works(): void {
    this.#hasComplained = false
  }

  /** Says in the log why it cannot be used. */
  complain(error: unknown): void {
    if (this.#hasComplained) return
    this.#hasComplained = true
    this.#log.warn({ reason: String(error) }, 'Redis cannot be used')
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
