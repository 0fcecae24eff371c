// Neighbours that keep to no rule, over real data channels: anyone who is honest gets the right bytes, and who attacks
// is shown out. (Within how long, and each attack alone: packages/core/src/swarm/hostile.test.ts, in virtual time.)
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import type { AttackName } from './hostile-page'
import { countsOf, openAttacker, openOffersInVain } from './support/hostile-peer'
import { expectSaved, fetchAll, openLink, share, snapshot, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

const MAX_HEAP_BYTES = 100e6

/** What scripts hold, the memory behind their buffers counted. */
async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage')
  return usedSize + backingStorageSize
}

const hungUpOn: AttackName[] = [
  'wrong chunk',
  'requests without end',
  'metadata that nobody asked for',
  'changes of mind without end',
  'random frames of every length',
]

test('with five attackers at once, the file arrives whole and each of them is shown out', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/report.bin'), 4 * MIB)
  const link = await share(page, path)
  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  const crowd = await newPerson()
  const attackers = await Promise.all(
    hungUpOn.map(async (name) => ({ name, tab: await openAttacker(crowd, name, link) })),
  )
  for (const { name, tab } of attackers)
    await expect.poll(async () => (await countsOf(tab)).attacked, `“${name}” has begun`).toBeGreaterThan(1)

  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
  for (const { name, tab } of attackers)
    await expect.poll(async () => (await countsOf(tab)).dropped, `“${name}” was shown out`).toBeGreaterThan(0)
  expect((await snapshot(receiver)).problem).toBeUndefined()
  for (const honest of [page, receiver]) expect(await heapBytes(honest)).toBeLessThan(MAX_HEAP_BYTES)
})

test('one that sends wrong chunks as if it were the sender costs the sender no neighbour', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/report.bin'), 4 * MIB)
  const link = await share(page, path)
  const liar = await openAttacker(await newPerson(), 'wrong chunk, as somebody else', link)
  await expect.poll(async () => (await countsOf(liar)).attacked, 'it has met the sender, and knows its name').toBe(1)
  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, link)
  await expect.poll(async () => (await countsOf(liar)).disguised, 'it has tried').toBeGreaterThan(0)
  await fetchAll(receiver, link)
  await expectSaved(receiver, path)
  expect((await snapshot(receiver)).neighbours).toHaveLength(1)
})

test.describe('a crowd', () => {
  // Sixty-five sockets of one page: a busy machine opens some of them too late, and says so.
  test.use({ allowedComplaint: /WebSocket is closed before the connection is established/ })

  test('offers of connections that nobody makes, from 65 sockets, keep nobody apart', async ({
    page,
    newPerson,
  }, testInfo) => {
    const path = randomFile(testInfo.outputPath('sent/report.bin'), MIB)
    const link = await share(page, path)
    const crowd = await openOffersInVain(await newPerson(), link, 65, 5_000)
    await expect.poll(async () => (await countsOf(crowd)).offered).toBeGreaterThan(65)
    const receiver = await (await newPerson()).newPage()
    await fetchAll(receiver, link)
    await expectSaved(receiver, path)
  })
})
