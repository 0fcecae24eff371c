// A shared file that is touched, or saved again as it was, has the same bytes: where the browser finds it again the
// sharing goes on, and elsewhere one choice of it brings the same link back.
import { renameSync, utimesSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { drop } from '../tooling/drop'
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { expectSaved, fetchAll, linkOn, notice, openLink, share, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

const BYTES = 4 * CHUNK_BYTES
const touch = (path: string) => utimesSync(path, 1_000_000, 1_000_000)

const isSharing = (page: Page) => expect(page.getByRole('heading', { name: 'Send this link' })).toBeVisible()

test('a dropped file that is touched is opened again, and nobody notices', async ({ page, newPerson }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/draft.bin'), BYTES)
  await page.goto('/')
  await expect(page.getByTestId('file-input')).toBeAttached()
  await drop(page, [path])
  const link = await linkOn(page)
  touch(path)
  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, link)
  await expectSaved(receiver, path)
  await isSharing(page)
})

test('so is one that the newer dialog gave', async ({ page, newPerson }) => {
  // A file of the page's own file system stands for one of the person's: its handle is of the same kind.
  await page.addInitScript(() => {
    const showOpenFilePicker = async () => {
      const file = await (await navigator.storage.getDirectory()).getFileHandle('notes.txt', { create: true })
      const writable = await file.createWritable()
      await writable.write('the same bytes')
      await writable.close()
      return [file]
    }
    Object.assign(window, { showOpenFilePicker })
  })
  await page.goto('/')
  await page.getByText('Choose files').click()
  const link = await linkOn(page)
  // Written again, as it was.
  await page.evaluate(() => (window as unknown as { showOpenFilePicker(): Promise<unknown> }).showOpenFilePicker())
  await fetchAll(await (await newPerson()).newPage(), link)
  await isSharing(page)
})

test('one that was moved, and the browser cannot find again, is chosen again for the same link', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/draft.bin'), BYTES)
  const elsewhere = testInfo.outputPath('sent/elsewhere/draft.bin')
  const link = await share(page, path)
  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  randomFile(testInfo.outputPath('sent/elsewhere/other.bin'), 1)
  renameSync(path, elsewhere)
  await startDownload(receiver)
  await expect(notice(page)).toContainText('“draft.bin” was moved, deleted or saved again after it was shared.')
  await expect(notice(page)).toContainText('Choose it again: if its content is the same, the link stays the same.')

  await page.getByTestId('file-input').setInputFiles(elsewhere)
  await isSharing(page)
  expect(await linkOn(page)).toBe(link)
  await expect(page.getByText('This is a new link')).toHaveCount(0)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, elsewhere)
})
