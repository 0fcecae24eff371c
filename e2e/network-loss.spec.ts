// Everything is lost at once, tracker and all links, and comes back: a transfer goes on by itself.
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { TrackerProcess } from '../tooling/tracker-process'
import { expectSaved, fetchPart, setLimit, share, snapshot, waitForPhase } from './support/people'
import { expect, test } from './support/test'
import { TwoNetworks } from './support/two-networks'

const FILE_BYTES = 8 * MIB
/**
 * Chromium gives a link up about 18 s after the last word, and the page the tracker. Then it is plugged in again: a
 * whole minute and an hour without a network pass in virtual time (packages/peer).
 */
const NOTICED_TIMEOUT_MS = 45_000

/** Downloads so slowly that the loss comes in the midst of it. */
async function beginSlowly(receiver: Page, link: string): Promise<void> {
  await fetchPart(receiver, link, 1000, 4)
}

/** Expects that, with nobody touching the page, what was held still is, and the rest comes. */
async function expectToFinish(receiver: Page, path: string): Promise<void> {
  await setLimit(receiver, 'download', '')
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
  const { downloadedBytes } = await snapshot(receiver)
  // What was under way may be fetched again: a window of 4 MiB at most, and far less at this speed.
  expect(downloadedBytes).toBeLessThan(FILE_BYTES + 2 * MIB)
}

test.describe('between two machines whose cable is pulled', () => {
  test('a transfer goes on after both sides have given each other up', async ({ complaints }, testInfo) => {
    const networks = await TwoNetworks.open()
    testInfo.skip(networks === undefined, 'This user may not make networks of its own here.')
    if (!networks) return
    test.setTimeout(200_000)
    const tracker = await TrackerProcess.onFreePort({ HOST: networks.address('near') }, networks.within('near'))
    const near = await networks.launch('near', testInfo.outputPath('near-chromium'))
    const far = await networks.launch('far', testInfo.outputPath('far-chromium'))
    try {
      const sender = await near.newPage()
      const receiver = await far.newPage()
      for (const page of [sender, receiver]) page.on('pageerror', (error) => complaints.push(String(error)))
      const path = randomFile(testInfo.outputPath('sent/lecture.bin'), FILE_BYTES)
      await beginSlowly(receiver, await share(sender, path, 'file', tracker.url))

      networks.pull()
      const all = { timeout: NOTICED_TIMEOUT_MS }
      await expect.poll(async () => (await snapshot(receiver)).tracker, all).toBe('offline')
      await expect(receiver.getByRole('heading', { name: 'The connection is lost' })).toBeVisible(all)
      await expect.poll(async () => (await snapshot(sender)).neighbours, all).toEqual([])
      // The tracker, which is on the sender's side, has noticed as well, and introduces nobody who is not there.
      await expect.poll(async () => (await snapshot(sender)).swarmSize, all).toBe(1)

      networks.plug()
      await expectToFinish(receiver, path)
    } finally {
      await near.close()
      await far.close()
      await tracker.kill()
      networks.close()
    }
  })
})
