// Several at once, each behind an uplink of its own: how long until all have the file, compared with what theory says
// it must take at least.
import type { BrowserContext } from '@playwright/test'
import { p2pSeconds } from '@swarmdrop/core/theory'
import { median } from '../../tooling/figures'
import { MIB } from '../../tooling/files'
import type { PathShape } from '../../tooling/long-path/long-path'
import { openReady, secondsToDownload, shareFile, writeRandomFile } from '../product'
import { FarPeople } from './far-people'
import {
  described,
  idlePing,
  type Line,
  ofMegabytes,
  type PathRow,
  pingColumns,
  pings,
  ROUNDS,
  type Round,
  rates,
  timed,
} from './row'

/** `receivers`: besides the one who has the file. */
type Swarm = { name: string; shape: PathShape; receivers: number; bytes: number }

const swarms: readonly Swarm[] = [
  {
    // What all four fetch of the sender goes through its one uplink.
    name: 'one-to-four',
    shape: { oneWayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000, lossPerMillion: 0 },
    receivers: 4,
    bytes: 16 * MIB,
  },
  {
    // Four homes, each 20 ms from the middle; one of them has the file.
    name: 'homes',
    shape: { oneWayMs: 40, bytesPerSecond: 1_000_000, queueBytes: 100_000, lossPerMillion: 0 },
    receivers: 3,
    bytes: 8 * MIB,
  },
]

export const swarmRows: readonly PathRow[] = swarms.map((swarm) => ({
  name: swarm.name,
  run: () => FarPeople.meet(swarm.shape, swarm.receivers + 1, (people) => measured(swarm, people)),
}))

/** Downlinks have no limit. */
const PLENTY = 1e12

function leastSeconds({ shape: { bytesPerSecond }, receivers, bytes }: Swarm): number {
  const peer = { uploadBytesPerSecond: bytesPerSecond, downloadBytesPerSecond: PLENTY }
  const peers = Array.from({ length: receivers }, () => peer)
  return p2pSeconds({ fileBytes: bytes, serverUploadBytesPerSecond: bytesPerSecond, peers }).seconds
}

async function measured(swarm: Swarm, people: FarPeople): Promise<Line> {
  const { name, shape, receivers, bytes } = swarm
  const [sender, ...others] = await openAll(people)
  if (!sender) throw new Error('A swarm has a sender.')
  const probe = await people.probe()
  const idle = await idlePing(probe)
  const least = leastSeconds(swarm)
  console.info(
    `${name}: one sender, ${receivers} receivers, ${described(shape)} of uplink each; ${least.toFixed(1)} s at least;`,
  )
  process.stdout.write(
    'of each round TCP to one of them, Swarmdrop until all have it, in MB/s, the ping, and packets dropped: ',
  )
  const tcp: Round[] = []
  const ours: Round[] = []
  for (let number = 0; number < ROUNDS; number++) {
    tcp.push(await timed(probe, bytes, () => probe.tcpSeconds(bytes)))
    const home = await sender.newPage()
    const link = await shareFile(home, people.url, writeRandomFile(people.folder, bytes))
    const pages = await Promise.all(others.map((browser) => browser.newPage()))
    for (const page of pages) await openReady(page, link)
    ours.push(await timed(probe, bytes, () => secondsToDownload(pages)))
    await Promise.all([home, ...pages].map((page) => page.close()))
    process.stdout.write(number < ROUNDS - 1 ? '| ' : '\n')
  }
  const against = median(rates(tcp))
  const ratios = rates(ours).map((rate) => rate / against)
  const ofBound = rates(ours).map((rate) => bytes / 1e6 / rate / least)
  return {
    path: `${name}: ${receivers + 1} × ${described(shape)}`,
    'TCP cubic': ofMegabytes(tcp),
    Swarmdrop: `${ofMegabytes(ours)} each`,
    ratio: `${median(ratios).toFixed(2)} × TCP, ${median(ofBound).toFixed(2)} × the least time`,
    slowest: `${Math.min(...ratios).toFixed(2)} ×, ${Math.max(...ofBound).toFixed(2)} ×`,
    ...pingColumns(idle, median(pings(ours))),
  }
}

async function openAll(people: FarPeople): Promise<BrowserContext[]> {
  const browsers: BrowserContext[] = []
  for (const end of people.path.ends) browsers.push(await people.chromium(end))
  return browsers
}
