// A share that is put together: what was hidden is asked about before there is a link, what is gone by then is left out
// and said, more is added, and a note is read where it arrives.
import { rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { drop } from '../tooling/drop'
import { writeTree } from './support/files'
import { expectNoObjection } from './support/look'
import { fetchAll, linkOn, openLink, press, snapshot } from './support/people'
import { expect, test } from './support/test'

const text = (words: string) => Buffer.from(words)
const pathsOn = async (page: Page) => (await snapshot(page)).files.map(({ path }) => path)

/** Pastes a picture, as of a screenshot, or a text where nobody is writing. */
const paste = (page: Page, what: { picture: string } | { text: string }) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    if ('text' in pasted) clipboardData.setData('text/plain', pasted.text)
    else clipboardData.items.add(new File([pasted.picture], 'image.png', { type: 'image/png' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData }))
  }, what)

test('hidden files are named before there is a link and left out by one click; what is gone by then is said; more is added', async ({
  page,
  newPerson,
}, testInfo) => {
  const project = testInfo.outputPath('project')
  writeTree(project, {
    'plan.txt': text(`A plan, ${testInfo.outputDir}`),
    'lost.txt': text('It is deleted before it is read.'),
    '.env': text('PASSWORD=1234'),
    '.git/HEAD': text('ref: refs/heads/main'),
    '.git/config': text('[core]'),
  })
  await page.goto('/')
  await expect(page.getByTestId('file-input')).toBeAttached()
  await drop(page, [project])
  const question = page.getByTestId('unmeant')
  await expect(question.getByRole('listitem')).toHaveText([
    /^\.git2 files, may hold/,
    /^\.envmay hold passwords or keys$/,
  ])
  await expectNoObjection(page, 'asked about hidden files')

  rmSync(`${project}/lost.txt`)
  writeTree(testInfo.outputPath(), { 'more.txt': text('Added while it is asked.') })
  await page.getByTestId('add-more').setInputFiles(testInfo.outputPath('more.txt'))
  await expect(page.getByTestId('share-all')).toHaveText('Share all 6 files')
  await press(page, 'leave-out')
  const link = await linkOn(page)
  expect(await pathsOn(page)).toEqual(['more.txt', 'project/plan.txt'])
  await expect(page.getByTestId('left-out')).toContainText('1 of 3 files was left out')
  await expect(page.getByTestId('left-out')).toContainText('“project/lost.txt” is no longer there.')
  await expectNoObjection(page, 'left out')

  for (const pasted of [{ picture: 'one' }, { picture: 'two' }, { text: 'Look at both.' }]) {
    await paste(page, pasted)
    await page.getByRole('dialog').getByRole('button', { name: 'Add them and make a new link' }).click()
    await expect(page.getByTestId('left-out')).toHaveCount(0)
    await linkOn(page)
  }
  expect(await pathsOn(page)).toEqual(['image (2).png', 'image.png', 'more.txt', 'note.txt', 'project/plan.txt'])
  expect(await linkOn(page)).not.toBe(link)

  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, await linkOn(page))
  await expect(receiver.getByTestId('preview').locator('pre')).toHaveText('Look at both.')
})

test('a note is written or pasted, is read where it arrives, and outlives a reload', async ({ page, newPerson }) => {
  const note = `Meet at nine.\nRoom ${Date.now()}, by the stairs.`
  await page.goto('/')
  await expect(page.getByTestId('note')).toBeVisible()
  await paste(page, { text: note })
  await expect(page.getByTestId('note')).toHaveValue(note)
  await expectNoObjection(page, 'a note is written')
  await press(page, 'share-note')
  const link = await linkOn(page)
  expect(await pathsOn(page)).toEqual(['note.txt'])

  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  await expect(receiver.getByTestId('preview')).toHaveCount(0)
  await fetchAll(receiver, link)
  await expect(receiver.getByTestId('preview').locator('pre')).toHaveText(note)
  await expectNoObjection(receiver, 'a note is read')
  await press(receiver, 'copy-text')
  await expect(receiver.getByTestId('copy-text')).toHaveText('Copied')

  // It is on no disk, and nobody could choose it again.
  await page.bringToFront()
  await page.getByRole('heading', { name: 'Send this link' }).click()
  page.once('dialog', (dialog) => dialog.accept())
  await page.reload()
  await page.getByTestId('was-sharing').getByRole('button', { name: 'Share it again' }).click()
  expect(await linkOn(page)).toBe(link)
  await page.getByRole('button', { name: 'Stop sharing' }).click()
  await expect(page.getByTestId('note')).toHaveValue('')
  await expect(page.getByTestId('was-sharing')).toHaveCount(0)
})
