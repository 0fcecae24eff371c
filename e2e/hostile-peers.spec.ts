// Neighbours that keep to no rule, over real data channels: whoever is honest gets the right bytes, and who attacks is shown
// out. In virtual time: within how long, each attack alone, and wrong metadata (packages/core/src/swarm/hostile.test.ts); those
// who take another's name (packages/peer/src/swarm/framing.test.ts), and a crowd that offers connections in vain
// (packages/peer/src/links/peer-links.test.ts).
import type { Page } from '@playwright/test'
import { MIB, randomFile } from '../tooling/files'
import type { AttackName } from './hostile-page'
import { countsOf, openAttackers } from './support/hostile-peer'
import { expectSaved, openLink, share, snapshot, startDownload, waitForPhase } from './support/people'
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
  const attackers = await openAttackers(await newPerson(), hungUpOn, link)
  for (const name of hungUpOn)
    await expect.poll(async () => (await countsOf(attackers, name)).attacked, `“${name}” has begun`).toBeGreaterThan(1)

  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
  for (const name of hungUpOn)
    await expect
      .poll(async () => (await countsOf(attackers, name)).dropped, `“${name}” was shown out`)
      .toBeGreaterThan(0)
  expect((await snapshot(receiver)).problem).toBeUndefined()
  for (const honest of [page, receiver]) expect(await heapBytes(honest)).toBeLessThan(MAX_HEAP_BYTES)
})
