// Membership in Redis: who is in which swarm, of all nodes, and random subsets of them. All that is asked in one turn
// of the event loop goes as one script for each hash tag. Knows nothing of sockets or messages.
import type { PeerId, SwarmId } from '@swarmdrop/core/signaling'
import type { Others } from '../registry'
import { BUCKETS, bucketOf, keys, type NodeTag } from './keys'
import type { RedisLine } from './redis-line'

/** More questions than that are not asked: the one that asks answers with what it knows itself. */
const MAX_OPEN_QUESTIONS = 20_000
/** Up to here a swarm is read whole: Redis keeps it as one list in any case. */
const READ_WHOLE = 128
const AT_ONCE = 500

/**
 * For each key an operation, an id, and a number: `join` and `more` draw so many others; `add` none; `leave`, where it
 * is 1, was the node's last in that swarm. All that ask are added where they are not there. Drawn by rank, as
 * SRANDMEMBER's own draws are not uniform: in a set of fifty, some members come a quarter more often than others.
 */
const MEMBERS = `
math.randomseed(tonumber(ARGV[1]))
local function draw(key, id, wants)
  local size = redis.call('ZCARD', key)
  local others = size - 1
  local count = math.min(wants, others)
  if count < 1 then return size .. ' ' end
  local picked = {}
  if size <= ${READ_WHOLE} then
    local all = redis.call('ZRANGE', key, 0, -1)
    for i = 1, size do
      if all[i] == id then all[i] = all[size] break end
    end
    for i = 1, count do
      local other = math.random(i, others)
      picked[i] = all[other]
      all[other] = all[i]
    end
  else
    local own = redis.call('ZRANK', key, id)
    local moved = {}
    for i = 0, count - 1 do
      local other = math.random(i, others - 1)
      local place = moved[other] or other
      moved[other] = moved[i] or i
      if place >= own then place = place + 1 end
      picked[i + 1] = redis.call('ZRANGE', key, place, place)[1]
    end
  end
  return size .. ' ' .. table.concat(picked, '","')
end
local prefix = string.len(ARGV[2])
local replies, at = {}, 3
for i = 2, #KEYS do
  local key, what, id, number = KEYS[i], ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  at = at + 3
  local swarm = string.sub(key, prefix + 1)
  replies[i - 1] = ''
  if what == 'leave' then
    redis.call('ZREM', key, id)
    if number == 1 then redis.call('SREM', KEYS[1], swarm) end
  else
    if redis.call('ZADD', key, 0, id) == 1 then redis.call('SADD', KEYS[1], swarm) end
    if what ~= 'add' then replies[i - 1] = draw(key, id, number) end
  end
end
return replies`

/** Takes a node's members out of some of the swarms in which it has any; returns how many swarms those were. */
const SWEEP = `
local swarms = redis.call('SPOP', KEYS[1], ARGV[2])
for _, swarm in ipairs(swarms) do
  redis.call('ZREMRANGEBYLEX', ARGV[3] .. swarm, '[' .. ARGV[1], '(' .. ARGV[1] .. string.char(255))
end
return #swarms`

/** How many members a node has in all its swarms of a hash tag. */
const COUNT = `
local total = 0
for _, swarm in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  total = total + redis.call('ZLEXCOUNT', ARGV[2] .. swarm, '[' .. ARGV[1], '(' .. ARGV[1] .. string.char(255))
end
return total`

type Operation = { what: 'join' | 'more' | 'add' | 'leave'; swarmId: SwarmId; id: PeerId; number: number }
type Waiting = Operation & { answer: (others: Others | undefined) => void }
type Scripts = {
  members(count: number, ...keysAndArguments: (string | number)[]): Promise<string[]>
  sweep(key: string, tag: NodeTag, count: number, prefix: string): Promise<number>
  countMembers(key: string, tag: NodeTag, prefix: string): Promise<number>
}

export class SharedMembers {
  readonly #tag: NodeTag
  readonly #line: RedisLine
  readonly #random: () => number
  readonly #waiting = Array.from({ length: BUCKETS }, (): Waiting[] => [])
  #open = 0
  #isFlushing = false

