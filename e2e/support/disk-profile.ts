// A person whose browser keeps its files on the disk, as people's browsers do. Knows nothing of what they do with it.
//
// A context of `newContext()` is a private window to Chromium: what a page keeps there is in the browser's memory, and may not
// be much. Nothing that is measured there holds for a person who fetches gigabytes.
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs'

/** The only page of a browser of its own, whose profile and downloads are below `folder`. Its context is the caller's to close. */
export async function openOnDisk(folder: string): Promise<Page> {
  const downloadsPath = join(folder, 'downloads')
  const options = { ...chromiumLaunchOptions(), downloadsPath }
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), options)
  return context.pages()[0] ?? context.newPage()
}

/** Sends a signal to every process of the page's browser, whose ids it gives. */
export async function signalBrowser(page: Page, signal: 'SIGKILL' | 'SIGSTOP'): Promise<number[]> {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page is in no browser of its own.')
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const ids = processInfo.map(({ id }) => id)
  for (const id of ids) process.kill(id, signal)
  return ids
}
