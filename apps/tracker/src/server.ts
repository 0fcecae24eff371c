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
import { iceServers } from './ice'
import { defaultLimits } from './limits'
import { listen } from './listen'
import { Mailboxes } from './mailboxes'
import { OpenConnections } from './open-connections'
import { createMetrics } from './operation/metrics'
import { Tally } from './operation/tally'
import { isOwnPage } from './origin'
import { type Listening, pagesForOthers } from './pages-for-others'
import { PollingSessions } from './polling'
import { randomId } from './random-ids'
import { Registry } from './registry'
import { Rooms } from './rooms'
import { openMetrics, openStun } from './side-servers'
import type { StunServer } from './stun-server'
import type { Tracker, TrackerCounts, TrackerOptions } from './tracker'

/** A load balancer asks every second or two. */
const MAX_NOTICE_MS = 1_500
/** How often sockets are asked whether they are there, and how long they may take to say so. */
const PING = { intervalMs: 10_000, timeoutMs: 8_000 }
/** People of a node that hangs are to be on another within ten seconds. */
const PING_OF_NODE = { intervalMs: 3_000, timeoutMs: 5_000 }
/** How long requests under way may take to end when the tracker closes. */
const CLOSE_GRACE_MS = 2_000

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
    // A code is drawn to be hard to guess, as anyone who has it is in.
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
  const ping = cluster ? PING_OF_NODE : PING
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
    pingIntervalMs: options.pingIntervalMs ?? ping.intervalMs,
    pingTimeoutMs: options.pingTimeoutMs ?? ping.timeoutMs,
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
      // Anyone who spreads people over nodes has to hear of it first. Nobody has to where nobody is here.
      const noticeMs = connections.size > 0 ? Math.min(MAX_NOTICE_MS, overMs / 4) : 0
      await after(noticeMs)
      closing = true
      await gateway.sendAway(overMs - noticeMs)
    },
    async close() {
      log.info(countsNow(), 'closing')
      const impatience = setTimeout(() => {
        for (const socket of open) socket.destroy()
      }, options.closeGraceMs ?? CLOSE_GRACE_MS)
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

/** Uniform in [0, 1), and not to be guessed from what came before. */
const unpredictable = () => randomBytes(4).readUInt32BE() / 2 ** 32

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1' || host === '::1') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
