// While data moves the device stays awake, and anyone who closes too early is asked first.
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { testChromium } from '../tooling/test-chromium'
import {
  openLink,
  press,
  setLimit,
  share,
  snapshot,
  startDownload,
  waitForChunks,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

// The shell keeps no device awake.
test.use({ launchOptions: testChromium('whole') })

declare global {
  interface Window {
    /** Wake locks that this page holds. */
    locksHeld: number
  }
}

/** Runs in the page before anything of ours. */
function countLocks(): void {
  window.locksHeld = 0
  const { wakeLock } = navigator
  // An empty page, before the first one is loaded, has none.
  if (!wakeLock) return
  const request = wakeLock.request.bind(wakeLock)
  wakeLock.request = async (type) => {
    const sentinel = await request(type)
    window.locksHeld++
    sentinel.addEventListener('release', () => window.locksHeld--)
    return sentinel
  }
}

/** The file that is chosen is the browser's own. Runs in the page before anything of ours. */
function chooseOwnFile(): void {
  const { storage } = navigator
  const showSaveFilePicker = async () => (await storage.getDirectory()).getFileHandle('chosen', { create: true })
  Object.assign(window, { showSaveFilePicker })
}

/** A browser that keeps nothing: what it has fetched is lost with the tab. Runs in the page before anything of ours. */
function keepNothing(): void {
  Object.defineProperty(window, 'indexedDB', { value: undefined })
  Object.defineProperty(navigator, 'storage', { value: undefined })
}

const expectLocks = (page: Page, count: number) => expect.poll(() => page.evaluate(() => window.locksHeld)).toBe(count)

/** Whether the browser asks before this tab closes. It stays open when it does. */
async function asksBeforeClosing(page: Page): Promise<boolean> {
  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    return true
  })
  const closed = page.waitForEvent('close').then(() => false)
  await page.close({ runBeforeUnload: true })
  return Promise.race([asked, closed])
}

test('sender and receiver stay awake and are warned as long as it would harm to go', async ({
  page,
  context,
}, testInfo) => {
  await context.addInitScript(countLocks)
  const link = await share(page, randomFile(testInfo.outputPath('sent/film.bin'), 3 * MIB))
  const receiver = await context.newPage()
  await receiver.addInitScript(chooseOwnFile)
  await receiver.addInitScript(keepNothing)
  await openLink(receiver, link)
  for (const each of [page, receiver]) await expectLocks(each, 0)
  // Browsers ask on behalf of pages that somebody has touched.
  await page.bringToFront()
  await page.getByRole('heading', { name: 'Send this link' }).click()

  await setLimit(receiver, 'download', '300')
  await startDownload(receiver)
  // By the second, the page has drawn the first.
  await waitForChunks(receiver, 2)
  for (const each of [page, receiver]) await expectLocks(each, 1)
  await expect(page.getByText('Keep this tab open')).toBeVisible()
  expect(await asksBeforeClosing(page)).toBe(true)
  expect(await asksBeforeClosing(receiver)).toBe(true)

  await setLimit(receiver, 'download', '')
  await waitForPhase(receiver, 'complete')
  for (const each of [page, receiver]) await expectLocks(each, 0)
  await expect(page.getByText('Safe to close')).toBeVisible()
  expect(await asksBeforeClosing(page)).toBe(false)
  // Complete, and not yet saved.
  expect(await asksBeforeClosing(receiver)).toBe(true)

  // Handed to the browser, which may refuse it, or be told to break it off: nobody knows that it is saved.
  await Promise.all([receiver.waitForEvent('download').then((download) => download.cancel()), press(receiver, 'save')])
  await expect(receiver.getByText('before you close this page, check in its downloads')).toBeVisible()
  expect((await snapshot(receiver)).saved).toBe('handed-over')
  expect(await asksBeforeClosing(receiver)).toBe(true)
  // Written to its last byte to a place that the person chose.
  await press(receiver, 'save-to')
  await expect(receiver.getByText('It is saved. Close any time')).toBeVisible()
  expect(await asksBeforeClosing(receiver)).toBe(false)
})
