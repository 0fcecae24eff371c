// Joins a second that the tracker answers, compared with a bare socket.io server that only acknowledges, in turn in one
// run. Each server is a process of its own; the peers are in this one.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { median } from '../tooling/figures'
import { inProject } from '../tooling/project.mjs'
import { type JoiningPeer, openPeer } from './joining-client'
import { listed, type Report, ratioOutcome } from './rows'
import type { Kind } from './tracker-servers'

/** A busy tracker: swarms of a hundred, half of which stay while the other half comes and goes. */
const PEERS = 2_000
const SWARMS_PER_PEER = 8
const PEERS_PER_SWARM = 100
const ROUNDS = 9
/** Node compiles what it sees often. */
const WARM_UP_ROUNDS = 3
const OPENED_AT_ONCE = 50
const WANTED = 0.8

export async function tracker(): Promise<Report> {
  const [bare, ours] = [await openServer('bare'), await openServer('ours')]
  try {
    const rounds: Record<Kind, Joins[]> = { bare: [], ours: [] }
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const joins = { bare: await joinAll(bare), ours: await joinAll(ours) }
      if (round < 0) continue
      rounds.bare.push(joins.bare)
      rounds.ours.push(joins.ours)
    }
    return report(rounds)
  } finally {
    for (const { process, peers } of [bare, ours]) {
      for (const peer of peers) peer.close()
      process.disconnect()
    }
  }
}

/** `coreUsed`: the server's share of a core meanwhile; where it is near one, it is the server that is measured. */
type Joins = { perSecond: number; coreUsed: number }

function report({ bare, ours }: Record<Kind, Joins[]>): Report {
  const rates = (joins: Joins[]) => joins.map(({ perSecond }) => perSecond)
  const ratios = rates(ours).map((rate, round) => rate / (rates(bare)[round] ?? Number.NaN))
  const used = (joins: Joins[]) => `${(100 * median(joins.map(({ coreUsed }) => coreUsed))).toFixed(0)} %`
  const inWords = (joins: Joins[]) => `${median(rates(joins)).toFixed(0)} joins a second`
  return {
    rows: [
      {
        what: 'tracker, joins',
        measured: inWords(ours),
        comparedWith: `bare socket.io ${inWords(bare)}`,
        ...ratioOutcome(median(ratios), WANTED),
      },
    ],
    details: [
      `tracker: ours ${listed(rates(ours), 0)}, bare ${listed(rates(bare), 0)}, ratios ${listed(ratios, 2)}; ` +
        `of a core in use: ours ${used(ours)}, bare ${used(bare)}`,
    ],
  }
}

type Server = { process: ChildProcess; peers: JoiningPeer[] }

async function openServer(kind: Kind): Promise<Server> {
  const process = fork(inProject('bench/tracker-servers.ts'), [kind], { execArgv: ['--import', 'tsx'] })
  const [port] = (await once(process, 'message')) as [number]
  const peers: JoiningPeer[] = []
  while (peers.length < PEERS)
    peers.push(...(await Promise.all(Array.from({ length: OPENED_AT_ONCE }, () => openPeer(port)))))
  await Promise.all(peers.map((peer, number) => peer.join(swarmsOf(number))))
  return { process, peers }
}

/** Half of the peers leave all their swarms, and then come back to all of them at once: only that is timed. */
async function joinAll({ process, peers }: Server): Promise<Joins> {
  const movers = peers.map((peer, number) => ({ peer, swarms: swarmsOf(number) })).slice(PEERS / 2)
  await Promise.all(movers.map(({ peer, swarms }) => peer.leave(swarms)))
  const before = { seconds: performance.now() / 1000, cpu: await cpuSeconds(process) }
  await Promise.all(movers.map(({ peer, swarms }) => peer.join(swarms)))
  const seconds = performance.now() / 1000 - before.seconds
  const cpu = (await cpuSeconds(process)) - before.cpu
  return { perSecond: (movers.length * SWARMS_PER_PEER) / seconds, coreUsed: cpu / seconds }
}

async function cpuSeconds(process: ChildProcess): Promise<number> {
  process.send('cpu')
  const [seconds] = (await once(process, 'message')) as [number]
  return seconds
}

function swarmsOf(peer: number): string[] {
  const swarms = (PEERS * SWARMS_PER_PEER) / PEERS_PER_SWARM
  const number = (index: number) => (peer * SWARMS_PER_PEER + index) % swarms
  return Array.from({ length: SWARMS_PER_PEER }, (_, index) => String(number(index)).padStart(22, 's'))
}
