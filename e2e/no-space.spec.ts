// No space left: said in words, nothing lost, and it works once there is some.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { CHUNK_BYTES, writeTree } from './support/files'
import {
  expectSaved,
  fetchAll,
  notice,
  openLink,
  press,
  save,
  share,
  snapshot,
  startDownload,
  transfer,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

/** Sets how much the browser lets the page's origin keep. */
async function quotaOf(page: Page): Promise<(bytes: number) => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  return async (quotaSize) => void (await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize }))
}

const ENOUGH_BYTES = 100_000_000

test('a download that fills the disk pauses with what it has, and continues when there is space', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/backup.bin'), 4 * MIB)
  const link = await share(page, path)
  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  const setQuota = await quotaOf(receiver)
  await setQuota(2_000_000)
  await startDownload(receiver)
  await waitForPhase(receiver, 'paused')
  await expect(receiver.getByText('There is no space left on this device for the rest.')).toBeVisible()
  await expect(receiver.getByText('Free some space and continue: what has arrived is not lost.')).toBeVisible()

  await setQuota(ENOUGH_BYTES)
  await press(receiver, 'pause')
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
})

test('a disk that fills half-way costs nothing of what is held, and the rest comes when there is space', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), 8 * MIB)
  const link = await share(page, path)
  const person = await newPerson()
  // As on plain HTTP: the database takes its space chunk by chunk, where a private file has all of it from the start.
  await person.addInitScript(() => {
    for (const name of ['storage', 'locks']) Object.defineProperty(navigator, name, { value: undefined })
  })
  const receiver = await person.newPage()
  await openLink(receiver, link)
  const setQuota = await quotaOf(receiver)
  await setQuota(4 * MIB)
  await startDownload(receiver)
  await waitForPhase(receiver, 'paused')
  await expect(receiver.getByText('There is no space left on this device for the rest.')).toBeVisible()
  const { chunksHeld, downloadedBytes } = await snapshot(receiver)
  expect(chunksHeld).toBeGreaterThan(4)
  expect(chunksHeld).toBeLessThan(32)

  await setQuota(ENOUGH_BYTES)
  await press(receiver, 'pause')
  await waitForPhase(receiver, 'complete')
  const after = await snapshot(receiver)
  expect(after.downloadedBytes - downloadedBytes).toBeLessThanOrEqual((32 - chunksHeld) * CHUNK_BYTES + MIB)
  await expectSaved(receiver, path)
})

test('a profile on disk refuses before anything is kept, and tries again when there is space', async ({
  playwright,
  launchOptions,
  baseURL,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/backup.bin'), 4 * MIB)
  const profile = await playwright.chromium.launchPersistentContext(testInfo.outputPath('profile'), {
    ...launchOptions,
    baseURL: baseURL ?? '',
  })
  const link = await share(await profile.newPage(), path)
  const receiver = await profile.newPage()
  await openLink(receiver, link)
  const setQuota = await quotaOf(receiver)
  await setQuota(2_000_000)
  await startDownload(receiver)
  await expect(notice(receiver)).toContainText('There is no space left on this device')
  expect(await snapshot(receiver)).toMatchObject({ phase: 'failed', chunksHeld: 0 })

  await setQuota(ENOUGH_BYTES)
  await receiver.getByRole('button', { name: 'Try again' }).click()
  // Where the full disk would not even let its record be deleted, it goes on by itself.
  await expect(async () => {
    if ((await snapshot(receiver)).phase === 'ready') await receiver.getByTestId('download').click({ timeout: 1_000 })
    await expect(transfer(receiver)).toHaveAttribute('data-phase', /^(downloading|complete)$/, { timeout: 1_000 })
  }).toPass()
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
  await profile.close()
})

test('a ZIP for which there is no space is refused, and the files are still there', async ({
  page,
  newPerson,
}, testInfo) => {
  const directory = testInfo.outputPath('sent/folder')
  writeTree(directory, { 'a.bin': new Uint8Array(3_000_000), 'b.txt': Buffer.from('still here') })
  const link = await share(page, directory, 'folder')
  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  const setQuota = await quotaOf(receiver)
  await setQuota(4_000_000)
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')

  await press(receiver, 'save')
  await expect(receiver.getByText('The ZIP cannot be made.')).toBeVisible()
  await expect(receiver.getByText('Or save the files one by one.')).toBeVisible()
  const [single] = await Promise.all([
    receiver.waitForEvent('download'),
    receiver.getByTestId('save-file').nth(1).click(),
  ])
  expect(readFileSync(await single.path(), 'utf8')).toBe('still here')

  await setQuota(ENOUGH_BYTES)
  expect((await save(receiver)).name).toBe('folder.zip')
})

test('what was handed to the browser makes room, if the person agrees, for a download that has none half-way', async ({
  page,
  newPerson,
}, testInfo) => {
  const paths = ['first.bin', 'second.bin'].map((name) => randomFile(testInfo.outputPath('sent', name), 4 * MIB))
  const [first = '', second = ''] = paths
  // A private window takes the space chunk by chunk; a disk all of it at the start.
  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, await share(page, first))
  await save(receiver)
  const link = await share(page, second)
  const setQuota = await quotaOf(receiver)
  await setQuota(6 * MIB)
  await openLink(receiver, link)
  await startDownload(receiver)
  await expect(receiver.getByText('“first.bin” (4.2 MB) was handed to your browser')).toBeVisible()
  expect(await snapshot(receiver)).toMatchObject({ fault: 'no-space', couldGo: [{ name: 'first.bin' }] })

  await press(receiver, 'make-room')
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, second)
  await receiver.goto('/')
  await expect(receiver.getByTestId('recent-transfer')).toHaveCount(1)
  await expect(receiver.getByTestId('recent-transfer')).toContainText(/second\.bin.*and handed to your browser/s)
  await receiver.context().close()
})
