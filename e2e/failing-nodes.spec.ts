// Thirty people in one swarm, spread over three nodes, while nodes and Redis fail: everybody gets the right bytes.
// (What each failure comes to by itself, and how soon: apps/tracker/src/cluster.)
import { readFileSync } from 'node:fs'
import type { BrowserContext, Page } from '@playwright/test'
import { hasNginx, NO_NGINX } from '../apps/tracker/src/testing/nginx-server'
import { hasRedis, NO_REDIS } from '../apps/tracker/src/testing/redis-server'
import { MIB, randomFile } from '../tooling/files'
import { sha256 } from './support/files'
import { NodeCluster, redisAt } from './support/node-cluster'
import { runInPage } from './support/page-bundle'
import { expectSaved, openLink, setLimit, share, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

/** Receivers in each of two pages; with the tabs of the others, thirty people. */
const CROWD = 12
const LATECOMERS = 2
/** The sender's limit in kB/s. At this the transfer takes a minute, and the failures less. */
const SLOWLY = '50'
const PATIENCE = { timeout: 40_000 }

// The browser says so itself.
test.use({ allowedComplaint: /WebSocket connection to|Failed to load resource/ })

test.setTimeout(150_000)

test(
  'one node dies, one hangs, Redis dies and comes back empty: thirty people get the file, some of whom come meanwhile',
  {
    tag: '@alone',
  },
  async ({ page, newPerson }, testInfo) => {
    testInfo.skip(!hasRedis, NO_REDIS)
    testInfo.skip(!hasNginx, NO_NGINX)
    const cluster = await NodeCluster.start()
    const [dying, hanging, living] = cluster.nodes
    try {
      const path = randomFile(testInfo.outputPath('sent/report.bin'), 3 * MIB)
      const link = await share(page, path, 'file', cluster.home)
      await setLimit(page, 'upload', SLOWLY)
      const tab = await (await newPerson()).newPage()
      await openLink(tab, link)
      await startDownload(tab)
      const crowds = await Promise.all(
        [newPerson(), newPerson()].map(async (person) => openCrowd(await person, cluster.home)),
      )
      const come = (count: number) =>
        Promise.all(
          crowds.map((crowd) => crowd.evaluate(([to, more]) => window.crowd.receive(to, more), [link, count] as const)),
        )
      const each = async () =>
        (await Promise.all(crowds.map((crowd) => crowd.evaluate(() => window.crowd.states())))).flat()
      const isUnderWay = async () => (await each()).every(({ downloadedBytes }) => downloadedBytes > 0)
      await come(CROWD)
      await expect.poll(isUnderWay, PATIENCE).toBe(true)

      await dying.kill()
      await cluster.redis.kill()
      await expect.poll(() => redisAt(living)).toBe('away')
      await come(LATECOMERS)
      await expect.poll(isUnderWay, PATIENCE).toBe(true)

      hanging.suspend()
      await cluster.redis.start()
      await expect.poll(() => redisAt(living)).toBe('here')
      const isEverybodyBack = async () => (await each()).every(({ isOnline }) => isOnline)
      await expect.poll(isEverybodyBack, PATIENCE).toBe(true)
      // All are on the one node that is left, which has told Redis of them.
      await expect.poll(() => cluster.members(), PATIENCE).toBe(30)

      expect(
        (await each()).filter(({ digest }) => digest !== undefined),
        'who has all of it by then',
      ).toEqual([])
      await setLimit(page, 'upload', '')
      await waitForPhase(tab, 'complete')
      await expectSaved(tab, path)
      const digests = async () => (await each()).map(({ digest }) => digest)
      await expect.poll(digests, PATIENCE).toEqual(Array(2 * (CROWD + LATECOMERS)).fill(sha256(readFileSync(path))))
    } finally {
      await cluster.close()
    }
  },
)

async function openCrowd(person: BrowserContext, home: string): Promise<Page> {
  const page = await person.newPage()
  await page.goto(home)
  await runInPage(page, 'crowd-page.ts')
  return page
}
