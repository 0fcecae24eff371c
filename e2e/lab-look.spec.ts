// The laboratory's pages, light and dark, wide and narrow: axe finds nothing, and nothing is wider than the window.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { joinRoom, openRoom, setUp, smallLab, waitForLab } from './support/lab'
import { expect, test } from './support/test'

const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
] as const

async function expectNoObjection(page: Page, state: string): Promise<void> {
  await page.bringToFront()
  for (const { colorScheme, width } of LOOKS) {
    await test.step(`${state}, ${colorScheme}, ${width} px`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      const overhang = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
      // Charts take the new width a frame later.
      await expect.poll(() => page.evaluate(overhang), 'pixels that hang over the side').toBeLessThanOrEqual(0)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      expect(found).toEqual([])
    })
  }
}

test('teacher’s and student’s pages, from the first button to the results', async ({ page, newPerson }) => {
  // Sixteen looks of axe and two runs: half a minute, on a busy machine three times that.
  test.slow()
  await page.goto('/lab')
  await expect(page.getByTestId('lab-create')).toBeVisible()
  await expectNoObjection(page, 'first minute')
  const code = await openRoom(page)
  const ada = await (await newPerson()).newPage()
  await joinRoom(ada, code, 'Ada')
  await expectNoObjection(ada, 'a student who waits')
  await setUp(page, {
    ...smallLab,
    peers: 8,
    megabytes: 8,
    serverKilobytesPerSecond: 600,
    peerKilobytesPerSecond: 200,
    mode: 'p2p',
  })
  await page.getByText('Special peers').click()
  await page.getByRole('button', { name: 'Add a kind of peer' }).click()
  await expectNoObjection(page, 'settings')
  await page.getByTestId('lab-start').click()
  await waitForLab(page, 'running')
  await expectNoObjection(page, 'a run')
  await expectNoObjection(ada, 'a student’s part')
  await page.getByTestId('lab-cancel').click()
  await waitForLab(page, 'failed')
  await setUp(page, { ...smallLab, peers: 0, megabytes: 1, mode: 'p2p' })
  await page.getByTestId('lab-start').click()
  await waitForLab(page, 'done')
  await expectNoObjection(page, 'results')
  await page.getByRole('button', { name: 'Projector' }).click()
  await expectNoObjection(page, 'projector')
})
