// A neighbour that sends wrong bytes is shut out, and its chunk is fetched elsewhere.
import type { BrowserContext, Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import {
  expectSaved,
  openLink,
  share,
  snapshot,
  startDownload,
  waitForNeighbours,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

/** One bit of every block that this person sends is another. */
async function makeLiar(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const BLOCK = 9
    const send = RTCDataChannel.prototype.send as (this: RTCDataChannel, frame: Uint8Array<ArrayBuffer>) => void
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, frame: unknown) {
      if (frame instanceof Uint8Array && frame[0] === BLOCK) frame[100] = (frame[100] ?? 0) ^ 1
      send.call(this, frame as Uint8Array<ArrayBuffer>)
    }
  })
}

/** What the page says when it shuts somebody out. */
const banOf = (page: Page) =>
  page.waitForEvent('console', (message) => message.text().includes('no longer talks to peer'))

test('with a liar and an honest sender, the file arrives whole and the liar is shut out', async ({
  page,
  newPerson,
  context,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/report.bin'), 8 * MIB)
  const link = await share(page, path)
  const crowd = await newPerson()
  await makeLiar(crowd)
  const liar = await crowd.newPage()
  expect(await share(liar, path)).toBe(link)

  const receiver = await context.newPage()
  await openLink(receiver, link)
  await waitForNeighbours(receiver, 2)
  const ban = banOf(receiver)
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  expect((await ban).text()).toContain('did not match its digest')
  await expectSaved(receiver, path)
  expect((await snapshot(liar)).neighbours.map(({ id }) => id)).toHaveLength(1)
  expect((await snapshot(receiver)).neighbours).toHaveLength(1)
})

test('with a liar alone nothing wrong is kept, and an honest sender that comes later completes it', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/report.bin'), 2 * MIB)
  const crowd = await newPerson()
  await makeLiar(crowd)
  const link = await share(await crowd.newPage(), path)

  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  await startDownload(receiver)
  await waitForNeighbours(receiver, 0)
  await expect(receiver.getByText('Waiting: nobody who has the missing parts is online.')).toBeVisible()
  expect((await snapshot(receiver)).chunksHeld).toBe(0)

  await share(page, path)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
})
