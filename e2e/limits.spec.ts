// A limit that cannot be read is said to be so, and where bytes are dear a tab says that it only receives. That limits
// and pauses hold is shown in virtual time (packages/peer/src/transfer/transfer.test.ts).
import { MIB, randomFile } from '../tooling/files'
import { openLink, setLimit, share, snapshot } from './support/people'
import { expect, test } from './support/test'

test('a limit that cannot be read is explained next to its field, and changes nothing', async ({
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

test('where the browser saves data a tab only receives, says so before Download, and keeps what its person says', async ({
  page,
  newPerson,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/song.bin'), MIB))
  const person = await newPerson()
  await person.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
  const receiver = await person.newPage()
  await openLink(receiver, link)
  const only = receiver.getByTestId('receive-only')
  await expect(only).toBeChecked()
  await expect(receiver.getByText('This browser is set to save data, so this tab only receives')).toBeVisible()
  await only.click()
  await expect.poll(async () => (await snapshot(receiver)).receiveOnly).toBeUndefined()
  await receiver.reload()
  await expect(only).not.toBeChecked()
})
