// Everything is lost at once, tracker and all links, and comes back: a transfer goes on by itself.
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { expectSaved, fetchPart, setLimit, share, snapshot, waitForNeighbours, waitForPhase } from './support/people'
import { expect, test } from './support/test'
import { TrackerProcess } from './support/tracker-process'
import { TwoNetworks } from './support/two-networks'

const FILE_BYTES = 8 * MIB
/** Chromium gives a link up about 18 s after the last word, and the page the tracker. */
const NOTICED_TIMEOUT_MS = 45_000
const OFFLINE_MS = 60_000

/** Downloads so slowly that the loss comes in the midst of it. */
async function beginSlowly(receiver: Page, link: string): Promise<void> {
  await fetchPart(receiver, link, 1000, 4)
}

/** From here on nobody touches the page: what was held still is, and the rest comes. */
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
      const pulledAt = Date.now()
      const all = { timeout: NOTICED_TIMEOUT_MS }
      await expect.poll(async () => (await snapshot(receiver)).tracker, all).toBe('offline')
      await expect(receiver.getByText('Waiting: nobody who has the missing parts is online.')).toBeVisible(all)
      await expect.poll(async () => (await snapshot(sender)).neighbours, all).toEqual([])
      // The tracker, which is on the sender's side, has noticed as well, and introduces nobody who is not there.
      await expect.poll(async () => (await snapshot(sender)).swarmSize, all).toBe(1)

      await receiver.waitForTimeout(Math.max(0, pulledAt + OFFLINE_MS - Date.now()))
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

test.describe('in one machine', () => {
  // The browser itself complains of a server that is gone.
  test.use({ allowedComplaint: /socket\.io.* failed|ERR_CONNECTION_REFUSED/ })

  test('a transfer goes on after the tracker died and every link was cut', async ({ page, context }, testInfo) => {
    const tracker = await TrackerProcess.onFreePort()
    try {
      await context.addInitScript(rememberLinks)
      const path = randomFile(testInfo.outputPath('sent/lecture.bin'), FILE_BYTES)
      const link = await share(page, path, 'file', tracker.url)
      const receiver = await context.newPage()
      await beginSlowly(receiver, link)

      await tracker.kill()
      await receiver.evaluate(() => window.cutLinks())
      for (const each of [page, receiver]) {
        await waitForNeighbours(each, 0)
        await expect.poll(async () => (await snapshot(each)).tracker).toBe('offline')
      }

      await tracker.start()
      await expectToFinish(receiver, path)
    } finally {
      await tracker.kill()
    }
  })
})

declare global {
  interface Window {
    /** Closes every connection that this page has made. */
    cutLinks(): void
  }
}

/** Runs in the page before anything of ours. */
function rememberLinks(): void {
  const made: RTCPeerConnection[] = []
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      made.push(this)
    }
  }
  window.cutLinks = () => {
    for (const connection of made) connection.close()
  }
}
