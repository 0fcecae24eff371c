// A Chromium of a test's own in which only the front tab is visible, as for people. (Playwright makes every tab believe
// that it is the front one, unless it comes to a browser that runs already and leaves its defaults alone.)
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { chromiumLaunchOptions } from '../../tooling/chromium.mjs'

export type TabbedBrowser = { window: BrowserContext; close(): Promise<void> }

/** `profile`: a directory of its own. */
export async function openTabbedBrowser(profile: string): Promise<TabbedBrowser> {
  const { executablePath = chromium.executablePath(), args } = chromiumLaunchOptions()
  const options = ['--headless', '--no-first-run', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  // Its own first page is looked for on the Internet: five seconds on a machine that is not on it.
  const child = spawn(executablePath, [...args, ...options, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  const browser = await chromium.connectOverCDP(await debuggingUrl(child), { noDefaults: true })
  const [window] = browser.contexts()
  if (!window) throw new Error('Chromium came without a window.')
  return {
    window,
    close: async () => {
      await browser.close()
      child.kill()
      await ended
    },
  }
}

/**
 * Chooses a file in place of `setInputFiles`, which sends the bytes through the line to a browser that it has not
 * started: a second a megabyte.
 */
export async function chooseFile(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { root } = await session.send('DOM.getDocument')
  const selector = '[data-testid=file-input]'
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  await session.send('DOM.setFileInputFiles', { nodeId, files: [path] })
}

async function debuggingUrl({ stderr }: ChildProcess): Promise<string> {
  let said = ''
  for await (const text of stderr?.setEncoding('utf8') ?? []) {
    said += String(text)
    const url = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
    if (url) {
      // Whatever it says later must not fill the pipe.
      stderr?.resume()
      return url
    }
  }
  throw new Error(`Chromium ended before it could be driven: ${said}`)
}
