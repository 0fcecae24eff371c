// The tracker goes while pages stand: anyone who presses a button then is answered within five seconds, and gets on
// when it is back.
import { randomFile } from '../tooling/files'
import { TrackerProcess } from '../tooling/tracker-process'
import { CHUNK_BYTES } from './support/files'
import { linkOn, notice, snapshot } from './support/people'
import { expect, test } from './support/test'

const ANSWERED = { timeout: 5_000 }

// The browser says so itself.
test.use({ allowedComplaint: /WebSocket connection to|Failed to load resource: net::ERR_CONNECTION/ })

test('teacher, student and sender are told', async ({ page, newPerson }, testInfo) => {
  const tracker = await TrackerProcess.onFreePort()
  const student = await (await newPerson()).newPage()
  const sender = await (await newPerson()).newPage()
  await page.goto(`${tracker.url}lab`)
  await student.goto(`${tracker.url}lab#ABC234`)
  await student.getByTestId('lab-name').fill('Ada')
  await sender.goto(tracker.url)
  await tracker.kill()

  await page.getByTestId('lab-create').click()
  await expect(notice(page)).toContainText('The server cannot be reached', ANSWERED)
  await student.getByTestId('lab-join').click()
  await expect(student.getByTestId('lab-waiting')).toContainText('The server cannot be reached', ANSWERED)
  await sender.getByTestId('file-input').setInputFiles(randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES))
  await linkOn(sender)
  await expect.poll(async () => (await snapshot(sender)).tracker, ANSWERED).toBe('offline')

  await tracker.start()
  await expect(page.getByTestId('lab-code')).toHaveText(/^[A-Z2-9]{6}$/)
  await expect(student.getByText('There is no room with this code.')).toBeVisible()
  await expect.poll(async () => (await snapshot(sender)).tracker).toBe('online')
  await tracker.kill()
})
