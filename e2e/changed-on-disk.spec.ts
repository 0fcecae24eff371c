// A file that changes after it was shared: the sender is told, and nobody gets other bytes than the link promises.
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { notice, openLink, share, snapshot, startDownload, waitForNeighbours } from './support/people'
import { expect, test } from './support/test'

const CHUNKS = 4
const DATE = new Date('2026-01-02T03:04:05Z')

/** One byte in the last chunk is another. */
function change(path: string): void {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
  writeFileSync(path, bytes)
}

for (const [what, alter] of [
  ['is changed', change],
  ['is cut short', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, CHUNK_BYTES))],
  [
    'is changed by a program that keeps its size and date',
    (path: string) => {
      change(path)
      utimesSync(path, DATE, DATE)
    },
  ],
] as const) {
  test(`a shared file that ${what} on disk stops the sharing, and the receiver is not left without words`, async ({
    page,
    context,
  }, testInfo) => {
    const path = randomFile(testInfo.outputPath('sent/draft.bin'), CHUNKS * CHUNK_BYTES)
    utimesSync(path, DATE, DATE)
    const link = await share(page, path)
    const receiver = await context.newPage()
    await openLink(receiver, link)
    alter(path)
    await startDownload(receiver)

    await expect(notice(page)).toContainText('“draft.bin” changed on disk after it was shared.')
    await expect(notice(page)).toContainText('Share it again to get a new link.')
    await waitForNeighbours(receiver, 0)
    await expect(receiver.getByText('Waiting: nobody who has the missing parts is online.')).toBeVisible()
    expect((await snapshot(receiver)).chunksHeld).toBeLessThan(CHUNKS)

    await notice(page).getByRole('button').click()
    await expect(page.getByTestId('file-input')).toBeAttached()
  })
}
