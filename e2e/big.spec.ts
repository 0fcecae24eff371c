// A file's size is no matter of memory: from tab to tab and onto the disk every byte right, while neither page holds
// more than some of it. (With garbage, and how soon the pages answer clicks, for 3 GiB: `npm run bench -- big`.)
import { rm } from 'node:fs/promises'
import { openOnDisk } from '../tooling/disk-profile'
import { digestOfFile, MIB, randomFile } from '../tooling/files'
import { MemoryWatch } from '../tooling/memory-watch'
import { openLink, press, share, startDownload, transfer } from './support/people'
import { expect, test } from './support/test'

/** 50 MB. Each end holds 20 to 26 MB, whatever the file; with the file in memory, 60 MB. */
const BYTES = 48 * MIB
const MOST_HELD_BYTES = 40e6
const MOST_RESIDENT_BYTES = 400e6
/** Some twelve seconds on two cores; more where others want them too. */
const TIMEOUT_MS = 200_000

test('48 MiB arrive and are saved, with at most 40 MB held in the page and a renderer under 400 MB at both ends', async ({
  baseURL,
}, testInfo) => {
  test.setTimeout(TIMEOUT_MS)
  const path = randomFile(testInfo.outputPath('sent/film.bin'), BYTES)
  const sender = await openOnDisk(testInfo.outputPath('sender'))
  const receiver = await openOnDisk(testInfo.outputPath('receiver'))
  const watches = await Promise.all([sender, receiver].map((page) => MemoryWatch.of(page, 'collecting')))

  await openLink(receiver, await share(sender, path, 'file', baseURL))
  await startDownload(receiver)
  await expect(transfer(receiver)).toHaveAttribute('data-phase', 'complete', { timeout: TIMEOUT_MS })
  const [download] = await Promise.all([receiver.waitForEvent('download'), press(receiver, 'save')])
  expect(await digestOfFile(await download.path())).toBe(await digestOfFile(path))

  for (const watch of watches) {
    const peak = await watch?.peak()
    watch?.stop()
    // Not on Linux: there is nothing to look into.
    if (!peak) continue
    expect(peak.heapAndBuffersBytes).toBeLessThan(MOST_HELD_BYTES)
    expect(peak.residentBytes).toBeLessThan(MOST_RESIDENT_BYTES)
    // Less than the browser's own code: then it was no page's process that was looked at.
    expect(peak.residentBytes).toBeGreaterThan(50e6)
  }
  await Promise.all([sender, receiver].map((page) => page.context().close()))
  // Nobody needs the files once all was right.
  await rm(testInfo.outputPath(), { recursive: true })
})
