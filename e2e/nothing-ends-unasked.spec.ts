// Whatever would end a sharing asks first, and the sharing goes on until it is answered; after a reload it is one click
// away.
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import {
  expectSaved,
  fetchPart,
  linkOn,
  openLink,
  setLimit,
  share,
  snapshot,
  startDownload,
  transfer,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

/** Pages go before their line stands, and the browser says so. */
test.use({ allowedComplaint: /WebSocket is closed before the connection is established/ })

const OTHER = 'QkFEIExJTktTIEdFVCBBIENMRUFSIFNFTlRFTkNFLi4'

/** Browsers ask on behalf of pages that somebody has touched. */
const touch = (page: Page) => page.getByRole('heading', { name: 'Send this link' }).click()

/** Whether the browser asks before this does its work. Answered with no. */
async function asksBefore(page: Page, act: () => Promise<unknown>): Promise<boolean> {
  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    return true
  })
  // What is refused never comes to its end.
  void act().catch(() => {})
  return asked
}

test('another link in the tab that shares is a question, and the receiver goes on meanwhile', async ({
  page,
  newPerson,
  baseURL,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/film.bin'), 3 * MIB)
  const link = await share(page, path)
  const receiver = await (await newPerson()).newPage()
  await fetchPart(receiver, link, 300, 1)

  // As by the address line: only what is behind the # changes, and nothing is loaded.
  await page.bringToFront()
  await page.goto(`/#${OTHER}`)
  const question = page.getByRole('dialog')
  await expect(question).toContainText('Stop sharing and open the other link?')
  await setLimit(receiver, 'download', '')
  await waitForPhase(receiver, 'complete')
  await page.bringToFront()
  await question.getByRole('button', { name: 'Keep sharing' }).click()
  await expect(page).toHaveURL(`${baseURL}/`)
  expect(await linkOn(page)).toBe(link)
  await expectSaved(receiver, path)
})

test('Back, the own link, links of the page and a reload: none ends a sharing unasked', async ({
  page,
  baseURL,
}, testInfo) => {
  await page.goto('/')
  // Before it is there, Next puts the address back that it was loaded with.
  await expect(page.getByRole('heading', { name: 'Share a file by link' })).toBeVisible()
  await page.goto(`/#${OTHER}`)
  await expect(transfer(page)).toBeVisible()
  await page.goBack()
  await page.getByTestId('file-input').setInputFiles(randomFile(testInfo.outputPath('sent/plan.bin'), 1_000))
  const link = await linkOn(page)
  await touch(page)

  await test.step('forward, in the tab’s history', async () => {
    await page.goForward()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep sharing' }).click()
    await expect(page).toHaveURL(`${baseURL}/`)
  })
  await test.step('the link that is shared here', async () => {
    await page.goto(link)
    await expect(page).toHaveURL(`${baseURL}/`)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
  for (const name of ['Swarmdrop', 'Lab'])
    await test.step(`the link “${name}”`, async () => {
      expect(await asksBefore(page, () => page.getByRole('link', { name }).click({ noWaitAfter: true }))).toBe(true)
    })
  await test.step('a reload', async () => {
    expect(await asksBefore(page, () => page.reload())).toBe(true)
  })
  expect((await snapshot(page)).tracker).toBe('online')
  expect(await linkOn(page)).toBe(link)

  await test.step('yes is yes', async () => {
    await page.evaluate((id) => {
      window.location.hash = id
    }, OTHER)
    await page.getByRole('dialog').getByRole('button', { name: 'Stop sharing' }).click()
    await expect(transfer(page)).toBeVisible()
    expect((await snapshot(page)).role).toBe('receiver')
  })
})

test('after a reload, the first line shares it again under the same link', async ({ page, newPerson }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/notes.bin'), 1_000)
  const link = await share(page, path)
  await touch(page)
  page.once('dialog', (dialog) => dialog.accept())
  await page.reload()
  const line = page.getByTestId('was-sharing')
  await expect(line).toHaveText(/^You were sharing notes\.bin: share it again under the same link\./)
  await line.getByTestId('again-input').setInputFiles(path)
  expect(await linkOn(page)).toBe(link)
  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')

  await page.bringToFront()
  await expect(page.getByText('Safe to close')).toBeVisible()
  await page.getByRole('button', { name: 'Stop sharing' }).click()
  await expect(page.getByTestId('file-input')).toBeAttached()
  await expect(line).toHaveCount(0)
})

test('by one click, where the browser finds the file again', async ({ page }) => {
  // A file of the page's own file system stands for the one that the system's dialog would give: its handle is of the
  // same kind.
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
  page.once('dialog', (dialog) => dialog.accept())
  await page.reload()
  await page.getByTestId('was-sharing').getByRole('button', { name: 'Share it again' }).click()
  expect(await linkOn(page)).toBe(link)
})

for (const name of ['SecurityError', 'NotAllowedError', 'AbortError'])
  test(`where the newer dialog is refused (${name}), the ordinary one opens, and from then on at once`, async ({
    page,
  }, testInfo) => {
    await page.addInitScript((refusal) => {
      const refuse = () => Promise.reject(new DOMException('Blocked by your administrator.', refusal))
      Object.assign(window, { showOpenFilePicker: refuse })
    }, name)
    // Listened for early: a chooser that opens before the browser is told to hand it over is not seen.
    let choosers = 0
    page.on('filechooser', async (chooser) => {
      choosers++
      await chooser.setFiles(randomFile(testInfo.outputPath(`${choosers}.bin`), 1_000))
    })
    await page.goto('/')
    for (const count of [1, 2]) {
      await page.getByText('Choose files').click()
      await linkOn(page)
      expect(choosers).toBe(count)
      await page.getByRole('button', { name: 'Stop sharing' }).click()
    }
  })
