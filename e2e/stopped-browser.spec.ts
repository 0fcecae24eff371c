// A whole browser stops: its connections stand, and nothing that is sent on them is taken any more.
import { openOnDisk } from '../tooling/disk-profile'
import { MIB, randomFile } from '../tooling/files'
import { expectSaved, fetchAll, fetchPart, share, snapshot, waitForNeighbours } from './support/people'
import { signalBrowser } from './support/signal-browser'
import { expect, test } from './support/test'

const BYTES = 16 * MIB

test('a browser that stands still is given up, and the others finish', async ({ page, newPerson }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), BYTES)
  const link = await share(page, path)
  const still = await openOnDisk(testInfo.outputPath('still'))
  await fetchPart(still, link, 2_000, 4)
  await waitForNeighbours(page, 1)
  const stopped = await signalBrowser(still, 'SIGSTOP')
  try {
    const { uploadedBytes } = await snapshot(page)
    const receiver = await (await newPerson()).newPage()
    await fetchAll(receiver, link)
    await expectSaved(receiver, path)
    // Dropped 20 s after its last word.
    await expect
      .poll(async () => (await snapshot(page)).neighbours.map(({ complete }) => complete), { timeout: 40_000 })
      .toEqual([true])
    // One copy for the honest one, and for the other what was on its way and what a link may hold.
    expect((await snapshot(page)).uploadedBytes - uploadedBytes).toBeLessThan(BYTES + 8 * MIB)
  } finally {
    for (const id of stopped) process.kill(id, 'SIGCONT')
    await still.context().close()
  }
})
