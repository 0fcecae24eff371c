// How a page looks to everybody: light and dark, wide and narrow, axe finds nothing and nothing is wider than the
// window. Knows no single page.
import { expect, type Page, test } from '@playwright/test'
import axe from 'axe-core'

/** Contrast depends on the colours, and what fits on the width: two looks meet both of either. */
const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
] as const

/** The smallest telephones, and a window at a zoom of 400 %. */
const NARROWEST = 320

/** A state of a page as axe sees it. */
export async function expectNoObjection(page: Page, state: string): Promise<void> {
  await page.bringToFront()
  for (const { colorScheme, width } of LOOKS) {
    await test.step(`${state}, ${colorScheme}, ${width} px`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      await expectNoOverhang(page)
      // Colours that are on their way from one to the other have no contrast of their own.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      expect(await objectionsTo(page)).toEqual([])
    })
  }
  await test.step(`${state}, ${NARROWEST} px`, async () => {
    await page.setViewportSize({ width: NARROWEST, height: 800 })
    await expectNoOverhang(page)
  })
}

/** No pixels hang over the side. */
async function expectNoOverhang(page: Page): Promise<void> {
  const widest = () => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return 'none'
    const over = [...document.querySelectorAll('main *')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth,
    )
    return `${scrollWidth - clientWidth} px: ${over.slice(0, 3).map((one) => one.outerHTML.slice(0, 200))}`
  }
  // Charts take the new width a frame later.
  await expect.poll(() => page.evaluate(widest), 'what hangs over the side').toBe('none')
}

/**
 * What axe finds, by rule, with the elements meant. By itself, as its wrapper for Playwright reads half a megabyte of
 * source into the page twice for each look, which takes as long as the look; here a document gets it once.
 */
async function objectionsTo(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { run } = (window as unknown as { axe: typeof axe }).axe
    const { violations } = await run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}
