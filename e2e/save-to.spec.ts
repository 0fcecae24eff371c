// Saving straight into a file that the person chooses. The browser's dialog is the test's; the file behind it is real.

import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { digestsBelow, sha256, writeTree } from './support/files'
import { fetchAll, notice, press, share } from './support/people'
import { expect, test } from './support/test'
import { unzip } from './support/unzip'

type Answer = 'cancel' | 'choose'
declare global {
  interface Window {
    /** What the person does in the dialog. */
    answer: Answer
    suggestedName: string
  }
}

/** Runs in the page before anything of ours. */
function answerDialog(): void {
  window.answer = 'choose'
  const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
    window.suggestedName = suggestedName
    if (window.answer === 'cancel') throw new DOMException('The user aborted a request.', 'AbortError')
    return (await navigator.storage.getDirectory()).getFileHandle('chosen', { create: true })
  }
  Object.assign(window, { showSaveFilePicker })
}

/** What was written to the chosen place. */
async function chosenFile(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const { name, base64 } = await page.evaluate(async () => {
    const file = await (await (await navigator.storage.getDirectory()).getFileHandle('chosen')).getFile()
    const url = await new Promise<string>((resolve) => {
      const reader = new FileReader()
      reader.onload = () => resolve(String(reader.result))
      reader.readAsDataURL(file)
    })
    return { name: window.suggestedName, base64: url.slice(url.indexOf(',') + 1) }
  })
  return { name, bytes: Buffer.from(base64, 'base64') }
}

const saveTo = async (page: Page) => {
  await press(page, 'save-to')
  await expect(page.getByText(/Close any time/)).toBeVisible()
}

test('a file is written to the chosen place; who closes the dialog is told nothing', async ({
  page,
  context,
}, testInfo) => {
  await context.addInitScript(answerDialog)
  const path = randomFile(testInfo.outputPath('sent/song.bin'), 2 * MIB)
  const link = await share(page, path)
  const receiver = await context.newPage()
  await fetchAll(receiver, link)

  await receiver.evaluate(() => {
    window.answer = 'cancel'
  })
  await press(receiver, 'save-to')
  await expect(receiver.getByTestId('save-to')).toHaveText('Choose where…')
  await expect(notice(receiver)).toHaveCount(0)
  await expect(receiver.getByText('Save it. Then close any time')).toBeVisible()

  await receiver.evaluate(() => {
    window.answer = 'choose'
  })
  await saveTo(receiver)
  const { name, bytes } = await chosenFile(receiver)
  expect(name).toBe('song.bin')
  expect(sha256(bytes)).toBe(sha256(readFileSync(path)))
})

test('a folder is written there as one ZIP, with no copy in between', async ({ page, context }, testInfo) => {
  await context.addInitScript(answerDialog)
  writeTree(testInfo.outputPath('sent/trip'), { 'a.bin': randomBytes(900_000), 'day 2/写真.bin': randomBytes(300_000) })
  const link = await share(page, testInfo.outputPath('sent/trip'), 'folder')
  const receiver = await context.newPage()
  const workers: string[] = []
  await fetchAll(receiver, link)

  receiver.on('worker', (worker) => workers.push(worker.url()))
  await saveTo(receiver)
  const { name, bytes } = await chosenFile(receiver)
  expect(name).toBe('trip.zip')
  // The worker is what makes a ZIP in a file of our own first.
  expect(workers).toEqual([])
  writeFileSync(testInfo.outputPath('trip.zip'), bytes)
  unzip(testInfo.outputPath('trip.zip'), testInfo.outputPath('unpacked'))
  expect(digestsBelow(testInfo.outputPath('unpacked'))).toEqual(digestsBelow(testInfo.outputPath('sent')))
})