  constructor(tag: NodeTag, line: RedisLine, random: () => number) {
    this.#tag = tag
    this.#line = line
    this.#random = random
    line.redis.defineCommand('members', { lua: MEMBERS })
    line.redis.defineCommand('sweep', { numberOfKeys: 1, lua: SWEEP })
    line.redis.defineCommand('countMembers', { numberOfKeys: 1, lua: COUNT })
  }

  /** Undefined, at once or later: Redis did not answer. The member is in the swarm all the same once it does. */
  draw(what: 'join' | 'more', swarmId: SwarmId, id: PeerId, wants: number): Promise<Others | undefined> | undefined {
    if (!this.#line.isUp || this.#open >= MAX_OPEN_QUESTIONS) return undefined
    return new Promise((answer) => this.#add({ what, swarmId, id, number: wants, answer }))
  }

  leave(swarmId: SwarmId, id: PeerId, isLast: boolean): void {
    if (this.#line.isUp) this.#add({ what: 'leave', swarmId, id, number: isLast ? 1 : 0, answer: () => {} })
  }

  /**
   * Puts this node's members of one hash tag into Redis, and what else is there in its name out. `members`: those at
   * the time of the call to it. Rejects where Redis does not answer.
   */
  async putBack(bucket: number, members: () => { swarmId: SwarmId; id: PeerId }[]): Promise<void> {
    await this.#sweepBucket(bucket, this.#tag)
    const all = members()
    const adding: Promise<unknown>[] = []
    // All is on its way at once: what leaves from now on is taken out by a command that follows.
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const some = all.slice(at, at + AT_ONCE)
      adding.push(
        this.#run(
          bucket,
          some.map((one) => ({ what: 'add' as const, ...one, number: 0 })),
        ),
      )
    }
    await Promise.all(adding)
  }

  /** Takes all that a node has left out of Redis, as long as it is to go on. */
  async sweep(tag: NodeTag, isToGoOn: () => Promise<boolean>): Promise<void> {
    for (let bucket = 0; bucket < BUCKETS; bucket++) if (await isToGoOn()) await this.#sweepBucket(bucket, tag)
  }

  /** How many members this node has in all swarms of a hash tag, as Redis has it: all asked before is counted. */
  count(bucket: number): Promise<number> {
    this.#flush()
    return this.#scripts.countMembers(keys.swarmsOf(bucket, this.#tag), this.#tag, keys.swarms(bucket))
  }

  async #sweepBucket(bucket: number, tag: NodeTag): Promise<void> {
    this.#flush()
    const { sweep } = this.#scripts
    while ((await sweep(keys.swarmsOf(bucket, tag), tag, AT_ONCE, keys.swarms(bucket))) === AT_ONCE);
  }

  get #scripts(): Scripts {
    const redis = this.#line.redis as unknown as Scripts
    return {
      members: redis.members.bind(redis),
      sweep: redis.sweep.bind(redis),
      countMembers: redis.countMembers.bind(redis),
    }
  }

  #add(waiting: Waiting): void {
    this.#open += 1
    this.#waiting[bucketOf(waiting.swarmId)]?.push(waiting)
    if (this.#isFlushing) return
    this.#isFlushing = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#isFlushing = false
    for (const [bucket, waiting] of this.#waiting.entries())
      while (waiting.length > 0) void this.#ask(bucket, waiting.splice(0, AT_ONCE))
  }

  async #ask(bucket: number, asked: Waiting[]): Promise<void> {
    const replies = await this.#run(bucket, asked).catch(() => undefined)
    this.#open -= asked.length
    for (const [at, { answer }] of asked.entries()) answer(replies && othersIn(replies[at] ?? ''))
  }

  #run(bucket: number, operations: Operation[]): Promise<string[]> {
    const prefix = keys.swarms(bucket)
    const seed = Math.floor(this.#random() * 2 ** 31)
    return this.#scripts.members(
      operations.length + 1,
      keys.swarmsOf(bucket, this.#tag),
      ...operations.map(({ swarmId }) => prefix + swarmId),
      seed,
      prefix,
      ...operations.flatMap(({ what, id, number }) => [what, id, number]),
    )
  }
}

/** `12 id","id`: the swarm's size, and who was drawn. */
function othersIn(reply: string): Others {
  const space = reply.indexOf(' ')
  const list = reply.slice(space + 1)
  return { size: Number(reply.slice(0, space)), peers: list === '' ? '[]' : `["${list}"]` }
}
