// Every state of both pages, light and dark, wide and narrow: axe finds nothing, nothing is wider than the window, no
// console complains; and all of it goes by keyboard.
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { expectNoObjection } from './support/look'
import {
  fetchPart,
  linkOn,
  lookInside,
  notice,
  openLink,
  press,
  setLimit,
  share,
  startDownload,
  waitForChunks,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

/** A notebook's window, and a telephone's. */
const FIRST_VIEWS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const

/** Presses Tab until this has the focus, and shows it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(target).toBeFocused({ timeout: 100 })
  }).toPass({ intervals: [0], timeout: 15_000 })
}

test('a sender’s states, from choosing to sharing', async ({ page, context }, testInfo) => {
  await page.goto('/')
  await expect(page.getByTestId('file-input')).toBeAttached()
  await expectNoObjection(page, 'home')

  // So large that hashing lasts; its bytes are holes in the file, so nothing is on the disk.
  const endless = testInfo.outputPath('endless.bin')
  writeFileSync(endless, '')
  truncateSync(endless, 32 * 1024 * MIB)
  await page.getByTestId('file-input').setInputFiles(endless)
  await expect(page.getByRole('heading', { name: 'Making your link' })).toBeVisible()
  await expectNoObjection(page, 'hashing')
  await page.getByRole('button', { name: 'Cancel' }).click()

  await page.getByTestId('file-input').setInputFiles(randomFile(testInfo.outputPath('Holiday.mp4'), 8 * MIB))
  const link = await linkOn(page)
  await expectNoObjection(page, 'sharing, nobody there')

  const receiver = await context.newPage()
  await fetchPart(receiver, link, 200, 1)
  await expectNoObjection(page, 'sharing with somebody')
})

test('a receiver’s states, from a broken link to helping', async ({ page, context }, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('Holiday.mp4'), 8 * MIB))
  const receiver = await context.newPage()
  await receiver.goto('/#broken')
  await expect(notice(receiver)).toBeVisible()
  await expectNoObjection(receiver, 'broken link')
  await receiver.goto(`/#${'A'.repeat(43)}`)
  await expect(receiver.getByText('Nobody who has it is online.')).toBeVisible()
  await expectNoObjection(receiver, 'waiting for the sender')

  await openLink(receiver, link)
  await expectNoObjection(receiver, 'ready')
  await setLimit(receiver, 'download', '200')
  await startDownload(receiver)
  await waitForChunks(receiver, 1)
  await expectNoObjection(receiver, 'downloading')
  await press(receiver, 'pause')
  await waitForPhase(receiver, 'paused')
  await expectNoObjection(receiver, 'paused')
  await press(receiver, 'pause')
  await setLimit(receiver, 'download', '')
  await waitForPhase(receiver, 'complete')
  await expectNoObjection(receiver, 'complete')
})

test('the connection check, when it is done and with its report open', async ({ page }) => {
  await page.goto('/check')
  await expect(page.getByTestId('check')).toHaveAttribute('data-phase', 'done', { timeout: 20_000 })
  await expectNoObjection(page, 'connection check')
  await page.getByText('What the report says').click()
  await expect(page.getByTestId('check-report')).toBeVisible()
  await expectNoObjection(page, 'connection check, report open')
})

test('choosing, downloading and saving go by keyboard', async ({ page, context }, testInfo) => {
  // The newer dialog is the system's own, and no test can answer it.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showOpenFilePicker'))
  // Asked for early: a chooser that opens before the browser is told to hand it over is not seen.
  const choosing = page.waitForEvent('filechooser')
  await page.goto('/')
  await tabTo(page, page.getByTestId('file-input'))
  await page.keyboard.press('Enter')
  const chooser = await choosing
  await chooser.setFiles(randomFile(testInfo.outputPath('Notes.pdf'), MIB))
  const link = await linkOn(page)
  await expect(page.getByTestId('share-link')).toBeFocused()

  const receiver = await context.newPage()
  await openLink(receiver, link)
  await tabTo(receiver, receiver.getByTestId('download'))
  await receiver.keyboard.press('Enter')
  await waitForPhase(receiver, 'complete')
  await tabTo(receiver, receiver.getByTestId('save'))
  const [download] = await Promise.all([receiver.waitForEvent('download'), receiver.keyboard.press('Enter')])
  expect(download.suggestedFilename()).toBe('Notes.pdf')
})

test('what matters is seen without scrolling, and a moment is made of it when people come', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/Holiday.mp4'), 4 * MIB)
  const link = await share(page, path)
  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  const sees = async (on: Page, parts: Locator[]) => {
    await on.bringToFront()
    for (const viewport of FIRST_VIEWS) {
      await on.setViewportSize(viewport)
      await on.evaluate(() => scrollTo(0, 0))
      for (const part of parts) await expect(part).toBeInViewport({ ratio: 1 })
    }
  }
  const [light, swarm, how] = [page.getByText('Keep this tab open'), page.getByTestId('swarm'), 'how-it-went']
  const qr = page.getByRole('img', { name: 'QR code of the link' })
  await sees(receiver, [
    receiver.getByTestId('content-name'),
    receiver.getByTestId('download'),
    receiver.getByTestId('look'),
  ])
  for (const person of [page, receiver]) await expect(person.getByTestId(how)).toBeHidden()
  await expect(swarm.getByText('has opened it')).toBeVisible()
  await sees(page, [
    page.getByTestId('share-link'),
    page.getByTestId('share-code'),
    light,
    swarm.getByText(/ on Linux$/),
  ])
  await page.setViewportSize(FIRST_VIEWS[0])
  await expect(qr).toBeInViewport({ ratio: 1 })

  await setLimit(receiver, 'download', '400')
  await startDownload(receiver)
  await waitForChunks(receiver, 2)
  await sees(receiver, [
    receiver.getByTestId('pause'),
    receiver.getByText('Time left'),
    receiver.getByText('How it is going'),
  ])
  await expect(receiver.getByText(/^About .* to go/)).toBeVisible()
  await expect(page.getByTestId('swarm').getByText(/^1 person/)).toBeVisible()
  await press(receiver, 'pause')
  await expect(receiver.getByText('Paused', { exact: true })).toBeVisible()
  await expect(swarm.getByText(/^paused at/)).toBeVisible()
  await expect(swarm.getByText('1 person has paused.')).toBeVisible()
  await press(receiver, 'pause')
  await setLimit(receiver, 'download', '')
  await waitForPhase(receiver, 'complete')

  await expect(page.getByTestId('closing')).toContainText(/^1 person, 4\.2.MB, in \d+.s\./)
  await page.bringToFront()
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    // Without a clipboard, as on plain HTTP, it is saved.
    page
      .evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
      .then(() => page.getByTestId('closing-picture').click()),
  ])
  expect(picture.suggestedFilename()).toBe('swarmdrop.png')
  expect([...readFileSync(await picture.path()).subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
  await sees(receiver, [receiver.getByTestId('save'), receiver.getByTestId('how-it-went')])
  for (const person of [page, receiver]) {
    await lookInside(person)
    await expectNoObjection(person, 'done, and looked inside')
  }
})
