// Sessions of peers that poll over HTTP, as WebSockets are blocked where they are: which requests are theirs, and what a session
// may hold. Knows nothing of what is said in them.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Connection } from './connection'
import type { OpenConnections } from './open-connections'
import { randomId } from './random-ids'

/** Of a living session, for a new one, or none of ours. */
export type PollRequest =
  | { kind: 'poll' | 'data'; session: PollingSession }
  | { kind: 'new' }
  | { kind: 'refused'; status: number; sentence: string }

export type PollingSession = {
  /** Bytes of the answer under way that the operating system has not taken yet. */
  unreadBytes(): number
  /**
   * The answer to a poll, which waits until there is something to say: `answering` is called then. False where the one before
   * is not read yet; the session is ended then, as each would hold as much as a socket may leave unread.
   */
  hold(response: ServerResponse, answering: () => void): boolean
}

export type PollingOptions = {
  socketPath: string
  connections: OpenConnections
  /** Whether the page that asks, if it is one, is ours. */
  mayOpen: (request: IncomingMessage) => boolean
  now: () => number
}

/** `t` is new each time, so that no cache answers. Whoever names one twice wants two readers to understand two things. */
const NAMES = new Set(['EIO', 'transport', 'sid', 't'])

export class PollingSessions {
  readonly #options: PollingOptions
  readonly #sessions = new Map<string, PollingSession>()
  readonly #ids = new WeakMap<IncomingMessage, string>()

  constructor(options: PollingOptions) {
    this.#options = options
  }

  /** An id for what this request opens. Whoever knows it speaks for the session, so nobody can guess it. */
  drawId(request: IncomingMessage): string {
    const id = randomId()
    this.#ids.set(request, id)
    return id
  }

  /** What a request to the socket's path is. */
  read(request: IncomingMessage): PollRequest {
    const { socketPath, mayOpen } = this.#options
    if (request.method !== 'GET' && request.method !== 'POST') return refused(405, 'Only GET and POST are spoken here.')
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://tracker')
    const names = [...searchParams.keys()]
    const isKnown = new Set(names).size === names.length && names.every((name) => NAMES.has(name))
    if (pathname !== socketPath || !isKnown) return refused(400, 'This is no address of a socket.')
    if (searchParams.get('transport') !== 'polling') return refused(426, 'Only WebSockets and polls are spoken here.')
    // Another site cannot know a session. But it can have its visitors' browsers ask for one.
    if (!mayOpen(request)) return refused(403, 'Only pages of this server may connect to it.')
    const sid = searchParams.get('sid')
    if (sid === null) return { kind: 'new' }
    const session = this.#sessions.get(sid)
    if (!session) return refused(400, 'There is no such session.')
    return { kind: request.method === 'GET' ? 'poll' : 'data', session }
  }

  /** A new session takes a place of its address as a socket does. Undefined where there is none. `end` cuts its peer off. */
  open(connection: Connection, address: string, end: (reason: string) => void): PollingSession | undefined {
    const { connections, now } = this.#options
    const place = connections.enter(address, 'socket', () => end('made way'), now())
    if (!place) return undefined
    const sid = this.#ids.get(connection.request) ?? ''
    let answer: ServerResponse | undefined
    let answering = () => {}
    connection.on('flush', () => answering())
    connection.once('close', () => {
      connections.leave(place)
      this.#sessions.delete(sid)
      // A last word has been handed over by now. What waits still is read by nobody.
      if (answer && answer.writableLength > 0) answer.destroy()
    })
    const session: PollingSession = {
      unreadBytes: () => answer?.writableLength ?? 0,
      hold: (response, onAnswer) => {
        if (answer) {
          end('polls on without reading')
          return false
        }
        answer = response
        answering = onAnswer
        response.once('close', () => {
          answer = undefined
        })
        return true
      },
    }
    this.#sessions.set(sid, session)
    return session
  }
}

const refused = (status: number, sentence: string): PollRequest => ({ kind: 'refused', status, sentence })
