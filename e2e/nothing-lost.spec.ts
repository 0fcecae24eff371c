// Big files and rude ends, on a disk as people have it: little is fetched twice, and nothing is believed that was not
// proved.
import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { openOnDisk } from '../tooling/disk-profile'
import { MIB, randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import {
  expectSaved,
  fetchPart,
  notice,
  openLink,
  share,
  snapshot,
  startDownload,
  waitForChunks,
  waitForPhase,
} from './support/people'
import { signalBrowser } from './support/signal-browser'
import { expect, test } from './support/test'

declare global {
  interface Window {
    persistAsked: number
    /** Lets the page hear from now on how much space there is. */
    tellTheTruth: () => void
  }
}

/** What the page has fetched and holds, both at one moment. */
async function fetchedSoFar(page: Page) {
  const { downloadedBytes, chunksHeld } = await snapshot(page)
  return { downloadedBytes, chunksHeld }
}

test('half of 32 MiB is there after a reload at full speed, and at most a twentieth is fetched again', async ({
  page,
}, testInfo) => {
  const chunks = 128
  const bytes = chunks * CHUNK_BYTES
  const path = randomFile(testInfo.outputPath('sent/film.bin'), bytes)
  const link = await share(page, path)
  const receiver = await openOnDisk(testInfo.outputPath('receiver'))
  try {
    await openLink(receiver, link)
    await startDownload(receiver)
    await waitForChunks(receiver, chunks / 2)
    const before = await fetchedSoFar(receiver)
    await receiver.reload()
    await waitForPhase(receiver, 'complete')
    const { downloadedBytes, chunksRestored } = await snapshot(receiver)
    expect(chunksRestored).toBeGreaterThanOrEqual(before.chunksHeld - 16)
    expect(before.downloadedBytes + downloadedBytes - bytes).toBeLessThanOrEqual(0.05 * bytes)
    await expectSaved(receiver, path)
  } finally {
    await receiver.context().close()
  }
})

test('what was on the disk when the browser was killed is proved and gone on from', async ({ page }, testInfo) => {
  const chunks = 64
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), chunks * CHUNK_BYTES)
  const link = await share(page, path)
  const folder = testInfo.outputPath('receiver')
  mkdirSync(folder, { recursive: true })
  const killed = await openOnDisk(folder)
  await fetchPart(killed, link, 6_000, chunks / 2)
  const before = await fetchedSoFar(killed)
  // As a power cut does: no page, and no process, has a moment to put anything in order.
  const closed = killed.context().waitForEvent('close')
  await signalBrowser(killed, 'SIGKILL')
  await closed

  const receiver = await openOnDisk(folder)
  try {
    await receiver.goto(link)
    await waitForPhase(receiver, 'complete')
    const { chunksRestored = 0, downloadedBytes } = await snapshot(receiver)
    // A mark waits a twentieth of a second for others, so what came last may be fetched again.
    expect(chunksRestored).toBeGreaterThanOrEqual(before.chunksHeld - 16)
    expect(downloadedBytes).toBeLessThanOrEqual((chunks - chunksRestored) * CHUNK_BYTES + MIB)
    await expectSaved(receiver, path)
  } finally {
    await receiver.context().close()
  }
})

test('what does not fit is said before anything is fetched; what is kept, the browser is asked to persist', async ({
  page,
  newPerson,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/backup.bin'), 8 * MIB))
  const receiver = await (await newPerson()).newPage()
  await receiver.addInitScript(() => {
    window.persistAsked = 0
    const { storage } = navigator
    const { persist, estimate } = Object.getPrototypeOf(storage)
    storage.persist = () => {
      window.persistAsked++
      return persist.call(storage)
    }
    storage.estimate = async () => ({ quota: 5_000_000, usage: 2_000_000 })
    window.tellTheTruth = () => {
      storage.estimate = () => estimate.call(storage)
    }
  })
  await openLink(receiver, link)
  await startDownload(receiver)
  await expect(notice(receiver)).toContainText(
    'There is not enough space: this needs 8.4 MB, and the browser has 3.0 MB free for this page.',
  )
  expect(await snapshot(receiver)).toMatchObject({ phase: 'failed', downloadedBytes: 0, chunksHeld: 0 })
  expect(await receiver.evaluate(() => window.persistAsked)).toBe(0)

  await receiver.evaluate(() => window.tellTheTruth())
  await receiver.getByRole('button', { name: 'Try again' }).click()
  await waitForPhase(receiver, 'ready')
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  expect(await receiver.evaluate(() => window.persistAsked)).toBe(1)
})
