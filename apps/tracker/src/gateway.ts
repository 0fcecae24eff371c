// Carries messages between sockets, the registry and the rooms; refuses what is malformed or too much. Knows nothing of
// swarms.
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import {
  type CodeDelivery,
  JoinRequest,
  LabClockRequest,
  LabCreateRequest,
  type LabDelivery,
  LabHostRequest,
  LabJoinRequest,
  LabLockRequest,
  LabSeatRequest,
  LabSendRequest,
  LeaveRequest,
  MoreRequest,
  type Refusal,
  type RefusalCode,
  type SignalDelivery,
  SignalRequest,
} from '@swarmdrop/core'
import type { Logger } from 'pino'
import { type DefaultEventsMap, Server } from 'socket.io'
import { type Connection, cutOff, isWebSocket, type Unread, watchUnread } from './connection'
import { sendAway } from './drain'
import { frameCost, HANDSHAKE_COST, type Limits, messageCost, relayedFrameCost, signalCost } from './limits'
import { MailboxDesk, type MailboxesPort } from './mailbox-desk'
import type { SocketId } from './members'
import type { MessagePath } from './message-path'
import type { Tally } from './operation/tally'
import type { PollingSessions } from './polling'
import { KeyedBuckets, TokenBucket } from './rate-limit'
import type { Message, Outgoing, PassOn, RegistryPort } from './registry'
import type { RelayDelivery } from './relay'
import { RelayDesk } from './relay-desk'
import type { RoomMessage, Rooms } from './rooms'
import { SignalGate } from './signal-gate'

/** The largest sealed signal (64 KiB) in its envelope. More than this closes the socket unread. */
const MAX_FRAME_BYTES = 80 * 1024

export const SOCKET_PATH = '/socket.io/'

/** A connection that has not said within this time that it speaks socket.io is closed. */
const CONNECT_TIMEOUT_MS = 10_000

const UNREAD = 'does not read what it is sent'

/** The answer to what has none. */
const DONE = '{}'

