// A tab in the background, whose timers run once a second, fetches as fast as one in front.
import type { BrowserContext, Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { confirmDelete, linkOn, openLink, snapshot, TRANSFER_TIMEOUT_MS } from './support/people'
import { chooseFile, openTabbedBrowser } from './support/tabbed-browser'
import { expect, test } from './support/test'

const PAIRS = 3

/** Milliseconds that this page's next timers of 20 ms need, four in a row. */
const fourTimersMs = (page: Page) =>
  page.evaluate(async () => {
    const start = performance.now()
    for (let at = 0; at < 4; at++) await new Promise((next) => setTimeout(next, 20))
    return performance.now() - start
  })

/** What is kept would be there at once the next time. */
async function forget(receiver: Page): Promise<void> {
  await receiver.bringToFront()
  await receiver.getByTestId('delete-kept').click()
  await confirmDelete(receiver)
  await expect(receiver.getByTestId('file-input')).toBeAttached()
}

/** Milliseconds from pressing Download to the last chunk, for a new tab with nobody but the sender. */
async function fetchMs(window: BrowserContext, link: string, hidden: boolean): Promise<number> {
  const receiver = await window.newPage()
  await openLink(receiver, link)
  const front = hidden ? await window.newPage() : receiver
  await front.bringToFront()
  await expect.poll(() => receiver.evaluate(() => document.hidden)).toBe(hidden)

  // A click needs a page that is drawn: pressed from within, in the tab's own time.
  const startedAt = performance.now()
  await receiver.evaluate(() => document.querySelector<HTMLElement>('[data-testid=download]')?.click())
  await expect
    .poll(async () => (await snapshot(receiver)).phase, { timeout: TRANSFER_TIMEOUT_MS, intervals: [20] })
    .toBe('complete')
  const ms = performance.now() - startedAt

  expect(await receiver.evaluate(() => document.hidden)).toBe(hidden)
  await forget(receiver)
  await receiver.close()
  if (hidden) await front.close()
  return ms
}

test(
  'a receiver in a hidden tab is not slower than half of a visible one',
  { tag: '@alone' },
  async ({ baseURL }, testInfo) => {
    const path = randomFile(testInfo.outputPath('sent/film.bin'), 8 * MIB)
    const { window, close } = await openTabbedBrowser(testInfo.outputPath('profile'))
    try {
      const sender = await window.newPage()
      await sender.goto(`${baseURL}/`)
      await expect(sender.getByTestId('file-input')).toBeAttached()
      await chooseFile(sender, path)
      const link = await linkOn(sender)
      // In the same run it is proved that a hidden tab's timers are slow; else this would prove nothing.
      const other = await window.newPage()
      await other.bringToFront()
      expect(await sender.evaluate(() => document.hidden)).toBe(true)
      expect(await fourTimersMs(sender)).toBeGreaterThan(5 * (await fourTimersMs(other)))

      const visible: number[] = []
      const hidden: number[] = []
      // The quickest of each: whatever else the machine does can only add to a time. So one good pair is enough.
      const isQuick = () => Math.min(...hidden) < 2 * Math.min(...visible)
      while (visible.length < PAIRS && !isQuick()) {
        visible.push(await fetchMs(window, link, false))
        hidden.push(await fetchMs(window, link, true))
      }
      expect(isQuick(), `visible ${visible.map(Math.round)} ms, hidden ${hidden.map(Math.round)} ms`).toBe(true)
    } finally {
      await close()
    }
  },
)
