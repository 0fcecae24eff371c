// A file that changes after it was shared, by a program that keeps its size and date: the sender is told, and nobody
// gets other bytes than the link promises. (Where the browser itself notices, the store says the same:
// e2e/hash-and-save.spec.ts.)
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { notice, openLink, share, snapshot, startDownload, waitForNeighbours } from './support/people'
import { expect, test } from './support/test'

const CHUNKS = 4
const DATE = new Date('2026-01-02T03:04:05Z')

/** One byte in the last chunk is another, and nothing tells of it. */
function changeUnseen(path: string): void {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
  writeFileSync(path, bytes)
  utimesSync(path, DATE, DATE)
}

test('a shared file that changes on disk stops the sharing, and the receiver is not left without words', async ({
  page,
  context,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/draft.bin'), CHUNKS * CHUNK_BYTES)
  utimesSync(path, DATE, DATE)
  const link = await share(page, path)
  const receiver = await context.newPage()
  await openLink(receiver, link)
  changeUnseen(path)
  await startDownload(receiver)

  await expect(notice(page)).toContainText('“draft.bin” changed on disk after it was shared.')
  await expect(notice(page)).toContainText('Share it again to get a new link.')
  await waitForNeighbours(receiver, 0)
  const alone = { name: 'Nobody who has the missing parts is online' }
  await expect(receiver.getByRole('heading', alone)).toBeVisible()
  await expect(notice(receiver)).toContainText('Ask the sender to open it again.')
  expect((await snapshot(receiver)).chunksHeld).toBeLessThan(CHUNKS)

  await notice(page).getByRole('button').click()
  await expect(page.getByTestId('file-input')).toBeAttached()
})
