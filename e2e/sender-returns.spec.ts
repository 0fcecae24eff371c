// A sender that is away: the receiver waits, says so, and goes on by itself when the same file is shared again.
import { MIB, randomFile } from '../tooling/files'
import { expectSaved, fetchPart, share, snapshot, startDownload, transfer, waitForPhase } from './support/people'
import { expect, test } from './support/test'

test('a link whose sender is away waits, and opens by itself when the same file is shared again', async ({
  page,
  context,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/minutes.bin'), MIB)
  const link = await share(page, path)
  await page.close()

  const receiver = await context.newPage()
  await receiver.goto(link)
  await expect(receiver.getByText('Nobody who has it is online. This page waits and opens it by itself')).toBeVisible()
  await expect(transfer(receiver)).toHaveAttribute('data-phase', 'connecting')

  expect(await share(await context.newPage(), path)).toBe(link)
  await waitForPhase(receiver, 'ready')
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
})

test('a download whose only sender leaves half-way goes on by itself when it is back', async ({
  page,
  context,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/archive.bin'), 8 * MIB)
  const link = await share(page, path)
  const receiver = await context.newPage()
  await fetchPart(receiver, link, 2000, 8)

  await page.close()
  await expect(receiver.getByText('Waiting: nobody who has the missing parts is online.')).toBeVisible()
  const { chunksHeld, chunkCount } = await snapshot(receiver)
  expect(chunksHeld).toBeLessThan(chunkCount)

  const sender = await context.newPage()
  expect(await share(sender, path)).toBe(link)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
  expect((await snapshot(sender)).uploadedBytes, 'what was held is not sent again').toBeLessThan(8 * MIB)
})
