// A password besides the link: who has not got it is asked for it and connects to nobody, no matter who of the swarm is
// there.
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { expectSaved, openLink, share, snapshot, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

test('who types it has the file, after wrong ones as well; a receiver that is back asks for it too', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/letter.bin'), 2 * CHUNK_BYTES)
  const link = await share(page, path)
  await page.getByTestId('password').fill('north')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await expect(page.getByText('at least 6 characters: this one has 5')).toBeVisible()
  await page.getByTestId('password').fill('north wind')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await expect(page.getByTestId('password-set')).toContainText('north wind')
  await expect(page.getByText('It opens only with the password.')).toBeVisible()

  const receiver = await (await newPerson()).newPage()
  await receiver.goto(link)
  await receiver.getByTestId('password').fill('south wind')
  await receiver.keyboard.press('Enter')
  await expect(receiver.getByText('Wrong password.')).toBeVisible()
  expect((await snapshot(page)).neighbours).toEqual([])
  await receiver.getByTestId('password').fill(' north wind')
  await receiver.keyboard.press('Enter')
  await waitForPhase(receiver, 'ready')
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)

  // It goes on to help after a reload, and lets in nobody who has the link alone.
  await expect(page.getByText('Safe to close')).toBeVisible()
  await page.getByRole('button', { name: 'Stop sharing' }).click()
  await receiver.reload()
  await waitForPhase(receiver, 'complete')
  const other = await (await newPerson()).newPage()
  await other.goto(link)
  await expect(other.getByTestId('password')).toBeVisible()
  expect((await snapshot(receiver)).neighbours).toEqual([])
  await other.getByTestId('password').fill('north wind')
  await other.keyboard.press('Enter')
  await waitForPhase(other, 'ready')
  await openLink(other, link)
})
