// Tells by heartbeats which nodes live, and that Redis does. Knows nothing of what nodes hold.
import { ReplyError } from 'ioredis'
import { keys, type NodeTag } from './keys'
import type { RedisLine } from './redis-line'

const BEAT_MS = 1_000
/**
 * A node that was not heard for so long is dead: with a beat and a sweep, its members are gone for everybody within
 * eight seconds.
 */
const DEAD_MS = 5_000

/** The time of a node whose members are being removed: should it wake, it is not known and has to put them back. */
const SWEPT = 0

const NOW = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`

/**
 * A beat, timed by the clock of Redis. Returns whether the node was known, and all nodes with how many milliseconds ago
 * each was heard.
 */
const BEAT = `
${NOW}
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
local said = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 2, #said, 2 do said[i] = now - said[i] end
return { known and tonumber(known) > ${SWEPT} and 1 or 0, said }`

/** Whether a node is dead, which is then the last that it is asked. */
const MARK = `
${NOW}
local heard = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not heard or now - heard < ${DEAD_MS} then return 0 end
redis.call('ZADD', KEYS[1], ${SWEPT}, ARGV[1])
return 1`

const FORGET = `
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 1) == ${SWEPT} then redis.call('ZREM', KEYS[1], ARGV[1]) end`

type Scripts = Record<'mark' | 'forget', (key: string, tag: NodeTag) => Promise<unknown>> & {
  beat(key: string, tag: NodeTag): Promise<BeatReply>
}
type BeatReply = [known: number, said: (string | number)[]]

export type BeatsOptions = {
  tag: NodeTag
  line: RedisLine
  now: () => number
  /** How long Redis took to answer. */
  answered: (seconds: number) => void
  /** The others know nothing of this node, or not all: what it holds is to be put into Redis again. */
  restore: () => void
  /** A node is not heard any more. What it has left in Redis is still there. */
  died: (tag: NodeTag) => void
  /** What these have left is to be removed. */
  sweep: (dead: NodeTag[]) => void
  /** A beat was answered: Redis has all that was said before. */
  beaten: () => void
  away: () => void
}

export class Beats {
  readonly #options: BeatsOptions
  #others = new Set<NodeTag>()
  /** Undefined while Redis is away. */
  #hereSinceMs: number | undefined
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> | undefined

  constructor(options: BeatsOptions) {
    this.#options = options
    for (const [name, lua] of Object.entries({ beat: BEAT, mark: MARK, forget: FORGET }))
      options.line.redis.defineCommand(name, { numberOfKeys: 1, lua })
  }

  get isHere(): boolean {
    return this.#hereSinceMs !== undefined
  }

  /** All other nodes that live. */
  get others(): ReadonlySet<NodeTag> {
    return this.#others
  }

  start(): void {
    this.#timer = setInterval(() => void this.beat(), BEAT_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Beats at once, not only when it is time. Resolves when Redis has answered, or does not. */
  beat(): Promise<void> {
    if (!this.#options.line.isUp) return Promise.resolve()
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = undefined
    })
    return this.#beating
  }

  /** Whether that node lives. One that has just begun may not be known yet, and is looked for. */
  async isLiving(tag: NodeTag): Promise<boolean> {
    if (!this.#others.has(tag)) await this.beat()
    return this.#others.has(tag)
  }

  async #beat(): Promise<void> {
    const { line, tag, now, answered, restore, beaten } = this.#options
    const startMs = performance.now()
    try {
      const [known, said] = await this.#redis.beat(keys.nodes, tag)
      answered((performance.now() - startMs) / 1000)
      line.works()
      const wasAway = this.#hereSinceMs === undefined
      this.#hereSinceMs ??= now()
      this.#look(said)
      if (wasAway || known === 0) restore()
      beaten()
    } catch (error) {
      this.failed(error)
    }
  }

  /** False where it has woken, or another node sees to it. */
  async mayBeSwept(tag: NodeTag): Promise<boolean> {
    return (await this.#redis.mark(keys.nodes, tag)) === 1
  }

  /** Whether a dead node has not woken since. */
  async isStillDead(tag: NodeTag): Promise<boolean> {
    return (await this.#options.line.redis.zscore(keys.nodes, tag)) === String(SWEPT)
  }

  /** All that it has left is gone. */
  async forget(tag: NodeTag): Promise<void> {
    await this.#redis.forget(keys.nodes, tag)
  }

  get #redis(): Scripts {
    return this.#options.line.redis as unknown as Scripts
  }

  /** What was asked has come to nothing: closed on the way, which its line says too, or Redis hangs; or it says no. */
  failed(error: unknown): void {
    // A replica, where its primary was a moment ago: a new connection may reach the new one.
    if (!(error instanceof ReplyError) || /\b(READONLY|MASTERDOWN)\b/.test(String(error)))
      return this.#options.line.renew()
    // It is full, or somebody else's: a new connection would hear the same, and the next beat asks again.
    this.#options.line.complain(error)
    this.lost()
  }

  lost(): void {
    if (this.#hereSinceMs === undefined) return
    this.#hereSinceMs = undefined
    this.#options.away()
  }

  #look(said: (string | number)[]): void {
    const { tag, now, died, sweep } = this.#options
    // While Redis was away nobody was heard: each has to have had its time again.
    const canTell = now() - (this.#hereSinceMs ?? 0) >= DEAD_MS
    const living = new Set<NodeTag>()
    const dead: NodeTag[] = []
    for (let at = 0; at < said.length; at += 2) {
      const other = String(said[at])
      if (other === tag) continue
      if (Number(said[at + 1]) < DEAD_MS) living.add(other)
      else if (canTell) dead.push(other)
      else if (this.#others.has(other)) living.add(other)
    }
    const gone = [...this.#others].filter((other) => !living.has(other))
    this.#others = living
    for (const other of gone) died(other)
    if (dead.length > 0) sweep(dead)
  }
}
