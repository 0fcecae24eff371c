// One sender, four receivers at once: they feed each other.
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

const BYTES = 4 * MIB

test('four people fetch a file at once, and the sender sends fewer than 2.5 copies', async ({
  page,
  context,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), BYTES)
  const link = await share(page, path)
  const receivers = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const receiver = await context.newPage()
      await openLink(receiver, link)
      return receiver
    }),
  )
  for (const receiver of receivers) await waitForNeighbours(receiver, 4)
  // Slow enough that the one that is pressed last, on a busy machine seconds later, still gets parts that nobody else
  // has.
  await setLimit(page, 'upload', '700')

  await Promise.all(receivers.map(startDownload))
  await Promise.all(receivers.map((receiver) => waitForPhase(receiver, 'complete')))

  for (const receiver of receivers) {
    await expectSaved(receiver, path)
    expect((await snapshot(receiver)).uploadedBytes).toBeGreaterThan(0)
  }
  expect((await snapshot(page)).uploadedBytes).toBeLessThan(2.5 * BYTES)
})
