// Some of the files: chosen before Download, saved, and more of them later; and a share that is larger than what is
// free.
import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { openOnDisk } from '../tooling/disk-profile'
import { digestsBelow, type Tree, writeTree } from './support/files'
import { expectNoObjection } from './support/look'
import {
  lookInside,
  openLink,
  press,
  save,
  setLimit,
  share,
  snapshot,
  startDownload,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'
import { unzip } from './support/unzip'

const box = (page: Page, name: RegExp) => page.getByTestId('choose-files').getByRole('checkbox', { name })
const words = (page: Page) => page.getByTestId('choose-words')

test('one fetches 5 of 100 files, another all, the sender leaves: both get theirs, and the first goes on with more', async ({
  page,
  newPerson,
}, testInfo) => {
  const tree: Tree = {}
  for (let at = 0; at < 100; at++) tree[`trip/day ${at % 5}/${String(at).padStart(2, '0')}.bin`] = randomBytes(40_000)
  writeTree(testInfo.outputPath('sent'), tree)
  const link = await share(page, testInfo.outputPath('sent/trip'), 'folder')
  await setLimit(page, 'upload', '1500')

  const partial = await (await newPerson()).newPage()
  await openLink(partial, link)
  await expect(words(partial)).toHaveText(/^100 files, 4\.0.MB$/)
  await box(partial, /^All files/).uncheck()
  await expect(partial.getByTestId('download')).toBeDisabled()
  // Folders are closed at first.
  await expect(box(partial, /bin/)).toHaveCount(0)
  await partial.getByRole('button', { name: 'day 3' }).click()
  // Of its 25 rows, those in view and some next to them.
  await expect(partial.getByTestId('choose-files').getByRole('listitem')).toHaveCount(24)
  for (const name of [/^03\.bin in day 3/, /^13\.bin/, /^33\.bin/, /^38\.bin/]) await box(partial, name).check()
  // By keyboard: to the next box, and to the folder's.
  await partial.keyboard.press('ArrowDown')
  await expect(box(partial, /^43\.bin/)).toBeFocused()
  await partial.keyboard.press('Space')
  await partial.keyboard.press('ArrowLeft')
  await expect(box(partial, /^day 3, folder of 20 files/)).toBeFocused()
  await expect(box(partial, /^day 3, folder/)).toHaveJSProperty('indeterminate', true)
  await expect(words(partial)).toHaveText(/^5 of 100 files, 200\.0.kB$/)

  await expectNoObjection(partial, 'some files chosen')

  const whole = await (await newPerson()).newPage()
  await openLink(whole, link)
  await startDownload(whole)
  await startDownload(partial)
  await expect(page.getByText('Safe to close')).toBeVisible()
  await page.close()
  await Promise.all([waitForPhase(partial, 'complete'), waitForPhase(whole, 'complete')])

  const { chunksHeld, chunksChosen, chunkCount } = await snapshot(partial)
  expect(chunksHeld).toBe(chunksChosen)
  expect(chunksHeld).toBeLessThan(chunkCount / 2)
  await lookInside(whole)
  await expect(whole.getByText('of a part')).toBeVisible()
  unzip((await save(whole)).path, testInfo.outputPath('whole'))
  expect(digestsBelow(testInfo.outputPath('whole'))).toEqual(digestsBelow(testInfo.outputPath('sent')))
  unzip((await save(partial)).path, testInfo.outputPath('part'))
  const part = digestsBelow(testInfo.outputPath('part'))
  expect(Object.keys(part)).toEqual([3, 13, 33, 38, 43].map((at) => `trip/day 3/${String(at).padStart(2, '0')}.bin`))
  expect(digestsBelow(testInfo.outputPath('sent'))).toMatchObject(part)

  await expectNoObjection(partial, 'some files here')

  // The choice outlives the page, and what is missing comes from whom it helped.
  await partial.reload()
  await waitForPhase(partial, 'complete')
  await expect(words(partial)).toHaveText(/^5 of 100 files/)
  await box(partial, /^All files/).check()
  await expect.poll(async () => (await snapshot(partial)).chunksHeld).toBe(chunkCount)
  await waitForPhase(partial, 'complete')
  unzip((await save(partial)).path, testInfo.outputPath('all'))
  expect(digestsBelow(testInfo.outputPath('all'))).toEqual(digestsBelow(testInfo.outputPath('sent')))
})

test('of a share that does not fit, one file is fetched and saved, as it does', async ({ page }, testInfo) => {
  const files: Tree = {
    'a.bin': randomBytes(3_000_000),
    'b.bin': randomBytes(3_000_000),
    'c.bin': randomBytes(3_000_000),
  }
  writeTree(testInfo.outputPath('sent'), files)
  const paths = Object.keys(files).map((name) => testInfo.outputPath(`sent/${name}`))
  const link = await share(page, paths)

  const receiver = await openOnDisk(testInfo.outputPath('receiver'))
  await openLink(receiver, link)
  const session = await receiver.context().newCDPSession(receiver)
  const { origin } = new URL(receiver.url())
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 6_000_000 })
  for (const name of [/^a\.bin/, /^b\.bin/]) await box(receiver, name).uncheck()
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expect(receiver.getByTestId('save-file')).toHaveCount(1)
  const [single] = await Promise.all([receiver.waitForEvent('download'), press(receiver, 'save-file')])
  expect(single.suggestedFilename()).toBe('c.bin')
  const { name, digest } = await save(receiver)
  expect([name, digest]).toEqual(['c.bin', digestsBelow(testInfo.outputPath('sent'))['c.bin']])

  // For more there is no room: that is said, and what is here stays. (`check` would wonder that it does not stay
  // ticked.)
  await box(receiver, /^All files/).click()
  await expect(receiver.getByText(/There is (not enough space|no space left)/)).toBeVisible()
  await expect(words(receiver)).toHaveText(/^1 of 3 files/)
  await waitForPhase(receiver, 'complete')
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000_000 })
  await box(receiver, /^All files/).check()
  await expect(receiver.getByTestId('save-file')).toHaveCount(3)
  expect((await snapshot(receiver)).chunksHeld).toBe((await snapshot(receiver)).chunkCount)
  await receiver.context().close()
})
