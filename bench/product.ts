// The whole product for a benchmark: built page, tracker, Chromium; and what people do in it. Knows nothing of what is
// measured.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, LaunchOptions, Page } from '@playwright/test'
import { startTracker } from '../apps/tracker/src/server'
import { openOnDisk } from '../tooling/disk-profile'
import { downloadInPage } from '../tooling/download-watch'
import { randomFile } from '../tooling/files'
import { inProject } from '../tooling/project.mjs'
import { ensureWebBuilt } from '../tooling/web-build.mjs'

const HASHING_TIMEOUT_MS = 120_000

/** `browser`: the one that most of it happens in. `folder`: for files that are shared; gone afterwards. */
export type Product = { url: string; browser: BrowserContext; folder: string }

/** Starts all, and ends it when `use` has. */
export async function withProduct<T>(use: (product: Product) => Promise<T>): Promise<T> {
  await ensureWebBuilt()
  const folder = await mkdtemp(join(tmpdir(), 'swarmdrop-bench-'))
  const tracker = await startTracker({ webRoot: inProject('apps/web/out') })
  const browser = await openBrowser(folder)
  try {
    return await use({ url: `http://localhost:${tracker.port}/`, browser, folder })
  } finally {
    await browser.close()
    await tracker.close()
    await rm(folder, { recursive: true })
  }
}

/** A browser as a person has one, on whose disk storage costs what it costs people. */
export async function openBrowser(folder: string, launch?: LaunchOptions): Promise<BrowserContext> {
  const page = await openOnDisk(await mkdtemp(join(folder, 'person-')), launch)
  const browser = page.context()
  // tsx names inner functions through a helper that a page does not have.
  await browser.addInitScript('globalThis.__name = (value) => value')
  return browser
}

/** Left where the system caches what was just written. */
export const writeRandomFile = (folder: string, bytes: number): string => randomFile(join(folder, 'bench.bin'), bytes)

/** Shares a file on the home page; the link. */
export async function shareFile(page: Page, url: string, path: string): Promise<string> {
  await page.goto(url)
  await page.getByTestId('file-input').setInputFiles(path)
  await page.getByTestId('share-link').waitFor({ timeout: HASHING_TIMEOUT_MS })
  // At the page's own address: another is shown for others.
  return page.evaluate(() => window.swarmdrop.snapshot()[0]?.link ?? '')
}

/** Opens the link and waits until the page could download. */
export async function openReady(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.locator('[data-testid=transfer][data-phase=ready]').waitFor()
}

/** The seconds from the first click on Download to the last receiver's last proved and stored chunk. */
export async function secondsToDownload(pages: readonly Page[]): Promise<number> {
  const times = await Promise.all(pages.map((page) => page.evaluate(downloadInPage)))
  return (Math.max(...times.map(({ end }) => end)) - Math.min(...times.map(({ start }) => start))) / 1000
}
