// A page that the browser puts away whole and brings back by Back (its back/forward cache) is in its swarm again at
// once: the sender's, a receiver's, a helper's, a student's. Playwright switches that cache off, and cannot follow a
// page through it; puppeteer-core can.
import { chromium as playwrights } from '@playwright/test'
import type { Browser, ElementHandle, Page } from 'puppeteer-core'
import puppeteer from 'puppeteer-core'
import { chromiumLaunchOptions } from '../tooling/chromium.mjs'
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { test as base, expect } from './support/test'

/** Joining again and the first link take well under a second; a line that is found dead takes 10. */
const AT_ONCE_MS = 5_000

declare global {
  interface Window {
    timesBroughtBack: number
  }
}

const test = base.extend<{ newTab: () => Promise<Page> }>({
  newTab: async ({ complaints }, use) => {
    const { executablePath = playwrights.executablePath(), args } = chromiumLaunchOptions()
    const browser: Browser = await puppeteer.launch({
      executablePath,
      args,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
    await use(async () => {
      const page = await browser.newPage()
      page.on('dialog', (dialog) => void dialog.accept())
      page.on('pageerror', (error) => complaints.push(String(error)))
      await page.evaluateOnNewDocument(() => {
        window.timesBroughtBack = 0
        window.addEventListener('pageshow', ({ persisted }) => {
          if (persisted) window.timesBroughtBack++
        })
      })
      return page
    })
    await browser.close()
  },
})

const part = (page: Page, testId: string) =>
  page.waitForSelector(`[data-testid=${testId}]`) as Promise<ElementHandle<HTMLInputElement>>

async function share(page: Page, home: string, path: string): Promise<string> {
  await page.goto(home)
  await (await part(page, 'file-input')).uploadFile(path)
  return (await part(page, 'share-link')).evaluate(({ value }) => value)
}

const phaseIs = (page: Page, phase: string) => page.waitForSelector(`[data-testid=transfer][data-phase=${phase}]`)

/** Follows a link in the page and comes back to it. */
async function goAndComeBack(page: Page): Promise<void> {
  await page.bringToFront()
  await Promise.all([page.waitForNavigation(), page.click('a[href="/theory"]')])
  // Not waited for: what is brought back is not loaded.
  await page.evaluate(() => void setTimeout(() => window.history.back()))
  await page.waitForFunction(() => window.timesBroughtBack > 0)
}

/** How many others it is connected to, by what the page says. */
const neighbours = (page: Page) => page.evaluate(() => window.swarmdrop.snapshot()[0]?.neighbours.length)
const isFound = (page: Page) => expect.poll(() => neighbours(page), { timeout: AT_ONCE_MS, intervals: [100] }).toBe(1)

test('a sender that was brought back serves, and so do a receiver and a helper', async ({
  newTab,
  baseURL,
}, testInfo) => {
  const sender = await newTab()
  const link = await share(sender, baseURL ?? '', randomFile(testInfo.outputPath('sent/a.bin'), 3 * CHUNK_BYTES))
  await goAndComeBack(sender)
  const receiver = await newTab()
  await receiver.goto(link)
  await phaseIs(receiver, 'ready')

  await goAndComeBack(receiver)
  await isFound(receiver)
  await (await part(receiver, 'download')).click()
  await phaseIs(receiver, 'complete')

  await goAndComeBack(receiver)
  await isFound(receiver)
  // From now on only the helper has it.
  await sender.close()
  const last = await newTab()
  await last.goto(link)
  await phaseIs(last, 'ready')
  await (await part(last, 'download')).click()
  await phaseIs(last, 'complete')
})

test('a student who was brought back is in the room, and ready for a run', async ({ newTab, baseURL }) => {
  const teacher = await newTab()
  await teacher.goto(`${baseURL}/lab`)
  await (await part(teacher, 'lab-create')).click()
  const room = await (await part(teacher, 'lab-link')).evaluate(({ value }) => value)
  const student = await newTab()
  await student.goto(room)
  await (await part(student, 'lab-name')).type('Ada')
  await (await part(student, 'lab-join')).click()
  await student.waitForSelector('[data-testid=lab-waiting][data-state=in]')

  await student.bringToFront()
  // A student's page has no links to the others.
  await student.goto(`${baseURL}/theory`)
  await student.evaluate(() => void setTimeout(() => window.history.back()))
  // Loaded again: seat and chunks outlive that, a part in a run that was left does not.
  const loadedBy = () => performance.getEntriesByType('navigation')[0]?.toJSON().type
  await student.waitForFunction(() => window.location.pathname === '/lab')
  await expect.poll(() => student.evaluate(loadedBy).catch(() => undefined), { timeout: AT_ONCE_MS }).toBe('reload')
  await student.waitForSelector('[data-testid=lab-waiting][data-state=in]', { timeout: AT_ONCE_MS })
  expect(await teacher.$eval('[data-testid=lab-students]', (list) => list.getAttribute('data-present'))).toBe('1')
})
