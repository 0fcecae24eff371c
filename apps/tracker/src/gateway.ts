// Carries messages between sockets, the registry and the desks; refuses what is malformed or too much. Knows nothing of
// swarms.
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import {
  type CodeDelivery,
  JoinRequest,
  type LabDelivery,
  LeaveRequest,
  MoreRequest,
  type SignalDelivery,
  SignalRequest,
  type SwarmId,
} from '@swarmdrop/core/signaling'
import type { Logger } from 'pino'
import { type DefaultEventsMap, Server } from 'socket.io'
import type { Nodes } from './cluster/nodes'
import type { Connection } from './connection'
import { type Desk, type DeskAnswer, DONE, offence, refusal, type Sockets } from './desk'
import { sendAway } from './drain'
import { HANDSHAKE_COST, type Limits, messageCost, relayedFrameCost } from './limits'
import { MailboxDesk, type MailboxesPort } from './mailbox-desk'
import type { SocketId } from './members'
import type { EventListener, MessagePath } from './message-path'
import type { Tally } from './operation/tally'
import type { PollingSessions } from './polling'
import { KeyedBuckets, TokenBucket } from './rate-limit'
import type { Message, Outgoing, PassOn, RegistryPort } from './registry'
import type { RelayDelivery } from './relay'
import { RelayDesk } from './relay-desk'
import { RoomDesk } from './room-desk'
import type { Rooms } from './rooms'
import { SignalGate } from './signal-gate'
import { UNREAD, WatchedConnections } from './watched-connections'

/** The largest sealed signal (64 KiB) in its envelope. More than this closes the socket unread. */
const MAX_FRAME_BYTES = 80 * 1024

export const SOCKET_PATH = '/socket.io/'

/** A connection that has not said within this time that it speaks socket.io is closed. */
const CONNECT_TIMEOUT_MS = 10_000

export type GatewayOptions = {
  registry: RegistryPort
  /** Left out: there is one node. */
  nodes?: Nodes | undefined
  rooms: Rooms
  mailboxes: MailboxesPort
  messagePath: MessagePath
  limits: Limits
  /** The rate of all that is carried between peers that find no other way; 0: nothing is. */
  relayBytesPerSecond: number
  polling: PollingSessions
  tally: Tally
  log: Logger
  addressOf: (request: IncomingMessage) => string
  /** Whether the page that asks, if it is one, may open a socket. */
  mayOpen: (request: IncomingMessage) => boolean
  now: () => number
  pingIntervalMs: number
  pingTimeoutMs: number
}

type RelayEvents = { [Event in RelayDelivery['event']]: (content: unknown) => void }
type Gateway = Server<
  DefaultEventsMap,
  {
    signal: (delivery: SignalDelivery) => void
    lab: (delivery: LabDelivery) => void
    code: (delivery: CodeDelivery) => void
  } & RelayEvents
>
type Acknowledge = Parameters<EventListener>[2]
type GatewaySocket = Parameters<Parameters<Gateway['use']>[0]>[0]

export type OpenGateway = {
  /** Sockets that stand; addresses, pairs and receivers whose rate is remembered; and pairs that are relayed. */
  readonly counts: { sockets: number; remembered: number; relayed: number }
  /** Ends all lines one after the other; new ones are not its to refuse. */
  sendAway(overMs: number): Promise<void>
  /** Closes `http` too. */
  close(): Promise<void>
}

