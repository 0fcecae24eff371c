// A large file from tab to tab: every byte right, and little of it in memory at any time. (How soon the pages answer clicks
// meanwhile, and 3 GiB: `npm run bench -- big`.)
import { rm } from 'node:fs/promises'
import { openOnDisk } from '../tooling/disk-profile'
import { digestOfFile, MIB, randomFile } from '../tooling/files'
import { MemoryWatch } from '../tooling/memory-watch'
import { openLink, press, share, startDownload, transfer } from './support/people'
import { expect, test } from './support/test'

const BYTES = 224 * MIB
const MOST_HEAP_BYTES = 200e6
const MOST_RESIDENT_BYTES = 700e6
/** Some fifty seconds on two cores; more where others want them too. */
const TIMEOUT_MS = 300_000

test('224 MiB arrive and are saved, with a heap under 200 MB and a renderer under 700 MB at both ends', async ({
  baseURL,
}, testInfo) => {
  test.setTimeout(TIMEOUT_MS)
  const path = randomFile(testInfo.outputPath('sent/film.bin'), BYTES)
  const sender = await openOnDisk(testInfo.outputPath('sender'))
  const receiver = await openOnDisk(testInfo.outputPath('receiver'))
  const watches = await Promise.all([sender, receiver].map(MemoryWatch.of))

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
    expect(peak.heapAndBuffersBytes).toBeLessThan(MOST_HEAP_BYTES)
    expect(peak.residentBytes).toBeLessThan(MOST_RESIDENT_BYTES)
    // Less than the browser's own code: then it was no page's process that was looked at.
    expect(peak.residentBytes).toBeGreaterThan(50e6)
  }
  await Promise.all([sender, receiver].map((page) => page.context().close()))
  // A gigabyte, which nobody needs once all was right.
  await rm(testInfo.outputPath(), { recursive: true })
})
