// A file without a byte is a file.
import { readFileSync, writeFileSync } from 'node:fs'
import { openLink, save, share, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

test('an empty file arrives under its name', async ({ page, context }, testInfo) => {
  const path = testInfo.outputPath('nothing yet.txt')
  writeFileSync(path, '')
  const link = await share(page, path)

  const receiver = await context.newPage()
  await openLink(receiver, link)
  await expect(receiver.getByTestId('content-size')).toHaveText('0 B')
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  const saved = await save(receiver)
  expect(saved.name).toBe('nothing yet.txt')
  expect(readFileSync(saved.path)).toHaveLength(0)
})