/** Serves `/socket.io/` on `http`. */
export function openGateway(http: HttpServer, options: GatewayOptions): OpenGateway {
  const { registry, nodes, messagePath, limits, polling, tally, log, addressOf, mayOpen, now } = options
  const addresses = new KeyedBuckets(limits.address, limits.addresses)
  const wrongCodes = new KeyedBuckets(limits.wrongCodes, limits.addresses)
  const knocks = new KeyedBuckets(limits.knocks, limits.addresses)
  for (const [name, buckets] of Object.entries({ addresses, wrongCodes, knocks })) nodes?.share(name, buckets)
  const signals = new SignalGate(limits)
  const connections = new WatchedConnections({ limits, polling, log, addressOf, now })
  const taken = new WeakSet<Connection>()

  const io: Gateway = new Server(http, {
    // WebSockets for who can. None of those who poll becomes one later: they poll as they could not open one.
    transports: ['websocket', 'polling'],
    allowUpgrades: false,
    // Else each answer would cost a compressor's memory.
    httpCompression: false,
    serveClient: false,
    parser: messagePath.parser,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    connectTimeout: CONNECT_TIMEOUT_MS,
    pingInterval: options.pingIntervalMs,
    pingTimeout: options.pingTimeoutMs,
    allowRequest: (request, decide) => {
      const isTooMuch = !addresses.take(addressOf(request), HANDSHAKE_COST, now())
      const reason = isTooMuch ? 'too many from one address' : mayOpen(request) ? undefined : 'a page of another site'
      if (reason) log.info({ reason }, 'refused a socket')
      decide(null, reason === undefined)
    },
  })

  io.engine.generateId = (request: IncomingMessage) => polling.drawId(request)

  io.engine.on('connection', (connection: Connection) => connections.watch(connection))

  // socket.io lets one connection open a namespace twice when it asks twice at once; the limits are for each
  // connection.
  io.use((socket, next) => {
    if (taken.has(socket.conn)) return next(new Error('already connected'))
    taken.add(socket.conn)
    next()
  })

  io.on('connection', (socket) => serve(socket))

  const connectionOf = (socket: SocketId) => io.sockets.sockets.get(socket)?.conn

  const own: Sockets = {
    emit: (socket, event, content) => void io.sockets.sockets.get(socket)?.emit(event as 'lab', content as LabDelivery),
    unreadBy: (socket) => connections.unreadBy(connectionOf(socket)),
    cut(socket, reason) {
      const connection = connectionOf(socket)
      if (connection) connections.cut(connection, reason)
    },
    isOpen: (socket) => connectionOf(socket) !== undefined,
  }
  const sockets = nodes?.reach(own, limits.unreadFromOthersBytes) ?? own
  const memberOf = (socket: SocketId, swarmId: SwarmId) => registry.memberOf(socket, swarmId)
  const relayDesk = new RelayDesk({
    bytesPerSecond: options.relayBytesPerSecond,
    unreadBy: sockets.unreadBy,
    deliver: ({ socket, event, content }) => {
      if (event === 'relay') tally.relayedBytes += content.sealed.length
      sockets.emit(socket, event, content)
    },
    memberOf: (socket, swarmId) => memberOf(socket, swarmId) ?? nodes?.farMemberOf(socket, swarmId),
    isMember: (swarmId, id) => registry.isMember(swarmId, id),
    now,
  })
  const relay = nodes?.relay(relayDesk, memberOf, sockets) ?? relayDesk
  const codeDesk = new MailboxDesk({ mailboxes: options.mailboxes, limits, sockets, knocks })
  const roomDesk = new RoomDesk({ rooms: options.rooms, limits, sockets, wrongCodes })
  const desks: Desk[] = [
    relay,
    nodes?.codes(codeDesk, sockets) ?? codeDesk,
    nodes?.rooms(roomDesk, sockets) ?? roomDesk,
  ]

  const passOn: PassOn = ({ socket, signal }, sender) => {
    if (!signals.admits(sender, socket, signal.sealed, own.unreadBy(socket), now())) return 'receiver-busy'
    io.sockets.sockets.get(socket)?.emit('signal', signal)
    return undefined
  }
  registry.passOnBy(passOn)

  function serve(socket: GatewaySocket): void {
    const address = connections.addressOf(socket.conn)
    const messages = new TokenBucket(limits.socket, now())
    const strikes = new TokenBucket(limits.strikes, now())
    const from = { socket: socket.id, address }

    const answerAt = (event: string, content: unknown): DeskAnswer | Promise<DeskAnswer> => {
      const at = now()
      if (relay.takes(socket.id, event, content, at)) {
        // Its window bounds it. What came with it in the frame is nobody's piece, and costs what it costs.
        connections.giveBack(socket.conn, relayedFrameCost(content))
        return DONE
      }
      const cost = messageCost(content)
      if (!messages.take(cost, at)) return offence('rate-limited')
      // No strike: it may be the neighbours behind the same address.
      if (!addresses.take(address, cost, at)) return refusal('rate-limited')
      const message = parse(event, content)
      if (message === undefined) return atDesk(event, content, at)
      const outgoing = registry.handle(socket.id, message, at)
      if (message.type === 'leave') relay.gone(from, at, message.swarmId)
      return outgoing instanceof Promise ? outgoing.then(delivered) : delivered(outgoing)
    }

    const atDesk = (event: string, content: unknown, at: number) => {
      for (const desk of desks) {
        const answer = desk.answer(from, event, content, at)
        if (answer !== undefined) return answer
      }
      return offence('invalid')
    }

    const delivered = ({ reply, delivery }: Outgoing): DeskAnswer => {
      const refused = delivery && passOn(delivery, socket.id)
      return refused ? refusal(refused) : { reply }
    }

    const tell = (event: string, { reply, strike }: DeskAnswer, acknowledge: Acknowledge) => {
      if (strike && !strikes.take(1, now())) connections.cut(socket.conn, `continues although refused: ${strike}`)
      tally.answered(event, reply)
      if (connections.isCutOff(socket.conn) || !acknowledge) return
      acknowledge(reply)
      if (connections.unreadBy(socket.conn) > limits.unreadBytes) connections.cut(socket.conn, UNREAD)
    }

    const answerLater = async (event: string, answer: Promise<DeskAnswer>, acknowledge: Acknowledge) => {
      // What is asked of other nodes, or of Redis, may fail in ways that nobody has thought of.
      const answered = await answer.catch((error: unknown) => {
        log.error({ err: error }, 'could not answer a message')
        return refusal('rate-limited')
      })
      tell(event, answered, acknowledge)
    }

    messagePath.listen(socket, (event, content, acknowledge) => {
      // A message may arrive in one piece with what ended its connection; anyone who has left must not join again.
      if (!socket.connected || connections.isCutOff(socket.conn)) return
      const answer = answerAt(event, content)
      if (answer instanceof Promise) void answerLater(event, answer, acknowledge)
      else tell(event, answer, acknowledge)
    })
    socket.on('disconnect', () => {
      void registry.handle(socket.id, { type: 'disconnect' }, now())
      for (const desk of desks) desk.gone(from, now())
    })
  }

  return {
    get counts() {
      const remembered = addresses.size + wrongCodes.size + signals.size + knocks.size
      return { sockets: io.sockets.sockets.size, remembered, relayed: relay.counts.pairs }
    },
    sendAway: (overMs) => sendAway(() => [...io.sockets.sockets.values()].map(({ conn }) => conn), overMs),
    async close() {
      await io.close()
      relay.close()
      nodes?.close()
    },
  }
}

/** Whether a request asks for a new WebSocket: none carries on what began otherwise (`sid`). */
export function isSocketUrl(url: string): boolean {
  if (!url.startsWith(SOCKET_PATH)) return false
  const { searchParams } = new URL(url, 'http://tracker')
  return !searchParams.has('sid') && searchParams.getAll('transport').every((name) => name === 'websocket')
}

function parse(event: string, content: unknown): Message | undefined {
  if (event === 'join') return tagged('join', JoinRequest.safeParse(content))
  if (event === 'more') return tagged('more', MoreRequest.safeParse(content))
  if (event === 'signal') return tagged('signal', SignalRequest.safeParse(content))
  if (event === 'leave') return tagged('leave', LeaveRequest.safeParse(content))
  return undefined
}

const tagged = <Type extends string, Data extends object>(type: Type, parsed: { data?: Data | undefined }) =>
  parsed.data && { type, ...parsed.data }
