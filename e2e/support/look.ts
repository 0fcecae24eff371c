// How a page looks to everybody: light and dark, wide and narrow, axe finds nothing and nothing is wider than the window.
// Knows no single page.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'

/** Contrast depends on the colours, and what fits on the width: two looks meet both of either. */
const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
] as const

/** A state of a page as axe sees it. */
export async function expectNoObjection(page: Page, state: string): Promise<void> {
  await page.bringToFront()
  for (const { colorScheme, width } of LOOKS) {
    await test.step(`${state}, ${colorScheme}, ${width} px`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      const overhang = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
      // Charts take the new width a frame later.
      await expect.poll(() => page.evaluate(overhang), 'pixels that hang over the side').toBeLessThanOrEqual(0)
      // Colours that are on their way from one to the other have no contrast of their own.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      // Without frames of other origins, legacy mode sees the same, and opens no page of its own to put frames together.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
      const { violations } = await axe.analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      expect(found).toEqual([])
    })
  }
}
