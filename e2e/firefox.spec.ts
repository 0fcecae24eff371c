// Firefox gets a file from Chromium, Chromium from Firefox, and Firefox from Firefox; each saves it. What it is kept in
// keeps the contract there too.
import { readFileSync } from 'node:fs'
import { mergeTests } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import { sha256 } from './support/files'
import { expect, test as withFirefox } from './support/firefox'
import { test as withLan } from './support/lan'
import { expectSaved, fetchAll, share } from './support/people'
import { expectKept, serveStorage } from './support/storage-origin'

const test = mergeTests(withFirefox, withLan)

const FILE_BYTES = 4 * MIB

// In one worker, and so in one Firefox.
test.describe.configure({ mode: 'default' })

test('Firefox fetches from Chromium and saves', async ({ page, firefox }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/to firefox.bin'), FILE_BYTES)
  const link = await share(page, path)

  const receiver = await firefox.newTab()
  await receiver.openLink(link)
  await receiver.press('download')
  await receiver.waitForPhase('complete')
  expect(await receiver.save()).toEqual({ name: 'to firefox.bin', digest: sha256(readFileSync(path)) })
})

test('Chromium fetches from Firefox and saves', async ({ page, firefox, baseURL }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/from firefox.bin'), FILE_BYTES)
  const sender = await firefox.newTab()
  const link = await sender.share(`${baseURL}/`, path)

  await fetchAll(page, link)
  await expectSaved(page, path)
})

for (const origin of ['localhost', 'an address on the network, by plain HTTP']) {
  test(`Firefox fetches from Firefox and saves, at ${origin}`, async ({ firefox, baseURL, lan }, testInfo) => {
    const path = randomFile(testInfo.outputPath('sent/among firefoxes.bin'), FILE_BYTES)
    const sender = await firefox.newTab()
    const link = await sender.share(origin === 'localhost' ? `${baseURL}/` : lan, path)

    const receiver = await firefox.newTab()
    await receiver.openLink(link)
    await receiver.press('download')
    await receiver.waitForPhase('complete')
    expect(await receiver.save()).toEqual({ name: 'among firefoxes.bin', digest: sha256(readFileSync(path)) })
  })
}

test('every store, link and record keeps its contract in Firefox', async ({ firefox }) => {
  const origin = await serveStorage()
  try {
    const { page } = await firefox.newTab()
    await page.goto(origin.url)
    await page.waitForFunction(() => 'adapters' in window)
    expectKept(
      await page.evaluate(() =>
        window.adapters.contractResults(async (layout) => new window.adapters.MemoryStore(layout)),
      ),
      10,
    )
    expectKept(await page.evaluate(() => window.adapters.keptContractResults('database')), 20)
    expectKept(await page.evaluate(() => window.adapters.keptContractResults('files')), 20)
    expectKept(await page.evaluate(() => window.adapters.linkResults()), 4)
    expectKept(await page.evaluate(() => window.adapters.recordResults()), 1)
    expectKept(await page.evaluate(() => window.adapters.runChunksResults()), 2)
    expectKept(await page.evaluate(() => window.adapters.claimResults()), 0)
  } finally {
    origin.close()
  }
})
