// The adapters keep their ports' contracts in a real browser, and stores their space: on a secure origin, and on one
// without HTTPS.
import { expect, test } from '@playwright/test'
import { expectKept } from './support/storage-origin'
import { openPage, PLAIN, SECURE } from './support/storage-pages'

for (const [name, origin] of [
  ['a secure origin', SECURE],
  ['an origin without HTTPS', PLAIN],
] as const) {
  test.describe(name, () => {
    test('a memory store keeps the contract', async ({ context }) => {
      const page = await openPage(context, origin)
      const results = await page.evaluate(() =>
        window.adapters.contractResults(async (layout) => new window.adapters.MemoryStore(layout)),
      )
      expectKept(results, 10)
    })

    test('a store in the database keeps the contract, and its chunks beyond the page', async ({ context }) => {
      const page = await openPage(context, origin)
      const results = await page.evaluate(() => window.adapters.keptContractResults('database'))
      expectKept(results, 20)
    })

    test('links, the clock, claims, records and a run’s chunks keep their ports’ contracts', async ({ context }) => {
      const page = await openPage(context, origin)
      expectKept(await page.evaluate(() => window.adapters.linkResults()), 4)
      expectKept(await page.evaluate(() => window.adapters.clockResults()), 1)
      expectKept(await page.evaluate(() => window.adapters.recordResults()), 1)
      expectKept(await page.evaluate(() => window.adapters.runChunksResults()), 2)
      expectKept(await page.evaluate(() => window.adapters.claimResults()), 0)
    })

    test('the alarm clock rings on time from its worker', async ({ context }) => {
      const page = await openPage(context, origin)
      const started = page.waitForEvent('worker')
      const lateMs = await page.evaluate(async () => {
        const clock = new window.adapters.AlarmClock()
        const at = clock.now() + 20
        await new Promise<void>((ring) => clock.setAlarm(at, ring))
        return clock.now() - at
      })
      expect((await started).url()).toContain('alarm-clock.worker.ts')
      expect(lateMs).toBeGreaterThanOrEqual(0)
    })
  })
}

test('an OPFS store keeps the contract', async ({ context }) => {
  const page = await openPage(context, SECURE)
  const results = await page.evaluate(() =>
    window.adapters.contractResults(async (layout) =>
      window.adapters.OpfsStore.open(layout, await window.adapters.openScratch()),
    ),
  )
  expectKept(results, 10)
})

test('a kept OPFS store keeps the contract, and its chunks beyond the page', async ({ context }) => {
  const page = await openPage(context, SECURE)
  const results = await page.evaluate(() => window.adapters.keptContractResults('files'))
  expectKept(results, 20)
})

test('a receiver keeps its chunks on disk where it can, else in memory up to a limit', async ({ context }) => {
  const secure = await openPage(context, SECURE)
  const plain = await openPage(context, PLAIN)
  const isOnDisk = async () => {
    const { layoutOf, openReceiverStore, OpfsStore } = window.adapters
    return (await openReceiverStore(layoutOf(1000))) instanceof OpfsStore
  }
  expect(await secure.evaluate(isOnDisk)).toBe(true)
  expect(await plain.evaluate(isOnDisk)).toBe(false)

  const problemOf = (bytes: number) =>
    window.adapters.openReceiverStore(window.adapters.layoutOf(bytes)).then(String, (error: Error) => error.message)
  expect(await plain.evaluate(problemOf, 4_200_000_000)).toMatch(/keeps the file in memory here, up to 1\.1 GB/)
  expect(await secure.evaluate(problemOf, 1e15)).toMatch(/not enough space: this needs 1000 TB/)
})

test('what a page that is gone has left behind is deleted, what a living one needs is not', async ({ context }) => {
  const openStore = async () => {
    await window.adapters.openReceiverStore(window.adapters.layoutOf(1000))
  }
  const directories = async () => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('swarmdrop')
    const names: string[] = []
    for await (const name of root.keys()) names.push(name)
    return names
  }
  const dead = await openPage(context, SECURE)
  const living = await openPage(context, SECURE)
  await dead.evaluate(openStore)
  await living.evaluate(openStore)
  const both = await living.evaluate(directories)
  expect(both).toHaveLength(2)

  await dead.close()
  const newcomer = await openPage(context, SECURE)
  // The browser frees a closed page's locks and files a moment after.
  await expect(async () => {
    await newcomer.evaluate(async () => (await window.adapters.openReceiverStore(window.adapters.layoutOf(9))).remove())
    expect(await newcomer.evaluate(directories)).toHaveLength(1)
  }).toPass()
  expect(both).toContain((await newcomer.evaluate(directories))[0])
})
