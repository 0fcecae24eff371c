// One node among others over one Redis: its line, what it says to the others, who of them lives, and what is put right
// when one dies or Redis comes back. Knows nothing of what nodes hold but membership.
import type { Logger } from 'pino'
import type { Registry } from '../registry'
import { Beats } from './beats'
import { Bus } from './bus'
import { BUCKETS, bucketOf, drawTag, keys, type NodeTag } from './keys'
import { RedisLine } from './redis-line'
import { SharedMembers } from './shared-members'

/** How long a start waits for Redis; the node starts without it, too. */
const START_WITHIN_MS = 2_000
const SWEPT_WITHIN_MS = 10_000

export type ClusterOptions = {
  redisUrl: string
  random: () => number
  /** Milliseconds, by a clock that only goes forward. */
  now: () => number
  log: Logger
  /** How long Redis took to answer. */
  answered?: (seconds: number) => void
}

/** Who wants to know what becomes of other nodes and of Redis. */
export type ClusterListener = {
  /** A node is gone, with all that it held. */
  died?(tag: NodeTag): void
  /** Redis is there again, perhaps empty: what this node has told it is to be told again. */
  back?(): Promise<void>
  /** This node has left the others. */
  closed?(): void
}

export class Cluster {
  readonly tag = drawTag()
  readonly bus: Bus
  readonly members: SharedMembers
  readonly line: RedisLine
  readonly #beats: Beats
  readonly #log: Logger
  readonly #listeners: ClusterListener[] = []
  readonly #sweeping = new Set<NodeTag>()
  #registry: Registry | undefined
  /** Redis has all that this node holds, or had it when it went away. */
  #isKnown = false
  #isPuttingBack = false
  #isPutBackWanted = false
  #nextBucket = 0
  #started = () => {}

  constructor({ redisUrl, random, now, log, answered = () => {} }: ClusterOptions) {
    this.#log = log
    const failed = (error: unknown) => log.error({ err: error }, 'could not answer another node')
    const handlers = {
      up: () => void this.#beats.beat(),
      lost: () => this.#lost(),
      heard: (message: string) => {
        try {
          this.bus.heard(message)
        } catch (error) {
          failed(error)
        }
      },
    }
    this.line = new RedisLine(redisUrl, keys.channel(this.tag), handlers, log)
    this.bus = new Bus(this.tag, () => this.line, now, failed)
    this.members = new SharedMembers(this.tag, this.line, random)
    this.#beats = new Beats({
      tag: this.tag,
      line: this.line,
      now,
      answered,
      restore: () => void this.#putBack(),
      died: (tag) => this.#died(tag),
      sweep: (dead) => void Promise.all(dead.map((tag) => this.#sweep(tag))),
      beaten: () => void this.compare(),
      away: () => this.#sayAway(),
    })
  }

  /** Whether Redis answers. */
  get isHere(): boolean {
    return this.#beats.isHere
  }

  /** All other nodes that live. */
  get others(): ReadonlySet<NodeTag> {
    return this.#beats.others
  }

  /** The other node that holds something, as Redis says; undefined where it does not live, or it is this one. */
  async livingOther(holder: NodeTag | null): Promise<NodeTag | undefined> {
    if (holder === null || holder === this.tag) return undefined
    return (await this.#beats.isLiving(holder)) ? holder : undefined
  }

  listen(listener: ClusterListener): void {
    this.#listeners.push(listener)
  }

  /** Resolves when it is one of the nodes, or Redis is not there. `registry`: of this node's own members. */
  async start(registry: Registry): Promise<void> {
    this.#registry = registry
    const waiting = new Promise<void>((resolve) => {
      this.#started = resolve
      setTimeout(resolve, START_WITHIN_MS).unref()
    })
    this.line.connect()
    this.#beats.start()
    await waiting
    if (!this.isHere) this.#log.warn('Redis cannot be reached: this node serves only its own members')
  }

  /** Takes all that is this node's out of Redis, where that can be done at once. */
  async close(): Promise<void> {
    this.#beats.stop()
    this.#registry = undefined
    if (this.line.isUp) await this.#leave().catch(() => {})
    for (const { closed } of this.#listeners) closed?.()
    this.bus.close()
    this.line.close()
  }

  async #leave(): Promise<void> {
    await this.members.sweep(this.tag, async () => true)
    await this.line.redis.zrem(keys.nodes, this.tag)
  }

  #lost(): void {
    this.bus.giveUp()
    this.#beats.lost()
  }

  /** Tells that Redis is away: once, however often it comes and goes before all is put back. */
  #sayAway(): void {
    if (this.#isKnown) this.#log.warn('Redis is away: this node serves only its own members')
    this.#isKnown = false
  }

  #died(tag: NodeTag): void {
    this.#log.warn({ node: tag }, 'another node is gone')
    this.bus.giveUp(tag)
    for (const { died } of this.#listeners) died?.(tag)
  }

  async #putBack(): Promise<void> {
    this.#isPutBackWanted = true
    if (this.#isPuttingBack) return
    this.#isPuttingBack = true
    try {
      while (this.#isPutBackWanted) {
        this.#isPutBackWanted = false
        for (let bucket = 0; bucket < BUCKETS; bucket++) await this.#putBackBucket(bucket)
        for (const { back } of this.#listeners) await back?.()
        this.#log.info('Redis has what this node holds')
        this.#isKnown = true
        this.#started()
      }
    } catch (error) {
      // The next beat that is answered begins again.
      this.#beats.failed(error)
    } finally {
      this.#isPuttingBack = false
    }
  }

  async #putBackBucket(bucket: number): Promise<void> {
    const registry = this.#registry
    if (!registry) return
    await this.members.putBack(bucket, () =>
      [...registry.swarmIds()]
        .filter((swarmId) => bucketOf(swarmId) === bucket)
        .flatMap((swarmId) => registry.idsIn(swarmId).map((id) => ({ swarmId, id }))),
    )
  }

  /** Removes what a dead node has left. One node does; it stops where the dead one wakes, which puts its own back. */
  async #sweep(tag: NodeTag): Promise<void> {
    if (this.#sweeping.has(tag)) return
    this.#sweeping.add(tag)
    try {
      const isMine = await this.line.redis.set(keys.sweeping(tag), this.tag, 'PX', SWEPT_WITHIN_MS, 'NX')
      if (isMine !== 'OK') return
      if (await this.#beats.mayBeSwept(tag)) {
        await this.members.sweep(tag, () => this.#beats.isStillDead(tag))
        await this.#beats.forget(tag)
      }
      await this.line.redis.del(keys.sweeping(tag))
    } catch {
      // Redis is away: the next node to see the dead one sweeps.
    } finally {
      this.#sweeping.delete(tag)
    }
  }

  /**
   * Compares one hash tag after each beat, in turn: a sweep that went on as this node woke may have taken something.
   */
  async compare(): Promise<void> {
    const registry = this.#registry
    if (this.#isPuttingBack || !registry) return
    this.#nextBucket = (this.#nextBucket + 1) % BUCKETS
    const bucket = this.#nextBucket
    let expected = 0
    for (const swarmId of registry.swarmIds()) if (bucketOf(swarmId) === bucket) expected += registry.sizeOf(swarmId)
    try {
      if ((await this.members.count(bucket)) === expected) return
      this.#log.warn('Redis has lost members of this node: they are put back')
      await this.#putBackBucket(bucket)
    } catch {
      // Away: all is put back then.
    }
  }
}
