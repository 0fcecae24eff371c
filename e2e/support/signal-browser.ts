// Stops or kills a browser as a whole, as an operating system does. Knows nothing of what its pages do.
import type { Page } from '@playwright/test'

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
