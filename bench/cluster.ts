// `npm run bench -- cluster`: joins and signals a second of one tracker in memory, and of one and two over Redis, in
// turn in one run, compared with bittorrent-tracker and a bare socket.io with its Redis adapter; what Redis itself uses
// for it.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { hasRedis, NO_REDIS, RedisServer } from '../apps/tracker/src/testing/redis-server'
import { median, table } from '../tooling/figures'
import { inProject } from '../tooling/project.mjs'
import { connections } from './connections'
import { type JoiningPeer, openAnnouncer, openPeer } from './joining-client'
import type { Rival } from './rival-servers'
import { ensureRivals, NO_RIVALS } from './rivals'

const PEERS = 1_000
const SWARMS_PER_PEER = 8
const PEERS_PER_SWARM = 100
const SIGNALS_PER_PEER = 20
const ROUNDS = 5
const WARM_UP_ROUNDS = 2
const OPENED_AT_ONCE = 50

type Program = 'ours' | Rival
type Setting = {
  name: string
  program: Program
  nodes: { process: ChildProcess; port: number }[]
  peers: JoiningPeer[]
  ids: string[]
}
type Figures = { joins: number; signals: number; redisShare: number }

export async function cluster(): Promise<void> {
  if (hasRedis) await rates()
  else console.log(NO_REDIS)
  await connections()
}

async function rates(): Promise<void> {
  const redis = await RedisServer.launch()
  const hasRivals = await ensureRivals()
  if (!hasRivals) console.log(NO_RIVALS)
  const settings = [
    await openSetting('one node, in memory', 'ours', 1),
    await openSetting('one node over Redis', 'ours', 1, redis.url),
    await openSetting('two nodes over Redis', 'ours', 2, redis.url),
    ...(hasRivals
      ? [
          await openSetting('bittorrent-tracker, in memory', 'bittorrent', 1),
          await openSetting('socket.io and its Redis adapter, two', 'adapter', 2, redis.url),
        ]
      : []),
  ]
  try {
    const all = settings.map((): Figures[] => [])
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++)
      for (const [number, setting] of settings.entries()) {
        const figures = await measure(setting, redis)
        if (round >= 0) all[number]?.push(figures)
      }
    const middle = (of: keyof Figures) => all.map((figures) => median(figures.map((one) => one[of])))
    const [joins, signals, shares] = [middle('joins'), middle('signals'), middle('redisShare')]
    const ofFirst = (values: number[], at: number) => ((values[at] ?? 0) / (values[0] ?? 1)).toFixed(2)
    const rows = settings.map(({ name, program }, at) => [
      name,
      `${joins[at]?.toFixed(0)} (${ofFirst(joins, at)} ×)`,
      program === 'bittorrent' ? '' : `${signals[at]?.toFixed(0)} (${ofFirst(signals, at)} ×)`,
      `${(100 * (shares[at] ?? 0)).toFixed(0)} %`,
    ])
    console.log(table(['', 'joins a second', 'signals a second', 'Redis, of a core, joining'], rows))
    console.log(
      `Medians of ${ROUNDS} rounds; swarms of ${PEERS_PER_SWARM}, ours give 30 peers a join, the others none; ` +
        'wanted of two nodes: 0.6 × the first.\n',
    )
  } finally {
    for (const { nodes, peers } of settings) {
      for (const peer of peers) peer.close()
      for (const { process } of nodes) process.disconnect()
    }
    await redis.kill()
  }
}

async function openSetting(name: string, program: Program, count: number, redisUrl = ''): Promise<Setting> {
  const nodes: Setting['nodes'] = []
  while (nodes.length < count) {
    const servers = program === 'ours' ? 'bench/tracker-servers.ts' : 'bench/rival-servers.ts'
    const process = fork(inProject(servers), [program, redisUrl], { execArgv: ['--import', 'tsx'] })
    const [port] = (await once(process, 'message')) as [number]
    nodes.push({ process, port })
  }
  const peers: JoiningPeer[] = []
  while (peers.length < PEERS)
    peers.push(
      ...(await Promise.all(
        Array.from({ length: OPENED_AT_ONCE }, (_, at) => {
          const port = nodes[at % nodes.length]?.port ?? 0
          return program === 'bittorrent' ? openAnnouncer(port, peers.length + at) : openPeer(port)
        }),
      )),
    )
  const ids = await Promise.all(peers.map((peer, number) => peer.join(swarmsOf(name, number))))
  return { name, program, nodes, peers, ids }
}

/**
 * Half of the peers leave all their swarms and come back, which is timed; then each signals to one on the next node.
 */
async function measure({ name, peers, ids }: Setting, redis: RedisServer): Promise<Figures> {
  const movers = peers.map((peer, number) => ({ peer, number, swarms: swarmsOf(name, number) })).slice(PEERS / 2)
  await Promise.all(movers.map(({ peer, swarms }) => peer.leave(swarms)))
  const before = { seconds: performance.now() / 1000, cpu: await cpuOf(redis) }
  const joined = await Promise.all(movers.map(({ peer, swarms }) => peer.join(swarms)))
  const seconds = performance.now() / 1000 - before.seconds
  const redisShare = ((await cpuOf(redis)) - before.cpu) / seconds
  for (const [at, { number }] of movers.entries()) ids[number] = joined[at] ?? ''

  const startSeconds = performance.now() / 1000
  await Promise.all(
    peers.map((peer, number) => {
      const swarm = swarmsOf(name, number)[SWARMS_PER_PEER - 1] ?? ''
      // The last swarm that both have joined: of peers that come one after the other it is the same.
      const other = number % 2 === 0 ? number + 1 : number - 1
      return peer.signal(swarm, ids[other] ?? '', SIGNALS_PER_PEER)
    }),
  )
  const signals = (PEERS * SIGNALS_PER_PEER) / (performance.now() / 1000 - startSeconds)
  return { joins: (movers.length * SWARMS_PER_PEER) / seconds, signals, redisShare }
}

async function cpuOf(redis: RedisServer): Promise<number> {
  const asker = redis.asker()
  const said = await asker.info('cpu')
  asker.disconnect()
  const read = (what: string) => Number(new RegExp(`used_cpu_${what}:([\\d.]+)`).exec(said)?.[1] ?? Number.NaN)
  return read('user') + read('sys')
}

/** Two peers that come one after the other are in the same. */
function swarmsOf(setting: string, peer: number): string[] {
  const swarms = (PEERS * SWARMS_PER_PEER) / PEERS_PER_SWARM
  const number = (index: number) => (Math.floor(peer / 2) * SWARMS_PER_PEER + index) % swarms
  const start = setting.replace(/\W/g, '').slice(0, 16)
  return Array.from(
    { length: SWARMS_PER_PEER },
    (_, index) => start + String(number(index)).padStart(22 - start.length, 's'),
  )
}