export type GatewayOptions = {
  registry: RegistryPort
  rooms: Rooms
  mailboxes: MailboxesPort
  messagePath: MessagePath
  limits: Limits
  /** What is carried between those who find no other way, in all; 0: nothing. */
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
  const { registry, rooms, messagePath, limits, polling, tally, log, addressOf, mayOpen, now } = options
  const addresses = new KeyedBuckets(limits.address, limits.addresses)
  const wrongCodes = new KeyedBuckets(limits.wrongCodes, limits.addresses)
  const signals = new SignalGate(limits)
  const unreadOf = new WeakMap<Connection, Unread>()
  /** Once its first request is over, a connection that polls has none to read its address from. */
  const addressBy = new WeakMap<Connection, string>()
  const framesOf = new WeakMap<Connection, TokenBucket>()
  const taken = new WeakSet<Connection>()
  const cutOffAlready = new WeakSet<Connection>()

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

  const cut = (connection: Connection, reason: string) => {
    if (cutOffAlready.has(connection)) return
    cutOffAlready.add(connection)
    log.info({ reason }, 'cut off a socket')
    cutOff(connection)
  }

  io.engine.generateId = (request: IncomingMessage) => polling.drawId(request)

  io.engine.on('connection', (connection: Connection) => {
    const address = addressOf(connection.request)
    addressBy.set(connection, address)
    // Frames that never become a message (pongs, handshakes for other namespaces) cost work too.
    const frames = new TokenBucket(
      { capacity: limits.socket.capacity * 2, perSecond: limits.socket.perSecond * 2 },
      now(),
    )
    framesOf.set(connection, frames)
    connection.on('packet', ({ data }: { data?: string | Buffer }) => {
      if (!frames.take(frameCost(data?.length ?? 0), now())) cut(connection, 'sends too many frames')
    })
    const session = isWebSocket(connection)
      ? undefined
      : polling.open(connection, address, (reason) => cut(connection, reason))
    unreadOf.set(
      connection,
      watchUnread(connection, limits.unreadBytes, () => cut(connection, UNREAD), session?.unreadBytes),
    )
    if (!session && !isWebSocket(connection)) cut(connection, 'too many from one address, or in all')
  })

  // socket.io lets one connection open a namespace twice when it asks twice at once; the limits are for each connection.
  io.use((socket, next) => {
    if (taken.has(socket.conn)) return next(new Error('already connected'))
    taken.add(socket.conn)
    next()
  })

  io.on('connection', (socket) => serve(socket))

  const connectionOf = (socket: SocketId) => io.sockets.sockets.get(socket)?.conn
  const unreadBy = (connection: Connection | undefined) => (connection && unreadOf.get(connection)?.()) ?? 0

  const relay = new RelayDesk({
    bytesPerSecond: options.relayBytesPerSecond,
    unreadBy: (socket) => unreadBy(connectionOf(socket)),
    deliver: ({ socket, event, content }) => {
      if (event === 'relay') tally.relayedBytes += content.sealed.length
      io.sockets.sockets.get(socket)?.emit(event, content)
    },
    memberOf: (socket, swarmId) => registry.memberOf(socket, swarmId),
    isMember: (swarmId, id) => registry.isMember(swarmId, id),
    now,
  })
  const codes = new MailboxDesk({
    mailboxes: options.mailboxes,
    limits,
    unreadBy: (socket) => unreadBy(connectionOf(socket)),
    deliver: ({ socket, code }) => void io.sockets.sockets.get(socket)?.emit('code', code),
  })

  const passOn: PassOn = ({ socket, signal }, sender) => {
    if (!signals.admits(sender, socket, signal.sealed, unreadBy(connectionOf(socket)), now())) return 'receiver-busy'
    io.sockets.sockets.get(socket)?.emit('signal', signal)
    return undefined
  }
  registry.passOnBy(passOn)

  function serve(socket: GatewaySocket): void {
    const address = addressBy.get(socket.conn) ?? addressOf(socket.request)
    const messages = new TokenBucket(limits.socket, now())
    const strikes = new TokenBucket(limits.strikes, now())
    const reports = new TokenBucket(limits.reports, now())

    const refuse = (refused: RefusalCode) => JSON.stringify({ refused } satisfies Refusal)
    const strike = (refused: RefusalCode) => {
      if (!strikes.take(1, now())) cut(socket.conn, `goes on although refused: ${refused}`)
      return refuse(refused)
    }

    const inWords = (relayed: RefusalCode | 'done') => (relayed === 'done' ? DONE : refuse(relayed))

    /** JSON. */
    const answer = (event: string, content: unknown): string | Promise<string> => {
      const at = now()
      if (relay.takes(socket.id, event, content, at)) {
        // Its window bounds it. What came with it in the frame is nobody's piece, and costs what it costs.
        framesOf.get(socket.conn)?.giveBack(relayedFrameCost(content))
        return DONE
      }
      const cost = messageCost(content)
      if (!messages.take(cost, at)) return strike('rate-limited')
      // No strike: it may be the neighbours behind the same address.
      if (!addresses.take(address, cost, at)) return refuse('rate-limited')
      const relayed = relay.answer({ socket: socket.id, address }, event, content, at)
      if (relayed === 'invalid') return strike(relayed)
      if (relayed instanceof Promise) return relayed.then(inWords)
      if (relayed !== undefined) return inWords(relayed)
      const ofCode = codes.answer({ socket: socket.id, address }, event, content, at)
      if (ofCode)
        return 'refused' in ofCode && ofCode.refused === 'invalid' ? strike('invalid') : JSON.stringify(ofCode)
      const inRoom = parseForRoom(event, content)
      if (inRoom) return answerInRoom(inRoom, at)
      const message = parse(event, content)
      if (message === undefined) return strike('invalid')
      const outgoing = registry.handle(socket.id, message, at)
      if (message.type === 'leave') relay.gone(socket.id, message.swarmId)
      return outgoing instanceof Promise ? outgoing.then(delivered) : delivered(outgoing)
    }

    const delivered = ({ reply, delivery }: Outgoing) => {
      const refused = delivery && passOn(delivery, socket.id)
      return refused ? refuse(refused) : reply
    }

    const answerInRoom = (message: RoomMessage, at: number) => {
      // Also the right code is not told from a wrong one where an address has asked for too many.
      if (rooms.isGuess(message) && wrongCodes.left(address, at) < 1) return refuse('rate-limited')
      if (message.type === 'lab-send' && message.to === undefined && !reachesHost(message.body, at))
        return refuse('receiver-busy')
      const { reply, wrongCode } = handleInRoom(message)
      if (wrongCode) wrongCodes.take(address, 1, at)
      return wrongCode && 'refused' in reply ? strike(reply.refused) : JSON.stringify(reply)
    }

    /** What participants say is refused to them before it fills their host's line. */
    const reachesHost = (body: string, at: number) => {
      const host = rooms.hostOf(socket.id)
      if (host === undefined) return true
      return unreadBy(connectionOf(host)) <= limits.unreadFromOthersBytes && reports.take(signalCost(body), at)
    }

    const handleInRoom = (message: RoomMessage) => {
      const outgoing = rooms.handle({ socket: socket.id, address }, message, now())
      for (const { socket: to, lab } of outgoing.deliveries) io.sockets.sockets.get(to)?.emit('lab', lab)
      const host = outgoing.outside === undefined ? undefined : connectionOf(outgoing.outside)
      if (host) cut(host, 'its room has made way for another')
      return outgoing
    }

    messagePath.listen(socket, (event, content, acknowledge) => {
      // A message may arrive in one piece with what ended its connection; whoever has left must not join again.
      if (!socket.connected || cutOffAlready.has(socket.conn)) return
      const answered = (reply: string) => {
        tally.answered(event, reply)
        if (cutOffAlready.has(socket.conn) || !acknowledge) return
        acknowledge(reply)
        if (unreadBy(socket.conn) > limits.unreadBytes) cut(socket.conn, UNREAD)
      }
      const reply = answer(event, content)
      if (typeof reply === 'string') answered(reply)
      else void reply.then(answered)
    })
    socket.on('disconnect', () => {
      relay.gone(socket.id)
      void registry.handle(socket.id, { type: 'disconnect' }, now())
      handleInRoom({ type: 'disconnect' })
      codes.gone({ socket: socket.id, address }, now())
    })
  }

  return {
    get counts() {
      const remembered = addresses.size + wrongCodes.size + signals.size + codes.remembered
      return { sockets: io.sockets.sockets.size, remembered, relayed: relay.counts.pairs }
    },
    sendAway: (overMs) => sendAway(() => [...io.sockets.sockets.values()].map(({ conn }) => conn), overMs),
    async close() {
      await io.close()
      relay.close()
    },
  }
}

/** Whether it asks for a new WebSocket: none carries on what began otherwise (`sid`). */
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

function parseForRoom(event: string, content: unknown): RoomMessage | undefined {
  if (event === 'lab-create') return tagged('lab-create', LabCreateRequest.safeParse(content))
  if (event === 'lab-host') return tagged('lab-host', LabHostRequest.safeParse(content))
  if (event === 'lab-join') return tagged('lab-join', LabJoinRequest.safeParse(content))
  if (event === 'lab-send') return tagged('lab-send', LabSendRequest.safeParse(content))
  if (event === 'lab-seat') return tagged('lab-seat', LabSeatRequest.safeParse(content))
  if (event === 'lab-lock') return tagged('lab-lock', LabLockRequest.safeParse(content))
  if (event === 'lab-clock') return tagged('lab-clock', LabClockRequest.safeParse(content))
  return undefined
}

const tagged = <Type extends string, Data extends object>(type: Type, parsed: { data?: Data | undefined }) =>
  parsed.data && { type, ...parsed.data }
