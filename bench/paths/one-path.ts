// From one end of a path to the other: Swarmdrop compared with TCP and bare data channels on the same path, and a ping
// alongside each.
import { median } from '../../tooling/figures'
import { writeRandomFile } from '../product'
import { type PathCase, pathCases } from './cases'
import { FarFirefox } from './far-firefox'
import { download, type FarBrowser, farChromium, open, share } from './far-page'
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
import { mostBuffered, watchSendBuffers } from './send-buffers'
import { windowedSeconds } from './windowed-channel'

export const onePathRows: readonly PathRow[] = pathCases.map((path) => ({
  name: path.name,
  run: () => FarPeople.meet(path.shape, 2, (people) => measured(path, people)),
}))

async function measured(path: PathCase, people: FarPeople): Promise<Line> {
  const { name, bytes, bare, shape } = path
  const [sender, receiver] = await browsersOf(path, people)
  if (!sender || !receiver) {
    console.info(`${name}: there is no Firefox here.`)
    return { path: `${name}: not measured, there is no Firefox here` }
  }
  const probe = await people.probe()
  const rounds: Rounds = { tcp: [], bare: [], ours: [] }
  const idle = await idlePing(probe)
  console.info(
    `${name}: ${described(shape)}; of each round TCP, bare channels, Swarmdrop, in MB/s, the ping, and packets dropped:`,
  )
  // In turn, so that a slower spell of the machine falls on all.
  for (let number = 0; number < ROUNDS; number++) {
    rounds.tcp.push(await timed(probe, bytes, () => probe.tcpSeconds(bytes)))
    const [from, to] = [await sender.newPage(), await receiver.newPage()]
    for (const page of [from, to]) await page.goto(`${people.url}healthz`)
    rounds.bare.push(await timed(probe, bytes, () => windowedSeconds(from, to, bytes, bare)))
    await Promise.all([from.close(), to.close()])
    const [home, link] = [await sender.newPage(), await receiver.newPage()]
    // New bytes every round: nothing can have been kept from the last.
    await open(link, await share(home, people.url, writeRandomFile(people.folder, bytes)))
    await watchSendBuffers(home)
    const round = await timed(probe, bytes, () => download(link))
    rounds.ours.push({ ...round, buffered: await mostBuffered(home) })
    await Promise.all([home.close(), link.close()])
    process.stdout.write(number < ROUNDS - 1 ? '| ' : '\n')
  }
  return summary(path, rounds, idle)
}

async function browsersOf({ firefox }: PathCase, people: FarPeople): Promise<(FarBrowser | undefined)[]> {
  const { first, last } = people
  return [
    firefox === 'sends' ? await FarFirefox.start(people, first) : farChromium(await people.chromium(first)),
    firefox === 'fetches' ? await FarFirefox.start(people, last) : farChromium(await people.chromium(last)),
  ]
}

type Rounds = { tcp: Round[]; bare: Round[]; ours: (Round & { buffered: number })[] }

function summary({ name, shape, wanted }: PathCase, { tcp, bare, ours }: Rounds, idle: number): Line {
  const against = median(rates(wanted?.of === 'bare' ? bare : tcp))
  const ratios = rates(ours).map((rate) => rate / against)
  const slowest = wanted?.slowest === undefined ? '' : `, slowest ${wanted.slowest.toFixed(2)}`
  return {
    path: `${name}: ${described(shape)}`,
    'TCP cubic': ofMegabytes(tcp),
    'bare channels': ofMegabytes(bare),
    Swarmdrop: ofMegabytes(ours),
    ratio: `${median(ratios).toFixed(2)} × ${wanted?.of ?? 'TCP'}`,
    slowest: `${Math.min(...ratios).toFixed(2)} ×`,
    ...(wanted && { wanted: `${wanted.ratio.toFixed(2)} ×${slowest}` }),
    ...pingColumns(idle, median(pings(ours))),
    'a frame takes': `${median(ours.map((round) => frameSeconds(round, idle))).toFixed(2)} s (wanted under 1)`,
  }
}

/** Behind what waits in the page, and then over the path as full as it is. */
const frameSeconds = ({ buffered, rate, ping }: Rounds['ours'][number], idle: number): number =>
  buffered / 1e6 / rate + (ping - idle / 2) / 1e3
