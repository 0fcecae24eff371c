// A call of the browser's storage that is never answered, as happens in Safari: the link opens all the same, and what
// is in it is fetched and saved. (Every call of every store, in virtual time: library/silence.test.ts,
// transfer/kept.test.ts.)
import { MIB, randomFile } from '../tooling/files'
import { expectSaved, share, snapshot, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

/** Runs in the page before anything of ours: a database is asked for, and nothing happens. */
function silenceDatabase(): void {
  const unanswered = () => Object.setPrototypeOf(new EventTarget(), IDBOpenDBRequest.prototype)
  Object.assign(IDBFactory.prototype, { open: unanswered })
}

const SILENT = 'Your browser’s storage does not answer, so the file is kept in memory'

test('where the database never opens, the link does, and its file is fetched and saved', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), MIB)
  const link = await share(page, path)
  const person = await newPerson()
  await person.addInitScript(silenceDatabase)
  const receiver = await person.newPage()
  await receiver.goto(link)
  await waitForPhase(receiver, 'ready')
  await expect(receiver.getByText(`${SILENT}: what you download`)).toBeVisible()
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  expect((await snapshot(receiver)).keeping).toBe('while-open')
  await expect(receiver.getByText(`${SILENT}: what has arrived`)).toBeVisible()
  await expectSaved(receiver, path)
})
