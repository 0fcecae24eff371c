// A limit that cannot be read is said to be so. That limits and pauses hold is shown in virtual time
// (packages/peer/src/transfer/transfer.test.ts).
import { MIB, randomFile } from '../tooling/files'
import { openLink, setLimit, share, snapshot } from './support/people'
import { expect, test } from './support/test'

test('a limit that cannot be read is explained beside its field, and changes nothing', async ({
  page,
  context,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/song.bin'), MIB))
  const receiver = await context.newPage()
  await openLink(receiver, link)
  await setLimit(receiver, 'download', '750')
  for (const [typed, sentence] of [
    ['fast', 'Write a number in kB/s, such as 100. Or leave it empty.'],
    ['-3', 'Write a number in kB/s, such as 100. Or leave it empty.'],
    ['0', 'At least 1 kB/s. Or leave it empty.'],
    ['9e99', 'Write a number in kB/s, such as 100. Or leave it empty.'],
    ['99999999999999', 'At most 1,000,000,000 kB/s. Or leave it empty.'],
  ] as const) {
    await setLimit(receiver, 'download', typed)
    await expect(receiver.getByText(sentence)).toBeVisible()
    await expect(receiver.getByTestId('download-limit')).toHaveAttribute('aria-invalid', 'true')
    expect((await snapshot(receiver)).downloadLimit).toBe(750_000)
  }
})
