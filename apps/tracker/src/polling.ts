// The peers that poll over HTTP, as WebSockets are blocked where they are: which requests are theirs. Knows nothing of
// what is said in them.
import type { IncomingMessage } from 'node:http'
import type { Connection } from './connection'
import type { OpenConnections } from './open-connections'
import { PollingSession } from './polling-session'
import { randomId } from './random-ids'

/** A request of a living session, for a new one, or none of ours. */
export type PollRequest =
  | { kind: 'poll' | 'data'; session: PollingSession }
  | { kind: 'new' }
  /** The session of the request has ended, or never was. */
  | { kind: 'late' }
  /** The session of the request is another node's. */
  | { kind: 'elsewhere'; node: string }
  | { kind: 'refused'; status: number; sentence: string }

export type PollingOptions = {
  socketPath: string
  connections: OpenConnections
  /** Whether the page that asks, if it is one, is ours. */
  mayOpen: (request: IncomingMessage) => boolean
  /** Must not repeat nor be guessed. Left out: 16 random bytes. */
  newId?: () => string
  /** The other node that has this session. */
  nodeOf?: (sid: string) => string | undefined
  now: () => number
}

/**
 * `t` is new each time, so that no cache answers. One that names it twice wants two readers to understand two things.
 */
const NAMES = new Set(['EIO', 'transport', 'sid', 't'])

/**
 * Browsers open six connections to a server, whatever number of lines their pages have. So where an address has more
 * sessions than this, polls do not wait until there is something to say: they take turns.
 */
const SESSIONS_WITHOUT_TURNS = 4
const TURN_MS = 1_000
/** All together ask no oftener than 200 times a second for it. */
const TURN_MS_PER_SESSION = 5

export class PollingSessions {
  readonly #options: PollingOptions
  readonly #sessions = new Map<string, PollingSession>()
  readonly #countBy = new Map<string, number>()
  readonly #ids = new WeakMap<IncomingMessage, string>()

  constructor(options: PollingOptions) {
    this.#options = options
  }

  /** An id for what this request opens. Anyone who knows it speaks for the session, so nobody can guess it. */
  drawId(request: IncomingMessage): string {
    const id = (this.#options.newId ?? randomId)()
    this.#ids.set(request, id)
    return id
  }

  /** Says which kind of request came to the socket's path. */
  read(request: IncomingMessage): PollRequest {
    const { socketPath, mayOpen } = this.#options
    if (request.method !== 'GET' && request.method !== 'POST') return refused(405, 'Only GET and POST are supported.')
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://tracker')
    const names = [...searchParams.keys()]
    const isKnown = new Set(names).size === names.length && names.every((name) => NAMES.has(name))
    if (pathname !== socketPath || !isKnown) return refused(400, 'There is no socket at this address.')
    if (searchParams.get('transport') !== 'polling') return refused(426, 'Only WebSockets and polling are supported.')
    // Another site cannot know a session. But it can have its visitors' browsers ask for one.
    if (!mayOpen(request)) return refused(403, 'Only pages of this server may connect to it.')
    const sid = searchParams.get('sid')
    if (sid === null) return { kind: 'new' }
    const session = this.#sessions.get(sid)
    const node = session ? undefined : this.#options.nodeOf?.(sid)
    if (node !== undefined) return { kind: 'elsewhere', node }
    if (request.method === 'GET') return session ? { kind: 'poll', session } : { kind: 'late' }
    return session ? { kind: 'data', session } : refused(400, 'There is no such session.')
  }

  /**
   * Opens a session, which counts as one connection of its address, as a socket does. Undefined where there is no room.
   * `end` cuts its peer off.
   */
  open(connection: Connection, address: string, end: (reason: string) => void): PollingSession | undefined {
    const { connections, now } = this.#options
    const sid = this.#ids.get(connection.request)
    const counted = connections.enter(address, 'socket', () => end('made way'), now())
    if (sid === undefined || !counted) return undefined
    const session = new PollingSession({ connection, waitMs: () => this.#waitMs(address), end })
    this.#sessions.set(sid, session)
    this.#count(address, 1)
    connection.once('close', () => {
      connections.leave(counted)
      this.#sessions.delete(sid)
      this.#count(address, -1)
    })
    return session
  }

  #waitMs(address: string): number | undefined {
    const count = this.#countBy.get(address) ?? 0
    return count > SESSIONS_WITHOUT_TURNS ? Math.max(TURN_MS, count * TURN_MS_PER_SESSION) : undefined
  }

  #count(address: string, change: 1 | -1): void {
    const count = (this.#countBy.get(address) ?? 0) + change
    if (count > 0) this.#countBy.set(address, count)
    else this.#countBy.delete(address)
  }
}

const refused = (status: number, sentence: string): PollRequest => ({ kind: 'refused', status, sentence })
