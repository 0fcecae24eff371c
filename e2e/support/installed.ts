// The built page at a name of its own that a browser takes for secure, below a path, where it gets its service worker;
// and a server that changes from one build to the next. Knows no single test.
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { inProject } from '../../tooling/project.mjs'
import { TrackerProcess } from '../../tooling/tracker-process'
import { test as base, expect, listen } from './test'

const HOST = 'drop.test'
const BASE_PATH = '/drop'

export type Site = {
  home: string
  /** A browser profile of its own. */
  newPerson: () => Promise<BrowserContext>
  stop: () => Promise<void>
  /**
   * The server comes back with another build: `data-build` of its page is `newer`, and what loads only to make a ZIP
   * has a new name.
   */
  deployNewer: () => Promise<void>
}

export const test = base.extend<{ site: Site }>({
  site: async ({ launchOptions, complaints }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'installed-'))
    const WEB_ROOT = join(directory, 'served')
    symlinkSync(inProject('apps/web/out'), WEB_ROOT)
    const tracker = await TrackerProcess.onFreePort({ WEB_ROOT, BASE_PATH })
    const origin = `http://${HOST}:${tracker.port}`
    const flags = [
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      `--unsafely-treat-insecure-origin-as-secure=${origin}`,
    ]
    const browser: Browser = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), ...flags],
    })
    await use({
      home: `${origin}${BASE_PATH}/`,
      newPerson: async () => {
        const context = await browser.newContext()
        listen(context, complaints)
        return context
      },
      stop: () => tracker.kill(),
      deployNewer: async () => {
        await tracker.kill()
        rmSync(WEB_ROOT)
        makeNewer(WEB_ROOT)
        await tracker.start()
      },
    })
    await browser.close()
    await tracker.kill()
    rmSync(directory, { recursive: true })
  },
})

/** Makes the pages look like another build: another list, other pages, and parts that have another name. */
function makeNewer(folder: string): void {
  cpSync(inProject('apps/web/out'), folder, { recursive: true })
  const change = (path: string, from: string | RegExp, to: string) => {
    const text = readFileSync(join(folder, path), 'utf8')
    const changed = text.replaceAll(from, to)
    if (changed === text) throw new Error(`There is no ${from} in ${path}.`)
    writeFileSync(join(folder, path), changed)
  }
  const media = '_next/static/media'
  const [part] = readdirSync(join(folder, media)).filter((name) => name.startsWith('zip.worker'))
  if (part === undefined) throw new Error('There is no part that makes ZIPs.')
  renameSync(join(folder, media, part), join(folder, media, 'zip.worker.newer.ts'))
  change('service-worker.js', part, 'zip.worker.newer.ts')
  change('service-worker.js', /"version":"[^"]+"/g, '"version":"newer"')
  change('index.html', '<html ', '<html data-build="newer" ')
}

/**
 * Waits until the page's worker has all that it keeps. The first is in charge of the pages that are loaded from then
 * on.
 */
export async function becomeInstalled(page: Page, home: string): Promise<void> {
  await page.goto(home)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
}

/** What another app would share, posted as a phone's system posts it: a navigation that no page of ours has begun. */
export async function shareFromApp(page: Page, home: string, files: string[], text = ''): Promise<void> {
  await page.goto('about:blank')
  await page.setContent(
    `<form action="${home}share" method="post" enctype="multipart/form-data">
       <input type="file" name="files" multiple><textarea name="text"></textarea><button>Share</button>
     </form>`,
  )
  if (files.length > 0) await page.locator('input').setInputFiles(files)
  else await page.locator('input').evaluate((input) => input.remove())
  await page.locator('textarea').fill(text)
  await page.locator('form > button').click()
}

export { expect }
