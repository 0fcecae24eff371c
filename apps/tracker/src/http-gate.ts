// Bounds what an address may hold open over HTTP and how much it asks: connections, half-sent requests, answers that
// nobody reads. Knows nothing of what is asked, nor of what goes on in a socket.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { feedInPieces, type StopFeeding } from './fed-in-pieces'
import type { Limits } from './limits'
import type { OpenConnection, OpenConnections } from './open-connections'
import { READY_PATH } from './operation/readiness'
import type { PollingSessions } from './polling'
import type { PollingSession } from './polling-session'
import { KeyedBuckets } from './rate-limit'
import { Turns } from './turns'

export type HttpGateOptions = {
  limits: Limits
  connections: OpenConnections
  polling: PollingSessions
  /** Has another node answer a poll of its own session. */
  passPoll?: ((node: string, request: IncomingMessage, response: ServerResponse) => void) | undefined
  /** The address of a request, or of a connection that has not asked yet. Behind a proxy only a request tells. */
  addressOf: (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string
  isBehindProxy: boolean
  socketPath: string
  /** Whether a connection may become a WebSocket at this address. Nothing else comes to such an address. */
  isSocketUrl: (url: string) => boolean
  /** Whether the server is about to end: who would come to stay is to go to another. */
  isClosing: () => boolean
  log: Logger
  now: () => number
}

/** Addresses asked by those who watch over the tracker, also while their own address is at its limit. */
const WATCHED = new RegExp(`^(/healthz|${READY_PATH})(\\?|$)`)
/** Headers of answers to polls: they are neither guessed to be a page nor shown in another site's. */
const POLL_HEADERS = new Headers({
  'Content-Type': 'text/plain; charset=UTF-8',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
})

/** A proxy then asks another server. */
/** Behind a proxy an answer, as a connection that ends without one counts there as a failure of this server. */
const TOO_MANY = 'Too many connections from your address. Try again in a second.'
const answerTo = (status: string) => `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
const CLOSING = answerTo('503 Service Unavailable')

/** The packet by which engine.io says that a session is closed. */
const THE_END = '1'

type Waiting = { request: IncomingMessage; answer: () => void }
/** One connection; `counted` while its address is known: behind a proxy, each request has one of its own. */
type Line = { counted: OpenConnection | undefined; isAnswering: boolean; waiting: Waiting[]; stopFeeding: StopFeeding }

/**
 * Stands before all who listen to `http` already: they hear of one request a connection, when the one before is
 * answered.
 */
export function guardHttp(http: Server, options: HttpGateOptions): void {
  const {
    limits,
    connections: open,
    polling,
    addressOf,
    isBehindProxy,
    socketPath,
    isSocketUrl,
    isClosing,
    log,
    now,
  } = options
  const requests = new KeyedBuckets(limits.requests, limits.addresses)
  const turns = new Turns()
  const lines = new WeakMap<Duplex, Line>()

  http.headersTimeout = limits.headersMs
  http.requestTimeout = limits.requestMs
  // Node ends what neither reads nor writes a byte for so long, unless it is a socket by then.
  http.timeout = limits.silentMs
  http.maxConnections = limits.connections

  const end = (tcp: Duplex, reason: string) => {
    log.info({ reason }, 'ended a connection')
    // Left to Node, each would end as an error of its own, with all that it was called by: most of what an attack
    // costs.
    for (const { request } of lines.get(tcp)?.waiting ?? []) request.destroy()
    tcp.destroy()
  }
  /**
   * Counts the line's connection. Undefined where there is no room: behind a proxy that is told by `tell`, and
   * elsewhere the connection is ended.
   */
  const enter = (line: Line, address: string, phase: OpenConnection['phase'], tcp: Duplex, tell?: () => void) => {
    line.counted = open.enter(address, phase, () => end(tcp, 'made way for another of its address'), now())
    if (!line.counted) {
      if (isBehindProxy && tell) tell()
      else end(tcp, 'too many from one address, or in all')
    }
    return line.counted
  }
  const leave = (line: Line) => {
    if (line.counted) open.leave(line.counted)
    line.counted = undefined
  }

  http.on('connection', (tcp: Socket) => {
    // Between Node's HTTP and a socket nobody else listens, and an error that nobody hears would end the process.
    tcp.on('error', () => tcp.destroy())
    turns.newcomer()
    const line: Line = { counted: undefined, isAnswering: false, waiting: [], stopFeeding: feedInPieces(tcp) }
    lines.set(tcp, line)
    tcp.once('close', () => leave(line))
    if (!isBehindProxy) enter(line, addressOf({ socket: tcp, headers: {} }), 'waiting', tcp)
  })

  const [answerAll, upgradeAll] = [takeListeners(http, 'request'), takeListeners(http, 'upgrade')]

  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const tcp = request.socket
    const line = lines.get(tcp)
    if (line && !tcp.destroyed && line.waiting.length > limits.pipelined) end(tcp, 'asks on without reading')
    // What came in one piece with too much.
    if (!line || tcp.destroyed) return void request.destroy()
    line.waiting.push({ request, answer: () => answerOne(line, request, response) })
    if (!line.isAnswering && line.waiting.length === 1) answerSoon(line, request)
  })

  /**
   * Answers a request, but not before all that came in one piece was looked at: of too many requests none is answered.
   */
  function answerSoon(line: Line, request: IncomingMessage): void {
    const answer = () => {
      if (!request.socket.destroyed) line.waiting.shift()?.answer()
    }
    if (WATCHED.test(request.url ?? '')) process.nextTick(answer)
    else turns.add(line.counted?.address ?? addressOf(request), answer)
  }

  function answerOne(line: Line, request: IncomingMessage, response: ServerResponse): void {
    const { socket: tcp, url } = request
    const counted =
      line.counted ?? enter(line, addressOf(request), 'answering', tcp, () => refuse(response, 429, TOO_MANY))
    if (!counted) return
    line.isAnswering = true
    open.become(counted, 'answering', now())
    response.once('close', () => {
      line.isAnswering = false
      if (isBehindProxy) leave(line)
      else open.become(counted, 'waiting', now())
      if (line.waiting.length > 0) answerSoon(line, request)
    })
    const poll = url?.startsWith(socketPath) ? polling.read(request) : undefined
    const session = poll && 'session' in poll ? poll.session : undefined
    // What a session says is charged to it, as to a socket; and it can poll no oftener than there is something to
    // answer.
    if (!WATCHED.test(url ?? '') && !session && !requests.take(counted.address, 1, now()))
      return refuse(response, 429, 'Too many requests from your address. Try again in a second.')
    if (poll?.kind === 'refused') return refuse(response, poll.status, poll.sentence)
    if (poll?.kind === 'new' && isClosing()) return refuse(response, 503, 'This server is shutting down. Try again.')
    if (poll) response.setHeaders(POLL_HEADERS)
    if (poll?.kind === 'elsewhere') return void options.passPoll?.(poll.node, request, response)
    // Often it was on its way when its peer left. A browser would show an error for any other status.
    if (poll?.kind === 'late') return void response.end(THE_END)
    if (poll?.kind === 'poll' && !holdPoll(poll.session, counted, request, response))
      return refuse(response, 400, 'The previous answer has not been read yet.')
    answerAll(request, response)
  }

  /** While it waits it is what a WebSocket is elsewhere: it is silent, and makes way for nobody. */
  function holdPoll(
    session: PollingSession,
    counted: OpenConnection,
    { socket: tcp }: IncomingMessage,
    response: ServerResponse,
  ) {
    const isHeld = session.hold(response, () => {
      tcp.setTimeout(limits.silentMs)
      open.become(counted, 'answering', now())
    })
    if (!isHeld) return false
    tcp.setTimeout(0)
    open.become(counted, 'socket', now())
    return true
  }

  http.on('upgrade', (request: IncomingMessage, tcp: Duplex, head: Buffer) => {
    const line = lines.get(tcp)
    const isBusy = !line || line.isAnswering || line.waiting.length > 0
    if (isBehindProxy && !isBusy && !tcp.destroyed && !isSocketUrl(request.url ?? ''))
      return void tcp.end(answerTo('400 Bad Request'))
    if (isBusy || tcp.destroyed || !isSocketUrl(request.url ?? '')) return void tcp.destroy()
    if (isClosing()) return void tcp.end(CLOSING)
    const rest = line.stopFeeding()
    if (line.counted) open.become(line.counted, 'socket', now())
    else if (!enter(line, addressOf(request), 'socket', tcp, () => tcp.end(answerTo('429 Too Many Requests')))) return
    upgradeAll(request, tcp, Buffer.concat([head, rest]))
  })

  const sweep = setInterval(() => open.endAnswersOlderThan(limits.answerMs, now()), limits.checkMs).unref()
  http.once('close', () => clearInterval(sweep))
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    ...(status === 429 && { 'Retry-After': '1' }),
  })
  response.end(`${sentence}\n`)
}

/** Takes the server's listeners away. In their place stands one that decides whether they hear of it. */
function takeListeners(http: Server, event: 'request' | 'upgrade'): (...heard: unknown[]) => void {
  const listeners = http.listeners(event)
  http.removeAllListeners(event)
  return (...heard) => {
    for (const listener of listeners) listener.apply(http, heard)
  }
}
