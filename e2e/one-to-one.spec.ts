// One sender, one receiver: what is saved is what was shared.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { sha256 } from './support/files'
import { openLink, save, share, snapshot, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

/** The most bytes of scripts, compressed by brotli, for which somebody who opens a link waits. */
const MOST_SCRIPT_BYTES = 280_000

/** What the scripts of a page that has just been opened weighed on their way, and their texts. */
const scriptsOf = (page: Page) =>
  page.evaluate(async () => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const scripts = entries.filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    const texts = await Promise.all(scripts.map(async ({ name }) => (await fetch(name)).text()))
    return { bytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0), text: texts.join('\n') }
  })

test('a file of 8 MiB arrives by its link, byte for byte', async ({ page, newPerson }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/holiday.bin'), 8 * MIB)
  const link = await share(page, path)

  const receiver = await (await newPerson()).newPage()
  const sockets: string[] = []
  receiver.on('websocket', (socket) => sockets.push(socket.url()))
  await openLink(receiver, link)
  await expect(receiver.getByTestId('content-name')).toHaveText('holiday.bin')
  await expect(receiver.getByTestId('content-size')).toHaveText('8.4 MB')
  expect((await snapshot(receiver)).downloadedBytes).toBe(0)
  // Everything above this line was on its way before the person could press anything.
  const { bytes, text } = await scriptsOf(receiver)
  expect(bytes).toBeGreaterThan(MOST_SCRIPT_BYTES / 2)
  expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES)
  expect(text).not.toMatch(/["'`](lab|theory)-[a-z]/)
  // The one that was opened before the scripts were here.
  expect(sockets).toHaveLength(1)
  // By itself the server carries frames for those who hide their address.
  for (const tab of [page, receiver]) {
    await expect(tab.getByTestId('relay-only')).not.toBeChecked()
    const { relay, neighbours } = await snapshot(tab)
    expect([relay, neighbours.map(({ way }) => way)]).toEqual(['available', ['direct']])
  }

  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  const saved = await save(receiver)
  expect(saved.name).toBe('holiday.bin')
  expect(saved.digest).toBe(sha256(readFileSync(path)))
  expect((await snapshot(page)).uploadedBytes).toBe(8 * MIB)
})
