// Puts the tracker together on one port: web app, gateway, registry. Reads no environment and prints nothing.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { setTimeout as after } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import { clientAddress } from './address'
import { createApp } from './app'
import { stripBasePath } from './base-path'
import { Cluster } from './cluster/cluster'
import { ClusterRegistry } from './cluster/cluster-registry'
import { FarPolls } from './cluster/far-polls'
import { idFrom } from './cluster/keys'
import { Nodes } from './cluster/nodes'
import { fastestPath } from './fastest-path'
import { isSocketUrl, openGateway, SOCKET_PATH } from './gateway'
import { guardHttp } from './http-gate'
import { type IceConfig, iceServers } from './ice'
import { defaultLimits, type Limits } from './limits'
import { listen } from './listen'
import { Mailboxes } from './mailboxes'
import type { MessagePath } from './message-path'
import { OpenConnections } from './open-connections'
import { createMetrics } from './operation/metrics'
import { type MetricsServer, openMetricsServer } from './operation/metrics-server'
import { Tally } from './operation/tally'
import { isOwnPage } from './origin'
import { type Listening, pagesForOthers } from './pages-for-others'
import { PollingSessions } from './polling'
import { randomId } from './random-ids'
import { Registry } from './registry'
import { Rooms } from './rooms'
import { openStunServer, type StunServer } from './stun-server'

/** A load balancer asks every second or two. */
const MAX_NOTICE_MS = 1_500

export type TrackerOptions = {
  /** The exported web app. */
  webRoot: string
  /** 0: any free one. */
  port?: number
  /** `::`: all addresses, those of IPv4 too. */
  host?: string
  ice?: IceConfig
  /** The port of a STUN server beside it; 0: any free one; absent: there is none. */
  stunPort?: number | undefined
  /**
   * Of the Redis that all nodes share, or of several of a Redis Cluster, comma-separated. Left out: this is the only
   * one, and all is in its memory.
   */
  redisUrl?: string | undefined
  /** The port of `/metrics`; 0: any free one; absent: there are none. */
  metricsPort?: number | undefined
  metricsHost?: string
  /** Proxies in front whose X-Forwarded-For is believed. */
  trustedProxies?: number
  /** Below which a proxy passes requests on, as `/drop`. */
  basePath?: string
  /** The address at which people open the page, if that is elsewhere than here. */
  publicUrl?: string | undefined
  limits?: Partial<Limits>
  /** The rate of all that is carried between peers that find no other way to each other; 0 or absent: nothing is. */
  relayBytesPerSecond?: number
  /** A half-open socket is gone after the sum of both. */
  pingIntervalMs?: number
  pingTimeoutMs?: number
  /** How long requests under way may take to end when the tracker closes. */
  closeGraceMs?: number
  /** Left out: the fastest that works here. */
  messagePath?: MessagePath
  log?: Logger
}

/**
 * What it holds, by kind. When everybody has gone, only `rooms` and `remembered` are left, for as long as they are
 * kept.
 */
export type TrackerCounts = Record<
  'connections' | 'sockets' | 'swarms' | 'members' | 'rooms' | 'seated' | 'codes' | 'remembered' | 'relayed',
  number
>

export type Tracker = {
  url: string
  port: number
  /**
   * The port of its STUN server. `failed`: what the system says of the port that was wanted. Undefined: none was
   * wanted.
   */
  stun: { port: number } | { failed: unknown } | undefined
  /** The port of its metrics; undefined: there are none. */
  metricsPort: number | undefined
  /** The addresses at which others can open the page, the likeliest first. */
  readonly addresses: string[]
  readonly counts: TrackerCounts
  /** Sends nobody here any more, and those who are here away, over this time. Then it can be closed. */
  drain(overMs: number): Promise<void>
  close(): Promise<void>
}

