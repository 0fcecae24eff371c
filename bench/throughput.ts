// How fast a file goes from tab to tabs, beside the raw data channel in the same run: whole product, real pages, digests
// on, on the storage that a person would have.

import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { startTracker } from '../apps/tracker/src/server'
import { chromiumLaunchOptions } from '../scripts/chromium.mjs'
import { inProject } from '../scripts/project.mjs'
import { ensureWebBuilt } from '../scripts/web-build.mjs'
import { median, table } from './figures'
import { rawSeconds } from './raw-channel'

const MIB = 1_048_576
const ROUNDS = 5

const cases = [
  { name: 'one sender, one receiver', receivers: 1, bytes: 128 * MIB },
  { name: 'one sender, four receivers', receivers: 4, bytes: 32 * MIB },
]

export async function throughput(): Promise<void> {
  await ensureWebBuilt()
  const folder = await mkdtemp(join(tmpdir(), 'swarmdrop-bench-'))
  const tracker = await startTracker({ webRoot: inProject('apps/web/out') })
  const url = `http://localhost:${tracker.port}/`
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const rows: string[][] = []
    for (const { name, receivers, bytes } of cases) {
      const raw: number[] = []
      const swarm: number[] = []
      // In turn, so that a slower spell of the machine falls on both.
      for (let round = 0; round < ROUNDS; round++) {
        const context = await browser.newContext()
        // tsx names inner functions through a helper that a page does not have.
        await context.addInitScript('globalThis.__name = (value) => value')
        raw.push((receivers * bytes) / 1e6 / (await rawRound(context, url, receivers, bytes)))
        swarm.push((receivers * bytes) / 1e6 / (await swarmRound(context, url, folder, receivers, bytes)))
        await context.close()
      }
      const ratios = swarm.map((rate, round) => rate / (raw[round] ?? Number.NaN))
      rows.push([
        `${name}, ${bytes / MIB} MiB each`,
        spread(raw),
        spread(swarm),
        `${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
      ])
    }
    console.log(table(['throughput', 'raw channel, MB/s', 'Swarmdrop, MB/s', `ratio, median of ${ROUNDS}`], rows))
  } finally {
    await browser.close()
    await tracker.close()
    await rm(folder, { recursive: true })
  }
}

const spread = (rates: number[]) =>
  `${median(rates).toFixed(1)} (${Math.min(...rates).toFixed(1)}–${Math.max(...rates).toFixed(1)})`

async function rawRound(context: BrowserContext, url: string, receivers: number, bytes: number): Promise<number> {
  const pages = await Promise.all(Array.from({ length: receivers + 1 }, () => context.newPage()))
  await Promise.all(pages.map((page) => page.goto(`${url}healthz`)))
  const [sender, ...others] = pages
  const seconds = await rawSeconds(sender as Page, others, bytes)
  await Promise.all(pages.map((page) => page.close()))
  return seconds
}

/** Seconds from the first click on Download to the last receiver's last proved and stored chunk. */
async function swarmRound(
  context: BrowserContext,
  url: string,
  folder: string,
  receivers: number,
  bytes: number,
): Promise<number> {
  // New bytes every round: nothing can have been kept from the last.
  const path = join(folder, 'bench.bin')
  writeFileSync(path, randomBytes(bytes))
  const sender = await context.newPage()
  await sender.goto(url)
  await sender.getByTestId('file-input').setInputFiles(path)
  const link = await sender.getByTestId('share-link').inputValue({ timeout: 60_000 })
  const pages = await Promise.all(Array.from({ length: receivers }, () => context.newPage()))
  for (const page of pages) {
    await page.goto(link)
    await page.locator('[data-testid=transfer][data-phase=ready]').waitFor()
  }
  const times = await Promise.all(pages.map((page) => page.evaluate(downloadInPage)))
  await Promise.all([sender, ...pages].map((page) => page.close()))
  return (Math.max(...times.map(({ end }) => end)) - Math.min(...times.map(({ start }) => start))) / 1000
}

/** Runs in a receiver's page: clicks, and watches the phase. Times are on the clock that all pages share. */
function downloadInPage(): Promise<{ start: number; end: number }> {
  const now = () => performance.timeOrigin + performance.now()
  const transfer = document.querySelector('[data-testid=transfer]') as HTMLElement
  const start = now()
  document.querySelector<HTMLElement>('[data-testid=download]')?.click()
  return new Promise((resolve) => {
    new MutationObserver(() => {
      if (transfer.dataset.phase === 'complete') resolve({ start, end: now() })
    }).observe(transfer, { attributes: true })
  })
}
