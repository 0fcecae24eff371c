// Calls of the browser's storage that are never answered, as happens in Safari: the link opens all the same, and what is in it is fetched
// and saved. (Every call of every store, in virtual time: library/silence.test.ts, transfer/kept.test.ts.)
import { MIB, randomFile } from '../tooling/files'
import { expectSaved, share, snapshot, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

/** Runs in the page before anything of ours. */
function silenceOne(call: string): void {
  // An empty page, before the first one is loaded, has none of it.
  if (!navigator.storage) return
  const never = () => new Promise(() => {})
  /** A request to which nothing happens. */
  const unanswered = () => Object.setPrototypeOf(new EventTarget(), IDBOpenDBRequest.prototype)
  const calls: Record<string, [object, () => unknown]> = {
    open: [IDBFactory.prototype, unanswered],
    getDirectory: [StorageManager.prototype, never],
  }
  const [of, answer] = calls[call] ?? [{}, never]
  Object.assign(of, { [call]: answer })
}

const SILENT = 'Your browser’s storage does not answer, so the file is kept in memory'

for (const { call, keeping } of [
  { call: 'open', keeping: 'while-open' },
  { call: 'getDirectory', keeping: 'kept' },
]) {
  test(`where “${call}” is never answered, the link opens, and its file is fetched and saved`, async ({
    page,
    newPerson,
  }, testInfo) => {
    const path = randomFile(testInfo.outputPath('sent/lecture.bin'), MIB)
    const link = await share(page, path)
    const person = await newPerson()
    await person.addInitScript(silenceOne, call)
    const receiver = await person.newPage()
    await receiver.goto(link)
    await waitForPhase(receiver, 'ready')
    await expect(receiver.getByText(`${SILENT}: what you download`)).toHaveCount(keeping === 'kept' ? 0 : 1)
    await startDownload(receiver)
    await waitForPhase(receiver, 'complete')
    expect((await snapshot(receiver)).keeping).toBe(keeping)
    await expect(receiver.getByText(`${SILENT}: what has arrived`)).toHaveCount(keeping === 'kept' ? 0 : 1)
    await expectSaved(receiver, path)
  })
}
