// Nothing lost: a receiver that reloads or comes back in another tab goes on from what it has, and only from what is
// right. (A reload at full speed, from a disk: nothing-lost.spec.ts.)
import type { BrowserContext, Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import {
  confirmDelete,
  expectSaved,
  fetchAll,
  fetchPart,
  linkOn,
  openLink,
  press,
  setLimit,
  share,
  snapshot,
  startDownload,
  transfer,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

const CHUNKS = 32
const BYTES = CHUNKS * CHUNK_BYTES
/** Marks of written chunks wait for each other a moment, in which about one comes. */
const MAY_BE_FETCHED_AGAIN = 3 * CHUNK_BYTES

/** A link, and somebody who has half of it or little more. */
async function halfWay(sender: Page, receivers: BrowserContext, path: string) {
  const link = await share(sender, path)
  const receiver = await receivers.newPage()
  await fetchPart(receiver, link, 2000, CHUNKS / 2)
  // However long the test takes on a busy machine, it stays about there.
  await setLimit(receiver, 'download', '50')
  return { link, receiver }
}

/** Expects that what was fetched before and after, together, is little more than the file. */
async function expectLittleFetchedAgain(before: number, receiver: Page): Promise<void> {
  const { downloadedBytes } = await snapshot(receiver)
  expect(before + downloadedBytes - BYTES).toBeLessThanOrEqual(MAY_BE_FETCHED_AGAIN)
}

/** While it goes on, and once it is complete. */
const WERE_HERE = /were (already here|here from your last visit)\./

const recent = (page: Page) => page.getByTestId('recent-transfer')

/** Bytes of files that the page's origin has in its private file system. */
const filesInBrowser = (page: Page) =>
  page.evaluate(async () => {
    const sizeOf = async (folder: FileSystemDirectoryHandle): Promise<number> => {
      let bytes = 0
      for await (const child of folder.values())
        bytes +=
          child.kind === 'file'
            ? (await (child as FileSystemFileHandle).getFile()).size
            : await sizeOf(child as FileSystemDirectoryHandle)
      return bytes
    }
    return sizeOf(await navigator.storage.getDirectory()).catch((error: DOMException) => {
      // It was deleted under our eyes: the one that polls counts again.
      if (error.name === 'NotFoundError') return Number.NaN
      throw error
    })
  })

test('a closed tab goes on in a new one, a paused one stays paused, Home knows of it, and deleting it frees the space', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), BYTES)
  const person = await newPerson()
  const { link, receiver } = await halfWay(page, person, path)
  await press(receiver, 'pause')
  await waitForPhase(receiver, 'paused')
  const { downloadedBytes, chunksHeld } = await snapshot(receiver)
  await receiver.close()

  const home = await person.newPage()
  await home.goto('/')
  await expect(recent(home)).toContainText('lecture.bin')
  await expect(recent(home)).toContainText(/Paused at [4-9]\d\D*% of 8\.4.MB/)
  await expect(home.getByTestId('kept-total')).toContainText('In all they take 8.4 MB of this device.')
  await home.getByRole('link', { name: 'Continue' }).click()
  await waitForPhase(home, 'paused')
  expect(home.url()).toBe(link)
  expect((await snapshot(home)).chunksHeld).toBe(chunksHeld)
  await press(home, 'pause')
  await waitForPhase(home, 'complete')
  await expectLittleFetchedAgain(downloadedBytes, home)
  await expectSaved(home, path)

  // Deleted on the link's page, it takes no space.
  await press(home, 'delete-kept')
  await confirmDelete(home)
  await expect(home.getByTestId('file-input')).toBeAttached()
  await expect.poll(() => filesInBrowser(home)).toBe(0)
  await expect(recent(home)).toHaveCount(0)
})

test('what is complete is there without anybody, and deleting it frees the space', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), 4 * MIB)
  const person = await newPerson()
  const link = await share(page, path)
  const receiver = await person.newPage()
  await fetchAll(receiver, link)
  await page.close()
  await receiver.reload()
  await waitForPhase(receiver, 'complete')
  await expect(receiver.getByText('Everything was already here from your last visit.')).toBeVisible()
  await expectSaved(receiver, path)

  const home = await person.newPage()
  await home.goto('/')
  await expect(recent(home)).toContainText(/Received, all of 4\.2.MB, and handed to your browser/)
  await home.getByTestId('delete-recent').click()
  await confirmDelete(home)
  await expect(home.getByText('“lecture.bin” is open in another tab.')).toBeVisible()
  expect(await filesInBrowser(home)).toBeGreaterThan(4 * MIB)
  await receiver.close()
  await expect(async () => {
    await home.getByTestId('delete-recent').click()
    await confirmDelete(home)
    await expect(recent(home)).toHaveCount(0, { timeout: 3_000 })
  }).toPass()
  await expect.poll(() => filesInBrowser(home)).toBe(0)

  await home.goto(link)
  await expect(transfer(home)).toHaveAttribute('data-phase', 'connecting')
})

