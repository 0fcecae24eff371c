// A Firefox as people have it, and what they do in it. Playwright cannot drive theirs (it needs a build of its own), so
// puppeteer-core does. Knows no single test.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Phase, TransferSnapshot } from '@swarmdrop/peer'
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core'
import puppeteer from 'puppeteer-core'
import { systemFirefox } from '../../tooling/firefox.mjs'
import { sha256 } from './files'
import { TRANSFER_TIMEOUT_MS } from './people'
import { test as base, expect } from './test'

type Firefox = {
  /** Another person in this Firefox: a tab that shares nothing with the others. */
  newTab: () => Promise<FirefoxTab>
}

class FirefoxTab {
  readonly #downloads: string

  constructor(
    readonly page: Page,
    downloads: string,
  ) {
    this.#downloads = downloads
  }

  /** Chooses a file on the home page and waits for the link. */
  async share(home: string, path: string): Promise<string> {
    await this.page.goto(home)
    const input = await this.#part('file-input', '', false)
    await (input as ElementHandle<HTMLInputElement>).uploadFile(path)
    const isLink = () => {
      const field = document.querySelector<HTMLInputElement>('[data-testid=share-link]')
      return field && /#[\w-]{43}$/.test(field.value) ? window.swarmdrop.snapshot()[0]?.link : undefined
    }
    const link = await this.page.waitForFunction(isLink, { timeout: TRANSFER_TIMEOUT_MS })
    return String(await link.jsonValue())
  }

  async openLink(link: string): Promise<void> {
    await this.page.goto(link)
    await this.waitForPhase('ready')
  }

  async waitForPhase(phase: Phase): Promise<void> {
    await this.#part('transfer', `[data-phase=${phase}]`)
  }

  async press(testId: string): Promise<void> {
    await this.page.bringToFront()
    await (await this.#part(testId)).click()
  }

  /** Presses Save and waits for the file, which Firefox keeps next to a `.part` until it is whole. */
  async save(): Promise<{ name: string; digest: string }> {
    await this.press('save')
    // While it comes there may be the `.part` alone, or its place next to it: whole is what stands by itself under its
    // name.
    const whole = () => {
      const names = readdirSync(this.#downloads)
      return names.length === 1 ? names.find((name) => !name.endsWith('.part')) : undefined
    }
    await expect.poll(whole, { timeout: TRANSFER_TIMEOUT_MS, message: 'a whole file in the downloads' }).toBeDefined()
    const name = whole() ?? ''
    let bytes = -1
    // Without a `.part` (a small file) it is written under its name at once.
    await expect
      .poll(() => {
        const before = bytes
        bytes = readFileSync(join(this.#downloads, name)).length
        return bytes > 0 && bytes === before
      })
      .toBe(true)
    return { name, digest: sha256(readFileSync(join(this.#downloads, name))) }
  }

  async snapshot(): Promise<TransferSnapshot> {
    const [session] = await this.page.evaluate(() => window.swarmdrop.snapshot())
    if (!session) throw new Error('The page has no session.')
    return session
  }

  async #part(testId: string, which = '', visible = true): Promise<ElementHandle> {
    const selector = `[data-testid=${testId}]${which}`
    const found = await this.page.waitForSelector(selector, { visible, timeout: TRANSFER_TIMEOUT_MS })
    if (!found) throw new Error(`${selector} is not on the page.`)
    return found
  }
}

type Running = { browser: Browser; downloads: string }

/**
 * The tests' `firefox`: started once for a worker, which takes as long as a test. Skips them where there is none.
 * `hidesAddresses`: as people have it; by default it does not, so that it needs no multicast. `preferences`: what else
 * its person has set.
 */
export const test = base.extend<
  { firefox: Firefox },
  { hidesAddresses: boolean; preferences: Record<string, unknown>; running: Running | undefined }
>({
  hidesAddresses: [false, { option: true, scope: 'worker' }],
  preferences: [{}, { option: true, scope: 'worker' }],
  running: [
    async ({ hidesAddresses, preferences }, use) => {
      const executablePath = systemFirefox()
      if (executablePath === undefined) return use(undefined)
      const downloads = mkdtempSync(join(tmpdir(), 'swarmdrop-firefox-'))
      const browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath,
        extraPrefsFirefox: {
          // Host candidates as mDNS names, which the other browser can look up only where multicast works.
          'media.peerconnection.ice.obfuscate_host_addresses': hidesAddresses,
          'browser.download.folderList': 2,
          'browser.download.dir': downloads,
          ...preferences,
        },
      })
      await use({ browser, downloads })
      await browser.close()
      rmSync(downloads, { recursive: true })
    },
    { scope: 'worker' },
  ],
  firefox: async ({ complaints, running }, use, testInfo) => {
    testInfo.skip(running === undefined, 'There is no Firefox on this machine.')
    if (!running) return
    const { browser, downloads } = running
    rmSync(downloads, { recursive: true })
    mkdirSync(downloads)
    const contexts: BrowserContext[] = []
    const newTab = async () => {
      const context = await browser.createBrowserContext()
      contexts.push(context)
      const page = await context.newPage()
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      return new FirefoxTab(page, downloads)
    }
    await use({ newTab })
    for (const context of contexts) await context.close()
  },
})

export { expect }
