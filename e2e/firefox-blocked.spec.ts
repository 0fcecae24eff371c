// A Firefox that blocks cookies and storage for all sites, by its own setting.
import { readFileSync } from 'node:fs'
import { MIB, randomFile } from '../tooling/files'
import { sha256 } from './support/files'
import { expect, test } from './support/firefox'
import { share } from './support/people'

test.use({ preferences: { 'network.cookie.cookieBehavior': 2 } })

test('Firefox that blocks all cookies fetches into memory at the first click, and says so', async ({
  page,
  firefox,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), 2 * MIB)
  const link = await share(page, path)
  const receiver = await firefox.newTab()
  await receiver.openLink(link)
  await receiver.press('download')
  await receiver.waitForPhase('complete')
  const { keeping, notKept, problem } = await receiver.snapshot()
  expect({ keeping, notKept, problem }).toEqual({ keeping: 'while-open', notKept: 'refused', problem: undefined })
  expect(await receiver.page.evaluate(() => document.body.innerText)).toContain(
    'Your browser blocks cookies and storage for this site, so the file is kept in memory',
  )
  expect((await receiver.save()).digest).toBe(sha256(readFileSync(path)))
})
