// Pause stops bytes both ways; a limit holds; a limit that cannot be read is said to be so.
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import {
  expectSaved,
  fetchPart,
  openLink,
  press,
  setLimit,
  share,
  snapshot,
  startDownload,
  waitForChunks,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

const bytesPassed = async (page: Page) => {
  const { uploadedBytes, downloadedBytes } = await snapshot(page)
  return { uploadedBytes, downloadedBytes }
}

/** In the page: the mean rate, in bytes a second, over the next so many bytes. */
async function measuredRate([counter, bytes]: readonly ['uploadedBytes' | 'downloadedBytes', number]): Promise<number> {
  const passed = () => window.swarmdrop.snapshot()[0]?.[counter] ?? 0
  const start = { bytes: passed(), atMs: performance.now() }
  while (passed() < start.bytes + bytes) await new Promise((next) => setTimeout(next, 20))
  return (passed() - start.bytes) / ((performance.now() - start.atMs) / 1000)
}

test('pause stops bytes both ways while others go on, and continue finishes', async ({ page, context }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), 12 * MIB)
  const link = await share(page, path)
  const join = async () => {
    const receiver = await context.newPage()
    await openLink(receiver, link)
    return receiver
  }
  // A sender whose upload can be limited is a receiver that has everything.
  const giver = await join()
  await startDownload(giver)
  await waitForPhase(giver, 'complete')
  await page.close()
  const paused = await join()
  await setLimit(paused, 'download', '2000')
  await startDownload(paused)
  await waitForChunks(paused, 24)
  // From now on each gives a little, so that the other one is glad of both for seconds.
  for (const source of [giver, paused]) await setLimit(source, 'upload', '1000')
  // However long the other one takes to come, it is still downloading when it is paused.
  await setLimit(paused, 'download', '100')
  const other = await join()
  await startDownload(other)
  await expect.poll(async () => (await snapshot(paused)).uploadedBytes).toBeGreaterThan(0)

  await press(paused, 'pause')
  await waitForPhase(paused, 'paused')
  // What was under way when it was pressed, a chunk at most, is out by the time that the other one has six more.
  await waitForChunks(other, (await snapshot(other)).chunksHeld + 6)
  const before = await bytesPassed(paused)
  await waitForChunks(other, (await snapshot(other)).chunksHeld + 10)
  expect(await bytesPassed(paused)).toEqual(before)
  await expect(paused.getByText('Paused. Continue goes on where you stopped.')).toBeVisible()

  await press(paused, 'pause')
  await setLimit(giver, 'upload', '')
  await setLimit(paused, 'download', '')
  await waitForPhase(paused, 'complete')
  await expectSaved(paused, path)
  // Blocks that were under way are asked for again; what was held is not.
  expect((await snapshot(paused)).downloadedBytes).toBeLessThan(16 * MIB)
})

test('a download limit holds over seconds, and lifting it frees the rest', async ({ page, context }, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/talk.bin'), 12 * MIB))
  const receiver = await context.newPage()
  await fetchPart(receiver, link, 1000, 1)

  const bytesPerSecond = await receiver.evaluate(measuredRate, ['downloadedBytes', 5_000_000] as const)
  expect(bytesPerSecond).toBeLessThanOrEqual(1_000_000 * 1.05)
  expect((await snapshot(receiver)).downloadLimit).toBe(1_000_000)

  await setLimit(receiver, 'download', '')
  await waitForPhase(receiver, 'complete')
})

test('an upload limit holds what a receiver passes on', async ({ page, context }, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/talk.bin'), 4 * MIB))
  const giver = await context.newPage()
  await openLink(giver, link)
  await setLimit(giver, 'upload', '500')
  await startDownload(giver)
  await waitForPhase(giver, 'complete')
  await page.close()

  const receiver = await context.newPage()
  await openLink(receiver, link)
  await startDownload(receiver)
  await waitForChunks(receiver, 1)
  const bytesPerSecond = await giver.evaluate(measuredRate, ['uploadedBytes', 2_000_000] as const)
  expect(bytesPerSecond).toBeLessThanOrEqual(500_000 * 1.05)

  await setLimit(giver, 'upload', '')
  await waitForPhase(receiver, 'complete')
})

test('a limit that cannot be read is explained beside its field, and changes nothing', async ({
  page,
  context,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/song.bin'), MIB))
  const receiver = await context.newPage()
  await openLink(receiver, link)
  await setLimit(receiver, 'download', '750')
  for (const [typed, sentence] of [
    ['fast', 'Write a number in kB/s, such as 100. Or leave it empty.'],
    ['-3', 'Write a number in kB/s, such as 100. Or leave it empty.'],
    ['0', 'At least 1 kB/s. Or leave it empty.'],
    ['9e99', 'Write a number in kB/s, such as 100. Or leave it empty.'],
    ['99999999999999', 'At most 1,000,000,000 kB/s. Or leave it empty.'],
  ] as const) {
    await setLimit(receiver, 'download', typed)
    await expect(receiver.getByText(sentence)).toBeVisible()
    await expect(receiver.getByTestId('download-limit')).toHaveAttribute('aria-invalid', 'true')
    expect((await snapshot(receiver)).downloadLimit).toBe(750_000)
  }
})