/** Resolves when it answers. Rejects with the system's error, such as EADDRINUSE. */
export async function startTracker(options: TrackerOptions): Promise<Tracker> {
  const { webRoot, port = 0, trustedProxies = 0, log = pino({ level: 'silent' }) } = options
  const { relayBytesPerSecond = 0, basePath = '' } = options
  const ice = options.ice ?? { stunUris: [], turn: undefined }

  const limits = { ...defaultLimits, ...options.limits }
  // Asked for when somebody wants to know: a laptop is on another network an hour later.
  const addresses = () => (listening ? pagesForOthers(listening, networkInterfaces()) : [])
  let listening: Listening | undefined
  let [draining, closing] = [false, false]
  let redisAnswered = (_seconds: number) => {}
  const cluster = options.redisUrl === undefined ? undefined : nodeOf(options.redisUrl, log, (s) => redisAnswered(s))
  const redisNow = () => (cluster ? (cluster.isHere ? 'here' : 'away') : 'none')
  const readiness = () => ({ redis: redisNow(), draining }) as const
  const { publicUrl } = options
  const app = await createApp({ webRoot, trustedProxies, basePath, publicUrl, addresses, readiness, log })
  const http = createServer({ connectionsCheckingInterval: limits.checkMs }, app)
  const addressOf = (request: Parameters<typeof clientAddress>[0]) => clientAddress(request, trustedProxies)
  let stunServer: StunServer | undefined
  const newId = cluster ? () => idFrom(cluster.tag) : randomId
  const ownMembers = new Registry({
    random: Math.random,
    newPeerId: newId,
    iceServers: (id, now) => iceServers(ice, id, now),
    relays: relayBytesPerSecond > 0,
    // Who names STUN servers wants these to be asked, and no other.
    stunPort: () => (ice.stunUris.length === 0 ? stunServer?.port : undefined),
  })
  const registry = cluster ? new ClusterRegistry(ownMembers, cluster) : ownMembers
  const nodes = cluster && new Nodes(cluster, Math.random, Date.now)
  const rooms = new Rooms({
    // A code is drawn to be hard to guess, as whoever has it is in.
    random: unpredictable,
    newToken: randomId,
    maxRoomsPerAddress: limits.roomsPerAddress,
  })
  const mailboxes = new Mailboxes({
    random: unpredictable,
    newExchangeId: newId,
    removed: (nameplate) => nodes?.codeRemoved(nameplate),
    knocksAtOne: limits.knocksAtOne,
    maxPerAddress: limits.mailboxesPerAddress,
  })
  const connections = new OpenConnections(limits)
  const mayOpen = (request: IncomingMessage) => isOwnPage(request, { trustedProxies, publicUrl })
  const farPolls = cluster && new FarPolls(cluster)
  const polling = new PollingSessions({
    socketPath: SOCKET_PATH,
    connections,
    mayOpen,
    newId,
    nodeOf: (sid) => farPolls?.nodeOf(sid),
    now: Date.now,
  })
  const tally = new Tally()
  const gateway = openGateway(http, {
    registry,
    nodes,
    rooms,
    mailboxes,
    polling,
    tally,
    messagePath: options.messagePath ?? (await fastestPath(log)),
    limits,
    relayBytesPerSecond,
    log,
    addressOf,
    mayOpen,
    now: Date.now,
    // People of a node that hangs are to be on another within ten seconds.
    pingIntervalMs: options.pingIntervalMs ?? (cluster ? 3_000 : 10_000),
    pingTimeoutMs: options.pingTimeoutMs ?? (cluster ? 5_000 : 8_000),
  })

  guardHttp(http, {
    limits,
    connections,
    polling,
    passPoll: farPolls && ((...asked) => void farPolls.pass(...asked)),
    addressOf,
    isBehindProxy: trustedProxies > 0,
    socketPath: SOCKET_PATH,
    isSocketUrl,
    isClosing: () => closing,
    log,
    now: Date.now,
  })

  // Last, so that it comes before all of them.
  stripBasePath(http, basePath)

  const countsNow = (): TrackerCounts => {
    const { swarms, members } = registry.counts
    const { rooms: roomCount, sockets: seated } = rooms.counts
    const { sockets, remembered, relayed } = gateway.counts
    const { mailboxes: numbers, exchanges } = mailboxes.counts
    return {
      connections: connections.size,
      sockets,
      swarms,
      members,
      rooms: roomCount,
      seated,
      codes: numbers + exchanges,
      remembered: remembered + (stunServer?.remembered ?? 0),
      relayed,
    }
  }

  const open = new Set<Socket>()
  http.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })

  const host = await listen(http, port, options.host ?? '127.0.0.1')
  const bound = http.address() as AddressInfo
  if (farPolls) farPolls.port = bound.port
  listening = { host, port: bound.port, publicUrl }
  log.info({ port: bound.port }, 'listening')
  await cluster?.start(ownMembers)
  const stun = await openStun(options.stunPort, { host, limits, log })
  if (stun && 'port' in stun) stunServer = stun
  const metrics = await openMetrics(options, () => {
    const created = createMetrics({ counts: countsNow, tally, hasRedis: () => cluster?.isHere })
    redisAnswered = created.redisAnswered
    return created
  })

  return {
    url: `http://${urlHost(host)}:${bound.port}`,
    port: bound.port,
    stun,
    metricsPort: metrics?.port,
    get addresses() {
      return addresses()
    },
    get counts() {
      return countsNow()
    },
    async drain(overMs) {
      log.info({ overMs }, 'draining')
      draining = true
      // Whoever spreads people over nodes has to hear of it first. Nobody has to where nobody is here.
      const noticeMs = connections.size > 0 ? Math.min(MAX_NOTICE_MS, overMs / 4) : 0
      await after(noticeMs)
      closing = true
      await gateway.sendAway(overMs - noticeMs)
    },
    async close() {
      log.info(countsNow(), 'closing')
      const impatience = setTimeout(() => {
        for (const socket of open) socket.destroy()
      }, options.closeGraceMs ?? 2_000)
      // Closes `http` too. The peers see the connection end, and come back by themselves when there is a tracker again.
      await Promise.all([gateway.close(), stunServer?.close(), metrics?.close()])
      await cluster?.close()
      clearTimeout(impatience)
    },
  }
}

const nodeOf = (redisUrl: string, log: Logger, answered: (seconds: number) => void) =>
  // Who is dead is told by a clock that nobody sets.
  new Cluster({ redisUrl, random: Math.random, now: () => performance.now(), log, answered })

async function openMetrics(
  { metricsPort, metricsHost = '127.0.0.1' }: TrackerOptions,
  create: () => Parameters<typeof openMetricsServer>[0],
): Promise<MetricsServer | undefined> {
  return metricsPort === undefined ? undefined : openMetricsServer(create(), metricsPort, metricsHost)
}

/** The tracker goes on without it: those who find each other anyway need none. */
async function openStun(
  port: number | undefined,
  { host, limits, log }: { host: string; limits: Limits; log: Logger },
): Promise<StunServer | { failed: unknown } | undefined> {
  if (port === undefined) return undefined
  try {
    return await openStunServer({ port, host, limits, log, now: Date.now })
  } catch (error) {
    log.warn({ reason: String(error), port }, 'no STUN server')
    return { failed: error }
  }
}

const unpredictable = () => randomBytes(4).readUInt32BE() / 4_294_967_296

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1' || host === '::1') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
