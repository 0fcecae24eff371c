// Where each room of the laboratory is held: on the node to which its host came, as all it says goes through there.
// Knows nothing of what is said in rooms. A node that dies takes its rooms along; the host's page comes back to
// another, and brings the room with it.
import { RoomCode } from '@swarmdrop/core/signaling'
import type { DeskAnswer, From, Sockets } from '../desk'
import type { SocketId } from '../members'
import type { Cluster } from './cluster'
import { keys, type NodeTag } from './keys'
import type { Destination, Route } from './routed-desk'

/** Longer than a room is kept in which nothing happens. */
const KEPT_SECONDS = 13 * 3600
/** Rooms that a node may hold. */
const MAX_HELD = 1_000

/** Becomes the holder where nobody is, or only one that is dead; returns who holds it then. */
const CLAIM = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] and holder ~= ARGV[2] then return holder end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
return ARGV[1]`

export class RoomRoute implements Route {
  readonly #cluster: Cluster
  readonly #sockets: Sockets
  /** The node that holds the room of each socket that is in one. */
  readonly #nodeOf = new Map<SocketId, NodeTag>()
  /** The codes of rooms here, the one claimed last at the end. */
  readonly #held = new Set<RoomCode>()

  constructor(cluster: Cluster, sockets: Sockets) {
    this.#cluster = cluster
    this.#sockets = sockets
    cluster.line.redis.defineCommand('claimRoom', { numberOfKeys: 1, lua: CLAIM })
    cluster.listen({
      back: async () => {
        for (const code of this.#held) await this.#claim(code)
      },
    })
  }

  isOurs(event: string): boolean {
    return event.startsWith('lab-')
  }

  find({ socket }: From, event: string, content: unknown): Destination | Promise<Destination> {
    const code = event === 'lab-host' || event === 'lab-join' ? codeIn(content) : undefined
    if (code === undefined || !this.#cluster.isHere) return { node: this.#nodeOf.get(socket) }
    return this.#holderOf(code).then((node) => ({ node }))
  }

  async answered(
    { socket }: From,
    event: string,
    _content: unknown,
    { reply }: DeskAnswer,
    node: NodeTag,
  ): Promise<void> {
    if (!ENTERS.has(event) || reply.startsWith('{"refused"')) return
    if (this.#sockets.isOpen(socket)) this.#nodeOf.set(socket, node)
    const code = event === 'lab-join' ? undefined : codeIn(JSON.parse(reply))
    if (code === undefined || node !== this.#cluster.tag) return
    this.#hold(code)
    const holder = await this.#claim(code).catch(() => node)
    // Another room has this code already: its host is given another, when it comes again.
    if (holder !== node) this.#sockets.cut(socket, 'its room’s code is taken')
  }

  gone(socket: SocketId): void {
    this.#nodeOf.delete(socket)
  }

  async #holderOf(code: RoomCode): Promise<NodeTag | undefined> {
    const holder = await this.#cluster.line.redis.get(keys.room(code)).catch(() => null)
    return this.#cluster.livingOther(holder)
  }

  async #claim(code: RoomCode): Promise<NodeTag> {
    const { line, tag } = this.#cluster
    const holder = await line.redis.get(keys.room(code))
    const dead = (await this.#cluster.livingOther(holder)) === undefined ? (holder ?? '') : ''
    const redis = line.redis as unknown as { claimRoom(...args: (string | number)[]): Promise<NodeTag> }
    return redis.claimRoom(keys.room(code), tag, dead, KEPT_SECONDS)
  }

  #hold(code: RoomCode): void {
    this.#held.delete(code)
    this.#held.add(code)
    for (const oldest of this.#held) {
      if (this.#held.size <= MAX_HELD) return
      this.#held.delete(oldest)
    }
  }
}

const ENTERS = new Set(['lab-create', 'lab-host', 'lab-join'])

function codeIn(content: unknown): RoomCode | undefined {
  const code = typeof content === 'object' && content !== null && 'code' in content ? content.code : undefined
  return RoomCode.safeParse(code).data
}
