// The whole product for a benchmark: built page, tracker, Chromium; and what people do in it. Knows nothing of what is measured.

import { randomFillSync } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { startTracker } from '../apps/tracker/src/server'
import { chromiumLaunchOptions } from '../scripts/chromium.mjs'
import { inProject } from '../scripts/project.mjs'
import { ensureWebBuilt } from '../scripts/web-build.mjs'

export const MIB = 1_048_576
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

/**
 * A browser with a profile on the disk, as a person has one. Playwright's usual contexts are private windows: there Chromium keeps
 * the private file system in memory, and each access to it crosses into another process.
 */
export async function openBrowser(folder: string): Promise<BrowserContext> {
  const profile = await mkdtemp(join(folder, 'profile-'))
  const browser = await chromium.launchPersistentContext(profile, chromiumLaunchOptions())
  // tsx names inner functions through a helper that a page does not have.
  await browser.addInitScript('globalThis.__name = (value) => value')
  return browser
}

/** New bytes each time: nothing can have been kept from the last. Left where the system caches what was just written. */
export async function writeRandomFile(folder: string, bytes: number): Promise<string> {
  const path = join(folder, 'bench.bin')
  function* blocks() {
    for (let left = bytes; left > 0; left -= MIB) yield randomFillSync(Buffer.alloc(Math.min(left, MIB)))
  }
  await pipeline(Readable.from(blocks()), createWriteStream(path))
  return path
}

/** Shares a file on the home page; the link. */
export async function shareFile(page: Page, url: string, path: string): Promise<string> {
  await page.goto(url)
  await page.getByTestId('file-input').setInputFiles(path)
  return page.getByTestId('share-link').inputValue({ timeout: HASHING_TIMEOUT_MS })
}