test('two tabs on one link: the second has a copy of its own, says so, and leaves nothing behind', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), BYTES)
  const person = await newPerson()
  const { link, receiver } = await halfWay(page, person, path)
  const second = await person.newPage()
  await openLink(second, link)
  await startDownload(second)
  await expect(second.getByTestId('keeping')).toHaveAttribute('data-keeping', 'beside-another-tab')
  await expect(second.getByText('This link is open in another tab, which keeps it on this device.')).toBeVisible()
  await setLimit(receiver, 'download', '')
  for (const tab of [receiver, second]) await waitForPhase(tab, 'complete')
  for (const tab of [receiver, second]) await expectSaved(tab, path)
  await second.close()
  const home = await person.newPage()
  await home.goto('/')
  await expect(recent(home)).toHaveCount(1)
  await receiver.reload()
  await waitForPhase(receiver, 'complete')
  expect((await snapshot(receiver)).chunksRestored).toBe(CHUNKS)
})

test('without private files and locks, as on plain HTTP, the database keeps it, and one tab at a time', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), BYTES)
  const person = await newPerson()
  await person.addInitScript(() => {
    for (const name of ['storage', 'locks']) Object.defineProperty(navigator, name, { value: undefined })
  })
  const { link, receiver } = await halfWay(page, person, path)
  const second = await person.newPage()
  await openLink(second, link)
  await startDownload(second)
  await expect(second.getByTestId('keeping')).toHaveAttribute('data-keeping', 'beside-another-tab')
  await second.close()

  const { downloadedBytes } = await snapshot(receiver)
  await receiver.reload()
  await expect(receiver.getByText(WERE_HERE)).toBeVisible()
  await expect(receiver).toHaveTitle(/^\d+ %: lecture\.bin \(Swarmdrop\)$/)
  // The limit is the tab's, and was not lost with the page.
  await expect(receiver.getByTestId('download-limit')).toHaveValue('50')
  await setLimit(receiver, 'download', '')
  await waitForPhase(receiver, 'complete')
  await expect(receiver).toHaveTitle('Done: lecture.bin (Swarmdrop)')
  await expectLittleFetchedAgain(downloadedBytes, receiver)
  await expectSaved(receiver, path)
  await receiver.goto('/')
  await expect(recent(receiver)).toContainText(
    /Received, all of 8\.4.MB, and handed to your browser\. Takes 8\.4.MB here/,
  )
  await receiver.getByTestId('delete-recent').click()
  await confirmDelete(receiver)
  await expect(recent(receiver)).toHaveCount(0)
})

test('a sender finds what it shared on Home, and chooses it again for the same link', async ({ page }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), MIB)
  const link = await share(page, path)
  await page.reload()
  await expect(recent(page)).toContainText(/lecture\.bin.*Shared from here, 1\.0.MB\. Takes no space\./s)
  await page.getByTestId('file-input').setInputFiles(path)
  expect(await linkOn(page)).toBe(link)
})

test('what was chosen where the browser finds it again is shared again by one click', async ({ page }) => {
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
  await page.reload()
  await page.getByRole('button', { name: 'Share again' }).click()
  expect(await linkOn(page)).toBe(link)
})

test('where the browser finds a dropped file again, it is shared again by one click', async ({ page }) => {
  // A file of the page's own file system stands for one of the person's: its handle is of the same kind.
  await page.goto('/')
  await page.evaluate(async () => {
    const file = await (await navigator.storage.getDirectory()).getFileHandle('notes.txt', { create: true })
    const writable = await file.createWritable()
    await writable.write('the same bytes')
    await writable.close()
    const dropped = await file.getFile()
    const item = {
      kind: 'file',
      webkitGetAsEntry: () => null,
      getAsFile: () => dropped,
      getAsFileSystemHandle: async () => file,
    }
    const event = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
      dataTransfer: { types: ['Files'], items: [item] },
    })
    window.dispatchEvent(event)
  })
  const link = await linkOn(page)
  await page.reload()
  await page.getByRole('button', { name: 'Share again' }).click()
  expect(await linkOn(page)).toBe(link)
})
