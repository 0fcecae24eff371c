// The laboratory's page in real Chromium, on a tracker of its own. Knows no setting.
import { chromium, type Page } from '@playwright/test'
import { startTracker } from '../apps/tracker/src/server'
import { chromiumLaunchOptions } from '../tooling/chromium.mjs'
import { inProject } from '../tooling/project.mjs'
import { ensureWebBuilt } from '../tooling/web-build.mjs'

export const RUN_TIMEOUT_MS = 600_000

/** Calls `use` with the page, in a browser that keeps nothing of any other. */
export async function withLabPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
  await ensureWebBuilt()
  const tracker = await startTracker({ webRoot: inProject('apps/web/out') })
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const page = await browser.newPage()
    // tsx names inner functions through a helper that a page does not have.
    await page.addInitScript('globalThis.__name = (value) => value')
    await page.goto(`http://localhost:${tracker.port}/lab`)
    return await use(page)
  } finally {
    await browser.close()
    await tracker.close()
  }
}
