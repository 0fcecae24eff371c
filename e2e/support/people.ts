// What people do on the pages: share, open a link, download, save; and how the tests look at them. Knows no single
// test.
import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Phase, TransferSnapshot } from '@swarmdrop/peer'
import '../../apps/web/session/inspection'
import { sha256 } from './files'

/** A whole transfer, on a machine that is busy with other things. */
export const TRANSFER_TIMEOUT_MS = 60_000

/** Chooses files, or one folder, on the home page and waits for the link. */
export async function share(
  page: Page,
  chosen: string | string[],
  kind: 'file' | 'folder' = 'file',
  home = '/',
): Promise<string> {
  await page.goto(home)
  await page.getByTestId(`${kind}-input`).setInputFiles(chosen)
  return linkOn(page)
}

/** Waits for the link on a page where files were chosen; at the page's own address, whatever others are shown. */
export async function linkOn(page: Page): Promise<string> {
  const link = page.getByTestId('share-link')
  await expect(link).toHaveValue(/#[\w-]{43}$/, { timeout: TRANSFER_TIMEOUT_MS })
  return (await snapshot(page)).link
}

/** Waits for the code to read aloud on a sender's page. */
export async function codeOn(page: Page): Promise<string> {
  const code = page.getByTestId('share-code')
  await expect(code).toHaveText(/^\d+-[a-z]+-[a-z]+$/)
  return code.innerText()
}

/** Opens the link and waits until the page knows what is in it. */
export async function openLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await waitForPhase(page, 'ready')
}

export async function waitForPhase(page: Page, phase: Phase): Promise<void> {
  await expect(transfer(page)).toHaveAttribute('data-phase', phase, { timeout: TRANSFER_TIMEOUT_MS })
}

export const transfer = (page: Page): Locator => page.getByTestId('transfer')

/** The card that says what is wrong and offers a way on. (Next.js has an alert of its own, outside of `main`.) */
export const notice = (page: Page): Locator => page.getByRole('main').getByRole('alert')

/** Clicks, in the tab in front: in any other Playwright waits two seconds for it to be drawn. */
export async function press(page: Page, testId: string): Promise<void> {
  await page.bringToFront()
  await page.getByTestId(testId).click()
}

export const startDownload = (page: Page): Promise<void> => press(page, 'download')

/** Opens the link and downloads all that is in it. */
export async function fetchAll(page: Page, link: string): Promise<void> {
  await openLink(page, link)
  await startDownload(page)
  await waitForPhase(page, 'complete')
}

/** Opens the link and downloads at so many kB/s until it holds so many chunks. It goes on at that speed. */
export async function fetchPart(page: Page, link: string, kilobytesPerSecond: number, chunks: number): Promise<void> {
  await openLink(page, link)
  await setLimit(page, 'download', String(kilobytesPerSecond))
  await startDownload(page)
  await waitForChunks(page, chunks)
}

/** Opens what is closed until somebody asks how it went. */
export async function lookInside(page: Page): Promise<void> {
  await page.bringToFront()
  await page.getByTestId('how-it-went').locator('summary').click()
}

/** Sets a limit in kB/s; an empty text is none. */
export async function setLimit(page: Page, direction: 'upload' | 'download', text: string): Promise<void> {
  await page.bringToFront()
  await page.getByTestId(`${direction}-limit`).fill(text)
}

/** What `window.swarmdrop` says of the page's only session. */
export async function snapshot(page: Page): Promise<TransferSnapshot> {
  const [session] = await page.evaluate(() => window.swarmdrop.snapshot())
  if (!session) throw new Error('The page has no session.')
  return session
}

/** Waits until the page holds at least this many chunks. */
export async function waitForChunks(page: Page, chunks: number): Promise<void> {
  const enough = (wanted: number) => (window.swarmdrop.snapshot()[0]?.chunksHeld ?? 0) >= wanted
  await page.waitForFunction(enough, chunks, { timeout: TRANSFER_TIMEOUT_MS, polling: 50 })
}

export async function waitForNeighbours(page: Page, count: number): Promise<void> {
  await expect.poll(async () => (await snapshot(page)).neighbours.length, { timeout: TRANSFER_TIMEOUT_MS }).toBe(count)
}

/** Presses Save and waits for the file. */
export async function save(page: Page): Promise<{ name: string; path: string; digest: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'save')])
  const path = await download.path()
  return { name: download.suggestedFilename(), path, digest: sha256(readFileSync(path)) }
}

/** Saves, and what is saved is what was shared. */
export async function expectSaved(page: Page, path: string): Promise<void> {
  expect((await save(page)).digest).toBe(sha256(readFileSync(path)))
}

/** Says yes to whether it shall be deleted. */
export const confirmDelete = (page: Page): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
