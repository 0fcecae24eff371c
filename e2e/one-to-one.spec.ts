// One sender, one receiver: what is saved is what was shared.
import { readFileSync } from 'node:fs'
import { MIB, randomFile } from '../tooling/files'
import { sha256 } from './support/files'
import { openLink, save, share, snapshot, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

test('a file of 8 MiB arrives by its link, byte for byte', async ({ page, newPerson }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/holiday.bin'), 8 * MIB)
  const link = await share(page, path)

  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  await expect(receiver.getByTestId('content-name')).toHaveText('holiday.bin')
  await expect(receiver.getByTestId('content-size')).toHaveText('8.4 MB')
  expect((await snapshot(receiver)).downloadedBytes).toBe(0)
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
