// The browser deletes what a page keeps, while the page is open: nothing short is handed over, it is said, and one
// button fetches it again on the same page.
import { randomBytes } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { openOnDisk } from '../tooling/disk-profile'
import { MIB, randomFile } from '../tooling/files'
import { digestsBelow, writeTree } from './support/files'
import {
  expectSaved,
  fetchAll,
  fetchPart,
  press,
  save,
  setLimit,
  share,
  snapshot,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'
import { unzip } from './support/unzip'

const DELETED = 'The browser has deleted what was kept here. Fetch it again.'

/** Clears a site's data as the browser's settings do: “clear browsing data”, or all data of one site. */
async function clearSiteData(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
}

const noPrivateFiles = (person: BrowserContext) =>
  person.addInitScript(() => {
    for (const name of ['storage', 'locks']) Object.defineProperty(navigator, name, { value: undefined })
  })

/** Presses this, and is told that it was deleted; no download begins. Fetches it again, by one press. */
async function expectDeleted(page: Page, part: () => Promise<void>): Promise<void> {
  let downloads = 0
  const count = () => void downloads++
  page.on('download', count)
  await part()
  await expect(page.getByText(DELETED)).toBeVisible()
  page.off('download', count)
  expect(downloads).toBe(0)
  expect(await snapshot(page)).toMatchObject({ phase: 'paused', fault: 'vanished', chunksHeld: 0 })
  await expect(page.getByRole('button', { name: 'Fetch it again' })).toHaveCount(1)
}

async function fetchAgain(page: Page): Promise<void> {
  await page.bringToFront()
  await page.getByRole('button', { name: 'Fetch it again' }).click()
  await waitForPhase(page, 'complete')
  await expect(page.getByText(DELETED)).toHaveCount(0)
}

type Place = { place: string; open: (newPerson: () => Promise<BrowserContext>, folder: string) => Promise<Page> }
const PLACES: Place[] = [
  { place: 'private files on a disk', open: (_, folder) => openOnDisk(folder) },
  {
    place: 'the database',
    open: async (newPerson) => {
      const person = await newPerson()
      await noPrivateFiles(person)
      return person.newPage()
    },
  },
]

for (const { place, open } of PLACES) {
  test(`a file that was deleted from ${place} is not saved, and is fetched again`, async ({
    page,
    newPerson,
  }, testInfo) => {
    const path = randomFile(testInfo.outputPath('sent/lecture.bin'), 12 * MIB)
    const link = await share(page, path)
    const receiver = await open(newPerson, testInfo.outputPath('receiver'))
    // In mid-download: its words are not those of a full disk.
    await fetchPart(receiver, link, 2_000, 6)
    await clearSiteData(receiver)
    await expectDeleted(receiver, async () => {})
    await setLimit(receiver, 'download', '')
    await fetchAgain(receiver)
    expect((await snapshot(receiver)).keeping).toBe('kept')
    // All of it is here.
    await clearSiteData(receiver)
    await expectDeleted(receiver, () => press(receiver, 'save'))
    await fetchAgain(receiver)
    await expectSaved(receiver, path)
    // And again, of one that has been saved.
    await clearSiteData(receiver)
    await expectDeleted(receiver, () => press(receiver, 'save'))
    await receiver.context().close()
  })
}

test('of a folder that was deleted, neither the ZIP nor one of its files is handed over', async ({
  page,
  newPerson,
}, testInfo) => {
  writeTree(testInfo.outputPath('sent/trip'), { 'a.bin': randomBytes(900_000), 'day 2/写真.bin': randomBytes(300_000) })
  const link = await share(page, testInfo.outputPath('sent/trip'), 'folder')
  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, link)
  // The ZIP that was made once is used again, unless it was deleted as well.
  await save(receiver)
  await clearSiteData(receiver)
  await expectDeleted(receiver, () => press(receiver, 'save'))
  await fetchAgain(receiver)
  await clearSiteData(receiver)
  await expectDeleted(receiver, () => receiver.getByTestId('save-file').nth(1).click())
  await fetchAgain(receiver)
  const { path } = await save(receiver)
  unzip(path, testInfo.outputPath('unpacked'))
  expect(digestsBelow(testInfo.outputPath('unpacked'))).toEqual(digestsBelow(testInfo.outputPath('sent')))
})

test('nothing is asked of who saves to a place of their choice, and nothing is left there', async ({
  page,
  newPerson,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/lecture.bin'), 2 * MIB))
  const person = await newPerson()
  await person.addInitScript(() => {
    const showSaveFilePicker = async () => {
      document.title = 'asked'
      return (await navigator.storage.getDirectory()).getFileHandle('chosen', { create: true })
    }
    Object.assign(window, { showSaveFilePicker })
  })
  const receiver = await person.newPage()
  await fetchAll(receiver, link)
  await clearSiteData(receiver)
  await expectDeleted(receiver, () => press(receiver, 'save-to'))
  await expect(receiver).not.toHaveTitle('asked')
})
