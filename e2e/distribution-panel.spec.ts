// The panel on a share: measured distribution time compared with theory's bounds, the same on every page, from what
// people's tabs tell each other.
import type { Locator, Page } from '@playwright/test'
import { p2pSeconds } from '@swarmdrop/core/theory'
import { MIB, randomFile } from '../tooling/files'
import {
  lookInside,
  openLink,
  setLimit,
  share,
  snapshot,
  startDownload,
  TRANSFER_TIMEOUT_MS,
  waitForChunks,
  waitForNeighbours,
  waitForPhase,
} from './support/people'
import { expect, test } from './support/test'

const BYTES = 3 * MIB
const RATES = { server: 1_000, upload: 300, download: 2_000 } // kB/s

const panel = (page: Page): Locator => page.getByTestId('distribution-panel')

/** What the panel says, all of one moment; NaN where it says nothing. */
const figures = (page: Page) =>
  panel(page).evaluate((shown) => {
    const seconds = (which: string) =>
      Number.parseFloat(shown.querySelector(`[data-testid=distribution-${which}]`)?.getAttribute('data-seconds') ?? '')
    return { measured: seconds('measured'), p2p: seconds('p2p'), clientServer: seconds('client-server') }
  })

const waitForDone = (page: Page) =>
  expect(panel(page)).toHaveAttribute('data-phase', 'done', { timeout: TRANSFER_TIMEOUT_MS })

test(
  'three receivers and the sender see the same figures, and they are theory’s for the limits set',
  {
    tag: '@alone',
  },
  async ({ page, context }, testInfo) => {
    const link = await share(page, randomFile(testInfo.outputPath('sent/lecture.bin'), BYTES))
    await expect(panel(page)).toHaveAttribute('data-phase', 'waiting')
    await setLimit(page, 'upload', String(RATES.server))
    const receivers: Page[] = []
    for (let i = 0; i < 3; i++) {
      const receiver = await context.newPage()
      await openLink(receiver, link)
      await setLimit(receiver, 'upload', String(RATES.upload))
      await setLimit(receiver, 'download', String(RATES.download))
      receivers.push(receiver)
    }
    const everyone = [page, ...receivers]
    for (const person of everyone) await waitForNeighbours(person, 3)
    expect(await figures(page)).toEqual({ measured: Number.NaN, p2p: Number.NaN, clientServer: Number.NaN })

    const startedAt = performance.now()
    for (const receiver of receivers) await startDownload(receiver)
    const startedWithinSeconds = (performance.now() - startedAt) / 1000
    await waitForChunks(receivers[0] as Page, 3)
    for (const person of everyone) await expect(panel(person)).toHaveAttribute('data-phase', 'running')
    const soFar = await figures(page)
    await expect.poll(async () => (await figures(page)).measured).toBeGreaterThan(soFar.measured)

    for (const receiver of receivers) await waitForPhase(receiver, 'complete')
    const elapsedSeconds = (performance.now() - startedAt) / 1000
    for (const person of everyone) await waitForDone(person)

    const bound = p2pSeconds({
      fileBytes: BYTES,
      serverUploadBytesPerSecond: 1_000 * RATES.server,
      peers: Array.from({ length: 3 }, () => ({
        uploadBytesPerSecond: 1_000 * RATES.upload,
        downloadBytesPerSecond: 1_000 * RATES.download,
      })),
    })
    expect(bound.binding).toBe('total-upload')
    const clientServer = (3 * BYTES) / (1_000 * RATES.server)
    const ofSender = await figures(page)
    for (const person of everyone) {
      await lookInside(person)
      const seen = await figures(person)
      expect(seen.p2p).toBeCloseTo(bound.seconds, 2)
      expect(seen.clientServer).toBeCloseTo(clientServer, 2)
      expect(seen.measured).toBeGreaterThanOrEqual(seen.p2p)
      expect(seen.measured).toBeLessThanOrEqual(elapsedSeconds + 0.5)
      expect(Math.abs(seen.measured - ofSender.measured), 'as on the sender’s page').toBeLessThan(0.5)
      await expect(panel(person)).toContainText('All uploads together set the pace:')
      await expect(panel(person)).toContainText('Based on everyone’s limits.')
      await expect(panel(person).getByRole('figure').locator('canvas')).toBeVisible()

      const { distribution } = await snapshot(person)
      expect(distribution).toMatchObject({ phase: 'done', count: 3, bounds: { binding: 'total-upload' } })
      expect(distribution.measuredSeconds).toBeCloseTo(seen.measured, 2)
      expect(distribution.startSpreadSeconds).toBeLessThanOrEqual(startedWithinSeconds + 0.5)
    }

    // Who goes when all is done takes nothing from the picture.
    await page.close()
    for (const receiver of receivers) {
      await waitForNeighbours(receiver, 2)
      expect((await figures(receiver)).p2p).toBeCloseTo(bound.seconds, 2)
    }
  },
)

test('without limits it goes by the fastest 5 s seen, and no bound lies above what was measured', async ({
  page,
  context,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/talk.bin'), 6 * MIB))
  const receivers = [await context.newPage(), await context.newPage()]
  for (const receiver of receivers) await openLink(receiver, link)
  for (const receiver of receivers) await startDownload(receiver)
  for (const person of [page, ...receivers]) {
    await waitForDone(person)
    const { measured, p2p, clientServer } = await figures(person)
    expect(p2p).toBeGreaterThan(0)
    expect(measured).toBeGreaterThanOrEqual(p2p)
    expect(clientServer).toBeGreaterThanOrEqual(p2p)
    await lookInside(person)
    await expect(panel(person)).toContainText('Based on everyone’s best 5 seconds so far.')
  }
})

test.describe('when the server is away', () => {
  // The browser itself complains of what it could not fetch.
  test.use({ allowedComplaint: /Failed to load resource|ERR_FAILED/ })

  test('the transfer goes on without the curves, and they are drawn when it is back', async ({
    page,
    newPerson,
  }, testInfo) => {
    const link = await share(page, randomFile(testInfo.outputPath('sent/song.bin'), MIB))
    const receiver = await (await newPerson()).newPage()
    await openLink(receiver, link)
    let refused = 0
    await receiver.route('**/_next/static/chunks/**', (route) => {
      refused++
      return route.abort()
    })
    await startDownload(receiver)
    await waitForPhase(receiver, 'complete')
    await waitForDone(receiver)
    await expect(panel(receiver).getByRole('figure')).toHaveCount(0)
    const before = refused
    await lookInside(receiver)
    await expect.poll(() => refused).toBeGreaterThan(before)
    await expect(receiver.getByTestId('save')).toBeEnabled()
    await expect(panel(receiver).getByTestId('distribution-measured')).toBeVisible()
    await receiver.unroute('**/_next/static/chunks/**')
    await expect(panel(receiver).getByRole('figure').locator('canvas')).toBeVisible({ timeout: 15_000 })
    await expect(receiver.getByRole('table')).toHaveCount(3)
  })
})
