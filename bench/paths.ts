// How fast a file goes over long paths, beside TCP and bare data channels on the same path in the same run, and what a ping takes
// meanwhile. Prints what it saw, row by row.
import type { BrowserContext } from '@playwright/test'
import { median, table } from '../tooling/figures'
import { NoLongPath, type PathShape } from '../tooling/long-path/long-path'
import { PathProbe } from '../tooling/long-path/probe'
import { type FarPeople, withFarPeople } from './far-people'
import { type PathCase, pathCases } from './path-cases'
import { openReady, secondsToDownload, shareFile, writeRandomFile } from './product'
import { windowedSeconds } from './windowed-channel'

/** PATH_ROUNDS: fewer, for a look at one change. */
const ROUNDS = Number(process.env.PATH_ROUNDS ?? 5)
const IDLE_MS = 1_500

const head = [
  'path',
  'TCP cubic',
  'bare channels',
  'Swarmdrop',
  'ratio',
  'slowest',
  'wanted',
  'ping idle',
  'ping beside',
]

/** `rows`: the names of those wanted; all, where there is none. */
export async function paths(rows: readonly string[]): Promise<void> {
  const chosen = pathCases.filter(({ name }) => rows.length === 0 || rows.includes(name))
  const unknown = rows.find((row) => !pathCases.some(({ name }) => name === row))
  if (unknown !== undefined) throw new Error(`There is no path “${unknown}”. There are: ${namesOfPaths()}.`)
  const lines: string[][] = []
  try {
    for (const path of chosen) lines.push(await withFarPeople(path.shape, 2, (people) => measured(path, people)))
  } catch (error) {
    if (!(error instanceof NoLongPath)) throw error
    console.info(`${error.message} Paths are not measured.`)
  }
  if (lines.length > 0) console.info(`\n${table(head, lines)}`)
}

const namesOfPaths = () => pathCases.map(({ name }) => name).join(', ')

/** Megabytes a second, and the median of the pings meanwhile in milliseconds. */
type Round = { rate: number; ping: number }

async function measured(path: PathCase, { path: { ends }, url, browsers, folder }: FarPeople): Promise<string[]> {
  const [near, far] = ends
  const [sender, receiver] = browsers
  if (!near || !far || !sender || !receiver) throw new Error('A path has two ends.')
  const probe = await PathProbe.start(near, far)
  const round = async (measure: () => Promise<number>): Promise<Round> => {
    probe.takeRoundTripsMs()
    const seconds = await measure()
    const took = { rate: path.bytes / 1e6 / seconds, ping: median(probe.takeRoundTripsMs()) }
    process.stdout.write(`${took.rate.toFixed(2)} (${took.ping.toFixed(0)} ms) `)
    return took
  }
  console.info(
    `${path.name}: ${described(path.shape)}; of each round TCP, bare channels, Swarmdrop, in MB/s, and the ping:`,
  )
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
    const idle = median(probe.takeRoundTripsMs())
    const rounds: Record<'tcp' | 'bare' | 'ours', Round[]> = { tcp: [], bare: [], ours: [] }
    // In turn, so that a slower spell of the machine falls on all.
    for (let number = 0; number < ROUNDS; number++) {
      rounds.tcp.push(await round(() => probe.tcpSeconds(path.bytes)))
      rounds.bare.push(await withPages(sender, receiver, url, path, round))
      rounds.ours.push(await swarmRound(sender, receiver, url, folder, path, round))
      process.stdout.write(number < ROUNDS - 1 ? '| ' : '\n')
    }
    return summary(path, rounds, idle)
  } finally {
    probe.close()
  }
}

type Rounds = Record<'tcp' | 'bare' | 'ours', Round[]>

function summary({ name, shape, wanted }: PathCase, rounds: Rounds, idle: number): string[] {
  const rates = (of: Round[]) => of.map(({ rate }) => rate)
  const pings = (of: Round[]) => of.map(({ ping }) => ping)
  const against = median(rates(wanted.of === 'TCP' ? rounds.tcp : rounds.bare))
  const ratios = rates(rounds.ours).map((rate) => rate / against)
  const figures = (rates: number[]) => `${median(rates).toFixed(2)} MB/s`
  const slowest = wanted.slowest === undefined ? '' : `, slowest ${wanted.slowest}`
  return [
    `${name}: ${described(shape)}`,
    figures(rates(rounds.tcp)),
    figures(rates(rounds.bare)),
    figures(rates(rounds.ours)),
    `${median(ratios).toFixed(2)} × ${wanted.of}`,
    `${Math.min(...ratios).toFixed(2)} ×`,
    `${wanted.ratio.toFixed(2)} ×${slowest}`,
    `${idle.toFixed(0)} ms`,
    `${median(pings(rounds.ours)).toFixed(0)} ms (wanted under ${(2 * idle + 50).toFixed(0)})`,
  ]
}

const described = ({ oneWayMs, bytesPerSecond, queueBytes, lossPerMillion }: PathShape) =>
  [
    `${oneWayMs} ms`,
    `${bytesPerSecond / 1e6} MB/s`,
    `${queueBytes / 1e3} kB`,
    ...(lossPerMillion > 0 ? [`${lossPerMillion / 1e4} % lost`] : []),
  ].join(', ')

type Timed = (measure: () => Promise<number>) => Promise<Round>

async function withPages(
  from: BrowserContext,
  to: BrowserContext,
  url: string,
  { bytes, bare }: PathCase,
  round: Timed,
): Promise<Round> {
  const [sender, receiver] = [await from.newPage(), await to.newPage()]
  for (const page of [sender, receiver]) await page.goto(`${url}healthz`)
  const result = await round(() => windowedSeconds(sender, receiver, bytes, bare))
  await Promise.all([sender.close(), receiver.close()])
  return result
}

async function swarmRound(
  from: BrowserContext,
  to: BrowserContext,
  url: string,
  folder: string,
  { bytes }: PathCase,
  round: Timed,
): Promise<Round> {
  const [sender, receiver] = [await from.newPage(), await to.newPage()]
  // New bytes every round: nothing can have been kept from the last.
  await openReady(receiver, await shareFile(sender, url, writeRandomFile(folder, bytes)))
  const result = await round(() => secondsToDownload([receiver]))
  await Promise.all([sender.close(), receiver.close()])
  return result
}
