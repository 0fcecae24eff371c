// How fast a file goes from tab to tabs, compared with the raw data channel in the same run: whole product, real pages,
// digests on, on the storage that a person would have.

import type { BrowserContext, Page } from '@playwright/test'
import { median } from '../tooling/figures'
import { MIB } from '../tooling/files'
import { type Packets, packetsOf, rememberConnections } from './discarded'
import { openReady, secondsToDownload, shareFile, withProduct, writeRandomFile } from './product'
import { rawSeconds } from './raw-channel'
import { listed, type Report, ratioOutcome } from './rows'

const ROUNDS = 5

const cases = [
  { name: 'one sender, one receiver', receivers: 1, bytes: 128 * MIB, wanted: 0.9 },
  { name: 'one sender, four receivers', receivers: 4, bytes: 32 * MIB, wanted: 0.85 },
]

export function throughput(): Promise<Report> {
  return withProduct(async ({ browser, url, folder }) => {
    const report: Report = { rows: [], details: [] }
    await rememberConnections(browser)
    for (const { name, receivers, bytes, wanted } of cases) {
      const raw: Round[] = []
      const swarm: Round[] = []
      // In turn, so that a slower spell of the machine falls on both.
      for (let round = 0; round < ROUNDS; round++) {
        raw.push(await rawRound(browser, url, receivers, bytes))
        swarm.push(await swarmRound(browser, url, folder, receivers, bytes))
      }
      const ratesOf = (rounds: Round[]) => rounds.map(({ seconds }) => (receivers * bytes) / 1e6 / seconds)
      const ratios = swarm.map(({ seconds }, round) => (raw[round]?.seconds ?? Number.NaN) / seconds)
      report.rows.push({
        what: `${name}, ${bytes / MIB} MiB each`,
        measured: `${median(ratesOf(swarm)).toFixed(1)} MB/s`,
        comparedWith: `raw data channel ${median(ratesOf(raw)).toFixed(1)} MB/s`,
        ...ratioOutcome(median(ratios), wanted),
      })
      report.details.push(
        `${name}: Swarmdrop ${listed(ratesOf(swarm), 1)} MB/s, raw ${listed(ratesOf(raw), 1)}, ratios ${listed(ratios, 2)}; ` +
          `packets discarded before they were sent, per mille: Swarmdrop ${listed(swarm.map(lostOf), 1)}, raw ${listed(raw.map(lostOf), 1)}`,
      )
    }
    return report
  })
}

type Round = { seconds: number; packets: Packets }

const lostOf = ({ packets }: Round): number => (1000 * packets.discarded) / packets.sent

async function rawRound(context: BrowserContext, url: string, receivers: number, bytes: number): Promise<Round> {
  const pages = await Promise.all(Array.from({ length: receivers + 1 }, () => context.newPage()))
  await Promise.all(pages.map((page) => page.goto(`${url}healthz`)))
  const [sender, ...others] = pages
  const seconds = await rawSeconds(sender as Page, others, bytes)
  const packets = await packetsOf(pages)
  await Promise.all(pages.map((page) => page.close()))
  return { seconds, packets }
}

async function swarmRound(
  context: BrowserContext,
  url: string,
  folder: string,
  receivers: number,
  bytes: number,
): Promise<Round> {
  // New bytes every round: nothing can have been kept from the last.
  const path = writeRandomFile(folder, bytes)
  const sender = await context.newPage()
  const link = await shareFile(sender, url, path)
  const pages = await Promise.all(Array.from({ length: receivers }, () => context.newPage()))
  for (const page of pages) await openReady(page, link)
  const seconds = await secondsToDownload(pages)
  const packets = await packetsOf([sender, ...pages])
  await Promise.all([sender, ...pages].map((page) => page.close()))
  return { seconds, packets }
}
