// The sender goes as soon as every chunk is out once: those who stay have everything between them.
import { MIB, randomFile } from '../tooling/files'
import {
  expectSaved,
  openLink,
  setLimit,
  share,
  snapshot,
  startDownload,
  waitForNeighbours,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

test('the sender leaves when told that it is safe, and everybody still completes', async ({
  page,
  context,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/film.bin'), 8 * MIB)
  const link = await share(page, path)
  await expect(page.getByText('Keep this tab open')).toBeVisible()
  const receivers = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const receiver = await context.newPage()
      await openLink(receiver, link)
      // Slowly enough that nobody is done when everything is out once.
      await setLimit(receiver, 'download', '500')
      return receiver
    }),
  )
  for (const receiver of receivers) await waitForNeighbours(receiver, 3)

  await Promise.all(receivers.map(startDownload))
  await expect(page.getByText('Safe to close')).toBeVisible({ timeout: 60_000 })
  for (const receiver of receivers) {
    const { chunksHeld, chunkCount } = await snapshot(receiver)
    expect(chunksHeld, 'the sender leaves before anybody has everything').toBeLessThan(chunkCount)
  }
  await page.close()
  for (const receiver of receivers) await setLimit(receiver, 'download', '')

  await Promise.all(receivers.map((receiver) => waitForPhase(receiver, 'complete')))
  for (const receiver of receivers) await expectSaved(receiver, path)
  for (const receiver of receivers) await waitForNeighbours(receiver, 2)
})
