// A class's network: the page comes by plain HTTP from a machine's address, and everything works without what browsers
// keep for secure pages.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { drop } from '../tooling/drop'
import { MIB, randomFile } from '../tooling/files'
import { digestsBelow, sha256, writeTree } from './support/files'
import { joinRoom, labResults, openRoom, setUp, smallLab, waitForLab } from './support/lab'
import { expect, test } from './support/lan'
import { expectSaved, fetchAll, linkOn, save, share, snapshot } from './support/people'
import { unzip } from './support/unzip'

test('a file is shared, copied as a link, fetched, passed on and saved', async ({ page, newPerson, lan }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/handout.bin'), 2 * MIB)
  const link = await share(page, path, 'file', lan)
  expect(link.startsWith(lan)).toBe(true)
  // Else this would prove nothing.
  const missing = await page.evaluate(() =>
    Object.entries({
      secure: isSecureContext,
      subtle: crypto.subtle,
      randomUUID: crypto.randomUUID,
      storage: navigator.storage,
      locks: navigator.locks,
      clipboard: navigator.clipboard,
      serviceWorker: navigator.serviceWorker,
      wakeLock: navigator.wakeLock,
      showSaveFilePicker: Reflect.get(window, 'showSaveFilePicker'),
    }).every(([, value]) => !value),
  )
  expect(missing).toBe(true)
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()

  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, link)
  await expectSaved(receiver, path)

  // What is in the memory of a tab is served as well: the sender has gone.
  await page.close()
  const next = await (await newPerson()).newPage()
  await fetchAll(next, link)
  const saved = await save(next)
  expect(saved).toMatchObject({ name: 'handout.bin', digest: sha256(readFileSync(path)) })
  expect((await snapshot(receiver)).uploadedBytes).toBe(2 * MIB)
})

test('a file is shared and fetched at an IPv6 address', async ({ page, newPerson, baseURL }, testInfo) => {
  const own = Object.values(networkInterfaces()).flatMap((infos) => infos ?? [])
  testInfo.skip(!own.some(({ address }) => address === '::1'), 'This machine has no IPv6.')
  const home = `http://[::1]:${new URL(baseURL ?? '').port}/`
  const path = randomFile(testInfo.outputPath('sent/six.bin'), MIB)
  const link = await share(page, path, 'file', home)
  expect(link.startsWith(home)).toBe(true)
  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, link)
  await expectSaved(receiver, path)
})

test('a folder is dropped, fetched and saved as a ZIP', async ({ page, newPerson, lan }, testInfo) => {
  writeTree(testInfo.outputPath('sent/class'), { 'größe.bin': randomBytes(700_000), 'deep/er/empty.txt': Buffer.of() })
  await page.goto(lan)
  await expect(page.getByTestId('file-input')).toBeAttached()
  // Its entries are all that there is: to ask for its handle would end the page here.
  await drop(page, [testInfo.outputPath('sent/class')])
  const link = await linkOn(page)
  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, link)
  unzip((await save(receiver)).path, testInfo.outputPath('unpacked'))
  expect(digestsBelow(testInfo.outputPath('unpacked'))).toEqual(digestsBelow(testInfo.outputPath('sent')))
})

test('a class runs the lab, a student among the page’s own peers', async ({ page, newPerson, lan }) => {
  const code = await openRoom(page, lan)
  const ada = await (await newPerson()).newPage()
  await joinRoom(ada, code, 'Ada', lan)
  await setUp(page, { ...smallLab, peers: 2, megabytes: 1, mode: 'p2p' })
  await page.getByTestId('lab-start').click()
  await waitForLab(page, 'done')
  const [result] = await labResults(page)
  expect(result?.names).toEqual(['Ada', 'Peer 1', 'Peer 2'])
  expect(result?.measured.peers.map(({ downloadedBytes }) => downloadedBytes)).toEqual(Array(3).fill(1e6))
  await expect(ada.getByTestId('lab-student')).toHaveAttribute('data-phase', 'over')
})

test('the connection check says that plain HTTP is fine, and its report is copied', async ({ page, context, lan }) => {
  await page.goto(`${lan}check`)
  await expect(page.getByTestId('check')).toHaveAttribute('data-phase', 'done', { timeout: 20_000 })
  const line = (id: string) => page.locator(`[data-testid=check-line][data-line=${id}]`)
  await expect(line('secure')).toHaveAttribute('data-tone', 'fine')
  await expect(line('storage')).toContainText('in the browser’s database')
  await page.getByTestId('check-copy').click()
  await expect(page.getByTestId('check-copy')).toHaveText('Copied')
  const paste = await context.newPage()
  await paste.goto('data:text/html,<textarea></textarea>')
  await paste.getByRole('textbox').press('ControlOrMeta+v')
  await expect(paste.getByRole('textbox')).toHaveValue(/^Swarmdrop connection check\n/)
})
