// Where each mailbox of a code is held: on the node where it was opened. Its number is claimed in Redis, so that no two
// have the same. Knows nothing of what is passed on.
import { Nameplate, type RefusalCode } from '@swarmdrop/core/signaling'
import type { DeskAnswer, From } from '../desk'
import type { Cluster } from './cluster'
import { keys, type NodeTag, tagOf } from './keys'
import type { Destination, Route } from './routed-desk'

/** Any of the shortest numbers of which less than half are taken, as one node alone would draw it. */
const TAKE = `
math.randomseed(tonumber(ARGV[2]))
local last = 10
while 2 * (redis.call('HLEN', KEYS[1]) + 1) > last do last = last * 10 end
while true do
  local number = math.random(1, last - 1)
  if redis.call('HSETNX', KEYS[1], number, ARGV[1]) == 1 then return number end
end`

/** Becomes the holder of a number where nobody is, or only one that is dead; returns who holds it then. */
const CLAIM = `
local holder = redis.call('HGET', KEYS[1], ARGV[1])
if holder and holder ~= ARGV[2] and holder ~= ARGV[3] then return holder end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ARGV[2]`

const RELEASE = `if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end`

type Scripts = Record<'takeCode' | 'claimCode' | 'releaseCode', (...args: (string | number)[]) => Promise<unknown>>

export class CodeRoute implements Route {
  readonly #cluster: Cluster
  readonly #random: () => number
  /** Numbers of mailboxes that are open here. */
  readonly #held = new Set<Nameplate>()

  constructor(cluster: Cluster, random: () => number) {
    this.#cluster = cluster
    this.#random = random
    for (const [name, lua] of Object.entries({ takeCode: TAKE, claimCode: CLAIM, releaseCode: RELEASE }))
      cluster.line.redis.defineCommand(name, { numberOfKeys: 1, lua })
    cluster.listen({
      back: async () => {
        for (const number of this.#held) await this.#claim(number)
      },
      died: (node) => void this.#forget(node).catch(() => {}),
    })
  }

  isOurs(event: string): boolean {
    return event.startsWith('code-')
  }

  find(_from: From, event: string, content: unknown): Destination | Promise<Destination> {
    if (!this.#cluster.isHere || typeof content !== 'object' || content === null) return {}
    if (event === 'code-say') {
      const node = tagOf(String('exchange' in content && content.exchange))
      return this.#cluster.others.has(node) ? { node } : {}
    }
    const number = Nameplate.safeParse('nameplate' in content ? content.nameplate : undefined).data
    if (event === 'code-open' && !('nameplate' in content)) return this.#open(content)
    if (number === undefined) return {}
    return this.#holderOf(number, event === 'code-open').then((node) => ({ node }))
  }

  answered(_from: From, event: string, content: unknown, { reply }: DeskAnswer, node: NodeTag): void {
    if (event !== 'code-open' || node !== this.#cluster.tag) return
    const answer = JSON.parse(reply) as { nameplate?: Nameplate; refused?: RefusalCode }
    const number = answer.nameplate ?? Nameplate.safeParse((content as { nameplate?: unknown } | null)?.nameplate).data
    if (number === undefined) return
    if (answer.nameplate !== undefined) this.#held.add(number)
    else if (answer.refused !== 'code-taken') this.removed(number)
  }

  /** The mailbox of a number here is no more. */
  removed(number: Nameplate): void {
    this.#held.delete(number)
    if (this.#cluster.isHere) void this.#redis.releaseCode(keys.codes, number, this.#cluster.tag).catch(() => {})
  }

  get #redis(): Scripts {
    return this.#cluster.line.redis as unknown as Scripts
  }

  async #open(content: object): Promise<Destination> {
    const seed = Math.floor(this.#random() * 2 ** 31)
    const nameplate = await this.#redis.takeCode(keys.codes, this.#cluster.tag, seed).catch(() => undefined)
    return nameplate === undefined ? {} : { content: { ...content, nameplate } }
  }

  async #holderOf(number: Nameplate, isToClaim: boolean): Promise<NodeTag | undefined> {
    const asked = isToClaim ? this.#claim(number) : this.#cluster.line.redis.hget(keys.codes, String(number))
    return this.#cluster.livingOther(await asked.catch(() => null))
  }

  async #claim(number: Nameplate): Promise<NodeTag> {
    const holder = await this.#cluster.line.redis.hget(keys.codes, String(number))
    const dead = (await this.#cluster.livingOther(holder)) === undefined ? (holder ?? '') : ''
    return (await this.#redis.claimCode(keys.codes, number, this.#cluster.tag, dead)) as NodeTag
  }

  /** Numbers that a dead node has held are free. */
  async #forget(node: NodeTag): Promise<void> {
    const all = await this.#cluster.line.redis.hgetall(keys.codes)
    for (const [number, holder] of Object.entries(all))
      if (holder === node) await this.#redis.releaseCode(keys.codes, number, node)
  }
}
